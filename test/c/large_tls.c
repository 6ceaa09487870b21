/* SPDX-License-Identifier: MIT */
/* A host with SIZE bytes of thread-local variables, which lie on the stack of every thread. */
#include "check.h"

#include <sys/wait.h>

static __thread volatile char large[SIZE];

static int call(void)
{
	unsigned char out[16];
	large[SIZE - 1] = 1;
	return secrets_token_bytes(out, sizeof out);
}

int main(void)
{
	int status;
	CHECK_STATUS(SECRETS_OK, call());
	pid_t child = fork();
	if (child == 0)
		_exit(call() == SECRETS_OK ? 0 : 1);
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	return 0;
}
