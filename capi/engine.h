/* SPDX-License-Identifier: MIT */
/*
 * The engine has Go's runtime started in this process, and lets the calling thread into it.
 * Every public function that needs Go calls engine_enter() before and engine_leave() after.
 * engine.c is the engine of the library for Linux, engine_windows.c that for Windows;
 * engine_other.c is that of all else.
 */
#ifndef SECRETS_ENGINE_H
#define SECRETS_ENGINE_H

#include "slots.h"

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
	int ready;                /* it has started, and there was randomness */
	int started;
	pthread_mutex_t starting; /* zeros are PTHREAD_MUTEX_INITIALIZER on Linux */
	struct slot slots[SLOTS];
	unsigned slots_count;
};

/* Larger than the page of any system, so that it shares its pages with nothing. */
#define PROCESS_SIZE 65536
extern union process_pages {
	struct process process;
	char pages[PROCESS_SIZE];
} engine_pages;

/* engine_start has the runtime started in this process, if need be. With randomness it also
   makes sure that there is some. */
int engine_start(int randomness);

#ifdef SECRETS_ENGINE
#define ENGINE_THREAD __thread __attribute__((tls_model("initial-exec")))

/* Of variables that a child inherits, and a rewind leaves as they are. */
#define KEEP __attribute__((section(".keep")))

/* The slot that the thread had last: most likely it is free. */
extern ENGINE_THREAD unsigned engine_last_slot;

/* runtime.h: the thread's goroutine. */
extern ENGINE_THREAD void *go_thread;
#endif

#pragma GCC visibility pop

/* engine_enter is one load and one test where the runtime has started. */
static inline int engine_enter(void)
{
	if (__builtin_expect(__atomic_load_n(&engine_pages.process.ready, __ATOMIC_ACQUIRE), 1))
		return SECRETS_OK;
	return engine_start(1);
}

#ifdef SECRETS_ENGINE

/* engine_take reports whether a call of so much work may go on: not in a child that a handler
   forked while the call waited, if the runtime cannot start there. */
static inline int engine_take(struct slot **taken, size_t work)
{
	struct slot *slot = &engine_pages.process.slots[engine_last_slot];
	if (__builtin_expect(work >= SLOT_LARGE || !slot_take(slot), 0)) {
		slot = slots_wait(work);
		if (slot == NULL)
			return 0;
	}
	go_thread = slot->goroutine;
	*taken = slot;
	return 1;
}

#define engine_leave slot_leave

#else

/* The runtime has a goroutine for each thread. */
static inline int engine_take(struct slot **taken, size_t work)
{
	(void)work;
	*taken = NULL;
	return 1;
}

static inline void engine_leave(struct slot *slot)
{
	(void)slot;
}

#endif

#endif
