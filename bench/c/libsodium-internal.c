/* SPDX-License-Identifier: MIT */
/* libsodium with the generator that it keeps in the process itself. */
#define INTERNAL
#include "libsodium.c"
