/* SPDX-License-Identifier: MIT */
/*
 * The engine starts Go's runtime in this process, and lets the calling thread into it. Every
 * public function that needs Go calls engine_enter() and engine_take() before, and engine_leave()
 * after. engine.c is the engine of the library for Linux, engine_windows.c for Windows, and
 * engine_other.c for everything else.
 */
#ifndef SECRETS_ENGINE_H
#define SECRETS_ENGINE_H

#include "slots.h"

#include <secrets.h>

#include <pthread.h>

/* Everything else is hidden (-fvisibility=hidden). */
#define PUBLIC __attribute__((visibility("default")))

#pragma GCC visibility push(hidden)

/*
 * The state of one process, which its children do not inherit. In a new process it is all zeros:
 * not started, and nobody is starting it.
 */
struct process {
	int ready; /* the runtime has started, and there was randomness */
	int started;
	pthread_mutex_t starting; /* zeros are PTHREAD_MUTEX_INITIALIZER on Linux */
	struct slot slots[SLOTS];
	unsigned slots_count;
};

/* Larger than a page of any system, so that it shares its pages with nothing else. */
#define PROCESS_SIZE 65536
extern union process_pages {
	struct process process;
	char pages[PROCESS_SIZE];
} engine_pages;

/* engine_start starts the runtime in this process, unless it has started, and returns a status.
   With randomness it also makes sure that there is some. */
int engine_start(int randomness);

#ifdef SECRETS_ENGINE
#define ENGINE_THREAD __thread __attribute__((tls_model("initial-exec")))

/* For variables that a child inherits, and that a rewind does not change. */
#define KEEP __attribute__((section(".keep")))

/* The slot that the thread had last: it is probably free. */
extern ENGINE_THREAD unsigned engine_last_slot;

/* runtime.h: the thread's goroutine. */
extern ENGINE_THREAD void *go_thread;
#endif

#pragma GCC visibility pop

/* engine_enter returns a status. Once the runtime has started it is one load and one test. */
static inline int engine_enter(void)
{
	if (__builtin_expect(__atomic_load_n(&engine_pages.process.ready, __ATOMIC_ACQUIRE), 1))
		return SECRETS_OK;
	return engine_start(1);
}

#ifdef SECRETS_ENGINE

/* engine_take waits for a slot for a call of that much work, and reports whether it has one: not
   in a child that a signal handler forked while the call waited, if the runtime cannot start. */
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
