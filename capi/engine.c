/* SPDX-License-Identifier: MIT */
#include "engine.h"

#include "_cgo_export.h"

/* The Go exports of this image. */
static const struct engine local = {
	.token_bytes = goTokenBytes,
	.token_hex = goTokenHex,
	.token_urlsafe = goTokenURLSafe,
	.randbelow = goRandbelow,
	.randbits = goRandbits,
	.randrange = goRandrange,
	.random = goRandom,
	.compare_digest = goCompareDigest,
};

const struct engine *engine_current = &local;
