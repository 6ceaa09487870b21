/* SPDX-License-Identifier: MIT */
/*
 * Makes CALLS calls of each kind of work in the arguments, WORK SIZE..., and marks where they
 * begin and end: for callgrind, which records what each kind took, and for strace, by a write to
 * an invalid descriptor.
 */
#include "libsecrets.c"

#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <valgrind/callgrind.h>

enum { BEFORE = 16, CALLS = 1000 };

static unsigned char room[1 << 20];

static const struct work *find(const char *name)
{
	for (const struct work *work = works; work->name != NULL; work++)
		if (strcmp(work->name, name) == 0)
			return work;
	exit(2);
}

static void repeat(const struct work *work, size_t size, int calls)
{
	for (int i = 0; i < calls; i++)
		if (work->call(room, size) != DONE)
			exit(1);
}

static void mark(const char *name)
{
	syscall(SYS_write, -1, name, strlen(name));
}

int main(int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i += 2) {
		char name[64];
		size_t size = strtoull(argv[i + 1], NULL, 10);
		snprintf(name, sizeof name, "%s %zu", argv[i], size);
		repeat(find(argv[i]), size, BEFORE); /* the first call may start something */
		mark(name);
		CALLGRIND_ZERO_STATS;
		repeat(find(argv[i]), size, CALLS);
		CALLGRIND_DUMP_STATS_AT(name);
		mark("end");
	}
	return 0;
}
