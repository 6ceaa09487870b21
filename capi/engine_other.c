/* SPDX-License-Identifier: MIT */
//go:build (!linux && !windows) || !library

/*
 * The engine of an ordinary Go build, where the runtime starts when the library is loaded: on
 * macOS, and in `go test`. Calls in a forked child return SECRETS_ESTART, and never enter the
 * runtime that it inherited.
 */
#include "engine.h"

union process_pages engine_pages;

#ifdef _WIN32

/* Windows has no fork(). */
static int forked(void)
{
	return 0;
}

static const int told = 1;

#else

#include <unistd.h>

static pid_t home; /* the process that loaded the library */
static int told;   /* whether a child clears the state of its parent */

static void forget(void)
{
	engine_pages.process.ready = 0;
}

__attribute__((constructor)) static void load(void)
{
	home = getpid();
	told = pthread_atfork(NULL, NULL, forget) == 0;
}

static int forked(void)
{
	return getpid() != home;
}

#endif

/* The generators of these systems do not fail, so randomness is not checked. */
int engine_start(int randomness)
{
	(void)randomness;
	if (forked())
		return SECRETS_ESTART;
	if (told)
		__atomic_store_n(&engine_pages.process.ready, 1, __ATOMIC_RELEASE);
	return SECRETS_OK;
}
