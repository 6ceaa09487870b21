/* SPDX-License-Identifier: MIT */
/* The public functions that do not need Go, and so cannot fail, not even in a
   forked child. */
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
		return "the operating system refuses randomness";
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

/* The bound is the largest nbytes whose token and NUL fit: SIZE_MAX / 4 groups of
   3 bytes become SIZE_MAX - 3 characters, as SIZE_MAX is a multiple of 3, and one
   more byte becomes two more. */
PUBLIC size_t secrets_token_urlsafe_size(size_t nbytes)
{
	return nbytes > SIZE_MAX / 4 * 3 + 1 ? 0 : SECRETS_TOKEN_URLSAFE_SIZE(nbytes);
}

/* In C, so that a secret is wiped even if Go's runtime cannot start. */
PUBLIC void secrets_wipe(void *buffer, size_t size)
{
	if (buffer == NULL)
		return;
	memset(buffer, 0, size);
	/* The compiler must assume that this reads the buffer. */
	__asm__ __volatile__("" : : "r"(buffer) : "memory");
}
