/* SPDX-License-Identifier: MIT */
/*
 * Loads ./libsecrets.so.1 by that relative name, does something to the file or
 * to the way there, forks, and prints the status of a call in the child.
 *
 *   moved FOLDER ACTION [unmapped]
 *
 * FOLDER holds the library and, as "other", another file. It is left changed.
 * With unmapped, the library cannot map its file while it is loaded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIBRARY "./libsecrets.so.1"

typedef int token_bytes(void *out, size_t nbytes);

/* In the place of the C library's, for the whole process: -rdynamic. */
static int unmapped;

void *mmap(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
	if (unmapped && file >= 0)
		return MAP_FAILED;
	return (void *)syscall(SYS_mmap, at, size, protection, flags, file, offset);
}

static int act(const char *action)
{
	if (strcmp(action, "nothing") == 0)
		return 0;
	if (strcmp(action, "unlink") == 0)
		return unlink(LIBRARY);
	if (strcmp(action, "rename") == 0)
		return rename(LIBRARY, "./elsewhere");
	if (strcmp(action, "replace") == 0)
		return rename("./other", LIBRARY);
	if (strcmp(action, "chdir") == 0)
		return chdir("/");
	if (strcmp(action, "chroot") == 0) /* with a /tmp, and without this file */
		return mkdir("./jail", 0700) || mkdir("./jail/tmp", 0700) || chroot("./jail") || chdir("/");
	return -1;
}

int main(int argc, char **argv)
{
	unsigned char token[16];
	int status;

	if (argc < 3 || chdir(argv[1]) != 0)
		return 2;
	unmapped = argc > 3;
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	if (library == NULL) {
		fprintf(stderr, "%s\n", dlerror());
		return 2;
	}
	token_bytes *call;
	*(void **)&call = dlsym(library, "secrets_token_bytes");
	if (call(token, sizeof token) != 0 || act(argv[2]) != 0)
		return 2;
	unmapped = 0;
	pid_t child = fork();
	if (child == 0) {
		alarm(20);
		printf("%d\n", call(token, sizeof token));
		return 0;
	}
	return waitpid(child, &status, 0) == child && status == 0 ? 0 : 1;
}
