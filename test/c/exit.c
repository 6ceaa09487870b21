/* SPDX-License-Identifier: MIT */
/* Calls the library, makes a mark for strace, and exits. */
#include "check.h"

int main(void)
{
	unsigned char token[16];
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(token, sizeof token));
	CHECK(write(-1, "mark", 4) == -1);
	return 0;
}
