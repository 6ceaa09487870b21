/* SPDX-License-Identifier: MIT */
/* A host with SIZE bytes of thread-local variables, which are on the stack of every thread. */
#include "check.h"
#include "run.h"

static __thread volatile char large[SIZE];

static void call(void)
{
	unsigned char out[16];
	large[SIZE - 1] = 1;
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(out, sizeof out));
}

int main(void)
{
	call();
	run_in_child(call, 60);
	return 0;
}
