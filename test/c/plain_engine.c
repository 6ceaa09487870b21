/* SPDX-License-Identifier: MIT */
/* A Go library that does nothing about fork(): the control. The tests put it in the place of
   engine_other.c. */
#include "engine.h"

union process_pages engine_pages;

int engine_start(int randomness)
{
	(void)randomness;
	return SECRETS_OK;
}
