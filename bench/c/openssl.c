/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

const char *version(void)
{
	return OpenSSL_version(OPENSSL_VERSION_STRING);
}

static int fill(void *out, size_t size)
{
	return RAND_bytes(out, (int)size) != 1;
}

static int encode(char *out, const unsigned char *token, size_t nbytes)
{
	return OPENSSL_buf2hexstr_ex(out, 2 * nbytes + 1, NULL, token, (long)nbytes, '\0') != 1;
}

#define HAS_HEX
#include "recipes.h"

static int compare(unsigned char *room, size_t size)
{
	return CRYPTO_memcmp(room, room, size);
}

const struct work works[] = { RECIPES, HEX, { "compare", compare }, { NULL, NULL } };
