/* SPDX-License-Identifier: MIT */
/*
 * The engine has Go's runtime started in this process, and the calling thread joined to it.
 * Every public function that needs Go calls engine_enter() first. engine.c is the engine of
 * the library for Linux, engine_windows.c that for Windows; engine_other.c is that of all else.
 */
#ifndef SECRETS_ENGINE_H
#define SECRETS_ENGINE_H

#include <secrets.h>

#include <pthread.h>

/* All else is compiled with -fvisibility=hidden. */
#define PUBLIC __attribute__((visibility("default")))

#pragma GCC visibility push(hidden)

/*
 * What is true of one process and not of its children. All zeros in a new one, so that zeros
 * have to mean "nothing known, nobody is at it".
 */
struct process {
	unsigned ready;           /* the number of the start that answers, once there was randomness */
	unsigned started;         /* the number of the start that answers */
	pthread_mutex_t starting; /* zeros are PTHREAD_MUTEX_INITIALIZER on Linux */
};

/* Larger than the page of any system, so that it shares its pages with nothing. */
#define PROCESS_SIZE 65536
extern union process_pages {
	struct process process;
	char pages[PROCESS_SIZE];
} engine_pages;

#ifdef SECRETS_ENGINE
/* Which start the thread has joined. Not 0 where it has none, as `started` may be 0. */
#define ENGINE_NONE (~0U)
#define ENGINE_THREAD __thread __attribute__((tls_model("initial-exec")))
extern ENGINE_THREAD unsigned engine_joined;

/* Of variables that a child inherits, and a rewind leaves as they are. */
#define KEEP __attribute__((section(".keep")))
#else
#define engine_joined 1U /* all have, in the one start that there is */
#endif

/* engine_start has the runtime started in this process, if need be, and the calling thread
   joined to it. With randomness it also makes sure that there is some. */
int engine_start(int randomness);

#pragma GCC visibility pop

/* engine_enter is engine_start, and one load and one test once that succeeded. */
static inline int engine_enter(void)
{
	if (__builtin_expect(engine_joined == __atomic_load_n(&engine_pages.process.ready, __ATOMIC_ACQUIRE), 1))
		return SECRETS_OK;
	return engine_start(1);
}

#endif
