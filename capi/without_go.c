/* SPDX-License-Identifier: MIT */
/* The public functions that need no engine, and so cannot fail, in a forked
   child either. */
#include "engine.h"

#include <string.h>

PUBLIC const char *secrets_version(void)
{
	return SECRETS_VERSION;
}

PUBLIC const char *secrets_strerror(int status)
{
	switch (status) {
	case SECRETS_OK:
		return "success";
	case SECRETS_EINVAL:
		return "invalid argument";
	case SECRETS_ENOSPC:
		return "output buffer too small";
	case SECRETS_EENTROPY:
		return "the operating system gives no randomness";
	case SECRETS_ESTART:
		return "the library cannot start in this process";
	case SECRETS_EINTERNAL:
		return "fault in the library: do not use the output";
	case SECRETS_ENOMEM:
		return "not enough memory";
	default:
		return "unknown status";
	}
}

PUBLIC size_t secrets_token_hex_size(size_t nbytes)
{
	return nbytes > (SIZE_MAX - 1) / 2 ? 0 : SECRETS_TOKEN_HEX_SIZE(nbytes);
}

/* The largest nbytes whose 4 characters for every 3 bytes, rounded up, and NUL
   fit: SIZE_MAX is a multiple of 3, so SIZE_MAX / 4 groups of 3 bytes make
   SIZE_MAX - 3 characters, and one more byte makes two more. */
PUBLIC size_t secrets_token_urlsafe_size(size_t nbytes)
{
	return nbytes > SIZE_MAX / 4 * 3 + 1 ? 0 : SECRETS_TOKEN_URLSAFE_SIZE(nbytes);
}

/* In C and not through the engine, so that a secret is wiped even where the
   engine cannot start. */
PUBLIC void secrets_wipe(void *buffer, size_t size)
{
	if (buffer == NULL)
		return;
	memset(buffer, 0, size);
	/* The compiler must assume that this reads the buffer. */
	__asm__ __volatile__("" : : "r"(buffer) : "memory");
}
