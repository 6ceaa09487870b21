/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

const char *version(void)
{
	return gnutls_check_version(NULL);
}

static int fill(void *out, size_t size)
{
	return gnutls_rnd(GNUTLS_RND_KEY, out, size) != 0;
}

static int encode(char *out, unsigned char *token, size_t nbytes)
{
	gnutls_datum_t data = { token, (unsigned)nbytes };
	size_t size = 2 * nbytes + 1;
	return gnutls_hex_encode(&data, out, &size) != 0;
}

#define HAS_HEX
#include "recipes.h"

static int compare(unsigned char *room, size_t size)
{
	return gnutls_memcmp(room, room, size);
}

const struct work works[] = { RECIPES, HEX, { "compare", compare }, { NULL, NULL } };
