/* SPDX-License-Identifier: MIT */
/* A program that is not linked with the library, and finds it through $LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	int (*token_bytes)(void *out, size_t nbytes);
	unsigned char out[16];
	int status;
	*(void **)&token_bytes = dlsym(RTLD_DEFAULT, "secrets_token_bytes");
	if (token_bytes == NULL || token_bytes(out, sizeof out) != 0)
		return 1;
	pid_t child = fork();
	if (child == 0)
		_exit(token_bytes(out, sizeof out) != 0);
	return waitpid(child, &status, 0) != child || status != 0;
}
