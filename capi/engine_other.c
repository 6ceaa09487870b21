/* SPDX-License-Identifier: MIT */
//go:build (!linux && !windows) || !library

/*
 * The engine of an ordinary Go link, where the runtime starts as the library is loaded: on
 * macOS, and in `go test`. A forked child is told that the library cannot start there, and
 * never enters the runtime that it inherited.
 */
#include "engine.h"

union process_pages engine_pages;

#ifdef _WIN32

/* Windows has no children of that kind. */
static int forked(void)
{
	return 0;
}

static const int told = 1;

#else

#include <unistd.h>

static pid_t home; /* the process that loaded the library */
static int told;   /* whether a child clears what its parent knew */

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

/* These systems' generators do not fail, so there is no randomness to wait for. */
int engine_start(int randomness)
{
	(void)randomness;
	if (forked())
		return SECRETS_ESTART;
	if (told)
		__atomic_store_n(&engine_pages.process.ready, 1, __ATOMIC_RELEASE);
	return SECRETS_OK;
}
