/* SPDX-License-Identifier: MIT */
/* The C library's own, which glibc has from 2.36 on. */
#include "peer.h"

#include <gnu/libc-version.h>
#include <stdlib.h>

const char *version(void) { return gnu_get_libc_version(); }

static int fill(void *out, size_t size)
{
	arc4random_buf(out, size);
	return DONE;
}

static uint32_t below(uint32_t bound) { return arc4random_uniform(bound); }

#define HAS_BELOW
#include "recipes.h"

const struct work works[] = {RECIPES, {NULL, NULL}};
