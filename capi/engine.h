/* SPDX-License-Identifier: MIT */
/*
 * The engine is what answers: one function for each public function that needs
 * Go. Public functions reach it through engine_get() alone, so that what stands
 * behind the pointer can be exchanged without them.
 */
#ifndef SECRETS_ENGINE_H
#define SECRETS_ENGINE_H

#include <secrets.h>

/* All else is compiled with -fvisibility=hidden. */
#define PUBLIC __attribute__((visibility("default")))

struct engine {
	int (*token_bytes)(void *out, size_t nbytes);
	int (*token_hex)(char *out, size_t out_size, size_t nbytes);
	int (*token_urlsafe)(char *out, size_t out_size, size_t nbytes);
	int (*randbelow)(uint64_t bound, uint64_t *out);
	int (*randbits)(unsigned bits, uint64_t *out);
	int (*randrange)(int64_t start, int64_t stop, int64_t *out);
	int (*random)(double *out);
	int (*compare_digest)(const void *a, size_t a_size, const void *b, size_t b_size);
};

extern const struct engine *engine_current;

/* engine_get returns the engine of this process, or NULL if there is none. */
static inline const struct engine *engine_get(void)
{
	return engine_current;
}

#endif
