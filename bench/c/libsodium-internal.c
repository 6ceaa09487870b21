/* SPDX-License-Identifier: MIT */
/* libsodium with its generator inside the process. */
#define INTERNAL
#include "libsodium.c"
