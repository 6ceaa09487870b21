/* SPDX-License-Identifier: MIT */
/*
 * A first call under a limit: limits WHAT AMOUNT, where WHAT is addresses or data, AMOUNT in
 * MB on top of what the process has, or threads, AMOUNT in all.
 *
 * Exit status: 0 an answer, 4 SECRETS_ESTART, 9 the limit could not be set.
 */
#define _GNU_SOURCE
#include "check.h"
#include "proc.h"

#include <sys/resource.h>

static int limit(int resource, rlim_t value)
{
	const struct rlimit limit = {value, value};
	return setrlimit(resource, &limit) == 0;
}

static int set(const char *what, rlim_t amount)
{
	if (strcmp(what, "addresses") == 0)
		return limit(RLIMIT_AS, proc_memory("VmSize:") + (amount << 20));
	if (strcmp(what, "data") == 0)
		return limit(RLIMIT_DATA, proc_memory("VmData:") + (amount << 20));
	/* Counted for a user, and root has none: somebody nobody else is. */
	return setgid(64124) == 0 && setuid(64124) == 0 && limit(RLIMIT_NPROC, amount);
}

int main(int argc, char **argv)
{
	unsigned char out[16];
	if (argc != 3 || !set(argv[1], (rlim_t)atoi(argv[2])))
		return 9;
	int status = secrets_token_bytes(out, sizeof out);
	usleep(2000); /* what the runtime still does after it has answered */
	return -status;
}
