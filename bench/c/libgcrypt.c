/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include <gcrypt.h>

/* Without secure memory, which is only needed for keys of its own. */
const char *version(void)
{
	const char *version = gcry_check_version(NULL);
	gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
	gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
	return version;
}

static int fill(void *out, size_t size)
{
	gcry_randomize(out, size, GCRY_STRONG_RANDOM);
	return DONE;
}

#include "recipes.h"

const struct work works[] = { RECIPES, { NULL, NULL } };
