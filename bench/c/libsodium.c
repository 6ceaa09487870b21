/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include <sodium.h>

const char *version(void)
{
#ifdef INTERNAL
	if (randombytes_set_implementation(&randombytes_internal_implementation) != 0)
		return NULL;
#endif
	return sodium_init() < 0 ? NULL : sodium_version_string();
}

static int fill(void *out, size_t size)
{
	randombytes_buf(out, size);
	return DONE;
}

static uint32_t below(uint32_t bound)
{
	return randombytes_uniform(bound);
}

static int encode(char *out, const unsigned char *token, size_t nbytes)
{
	return sodium_bin2hex(out, 2 * nbytes + 1, token, nbytes) == NULL;
}

#define HAS_BELOW
#define HAS_HEX
#include "recipes.h"

static int urlsafe(unsigned char *room, size_t nbytes)
{
	unsigned char token[64];
	enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };
	randombytes_buf(token, nbytes);
	size_t size = sodium_base64_encoded_len(nbytes, VARIANT);
	return sodium_bin2base64((char *)room, size, token, nbytes, VARIANT) == NULL;
}

static int compare(unsigned char *room, size_t size)
{
	return sodium_memcmp(room, room, size) != 0;
}

const struct work works[] = { RECIPES, HEX, { "urlsafe", urlsafe }, { "compare", compare },
	{ NULL, NULL } };
