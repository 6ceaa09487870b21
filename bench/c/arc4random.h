/* SPDX-License-Identifier: MIT */
/* The works of any arc4random, whichever library has it. */
#ifndef ARC4RANDOM_H
#define ARC4RANDOM_H

static int fill(void *out, size_t size)
{
	arc4random_buf(out, size);
	return DONE;
}

static uint32_t below(uint32_t bound)
{
	return arc4random_uniform(bound);
}

#define HAS_BELOW
#include "recipes.h"

const struct work works[] = { RECIPES, { NULL, NULL } };

#endif
