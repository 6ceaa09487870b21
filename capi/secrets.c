/* SPDX-License-Identifier: MIT */
/* The public functions that need the engine. None decides anything: arguments go
   to the engine as they came, and its answer comes back. */
#include "engine.h"

#include <errno.h>

/* FORWARD is the body of a public function: one load, one test, one indirect
   call, and errno as it was. */
#define FORWARD(refused, function, ...) \
	const struct engine *engine = engine_get(); \
	if (engine == NULL) \
		return refused; \
	int saved = errno; \
	int answer = engine->function(__VA_ARGS__); \
	errno = saved; \
	return answer

PUBLIC int secrets_token_bytes(void *out, size_t nbytes)
{
	FORWARD(SECRETS_EFORK, token_bytes, out, nbytes);
}

PUBLIC int secrets_token_hex(char *out, size_t out_size, size_t nbytes)
{
	FORWARD(SECRETS_EFORK, token_hex, out, out_size, nbytes);
}

PUBLIC int secrets_token_urlsafe(char *out, size_t out_size, size_t nbytes)
{
	FORWARD(SECRETS_EFORK, token_urlsafe, out, out_size, nbytes);
}

PUBLIC int secrets_randbelow(uint64_t bound, uint64_t *out)
{
	FORWARD(SECRETS_EFORK, randbelow, bound, out);
}

PUBLIC int secrets_randbits(unsigned bits, uint64_t *out)
{
	FORWARD(SECRETS_EFORK, randbits, bits, out);
}

PUBLIC int secrets_randrange(int64_t start, int64_t stop, int64_t *out)
{
	FORWARD(SECRETS_EFORK, randrange, start, stop, out);
}

PUBLIC int secrets_random(double *out)
{
	FORWARD(SECRETS_EFORK, random, out);
}

PUBLIC int secrets_compare_digest(const void *a, size_t a_size, const void *b, size_t b_size)
{
	FORWARD(0, compare_digest, a, a_size, b, b_size);
}
