/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_SLOTS_H
#define SECRETS_SLOTS_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/*
 * A slot is what a call needs to run in the runtime: a goroutine. A start makes a few, and each
 * call takes one. In a process that has not started they are zeros: there are none.
 */
#define SLOTS 16
enum { SLOT_NONE, SLOT_FREE, SLOT_TAKEN };
struct slot {
	__attribute__((aligned(64))) unsigned state;
	void *goroutine;
};

/* slots_make makes that many slots for the runtime that has just started, ends its threads, and
   lets calls in. */
void slots_make(int count);

/* slots_close takes all slots, and reports whether it could: not if a call has one. */
int slots_close(void);

/* slots_keep_one leaves one slot, so that calls run one after the other. */
void slots_keep_one(void);

/* A call for as many bytes or elements takes about a millisecond, and counts as large. */
#define SLOT_LARGE ((size_t)1 << 16)

/* slots_wait waits until it can take a slot for the calling thread; large calls use only half of
   them. It returns NULL in a child that was forked meanwhile, if the runtime cannot start there. */
struct slot *slots_wait(size_t work);

static inline int slot_take(struct slot *slot)
{
	unsigned state = SLOT_FREE;
	return __atomic_compare_exchange_n(&slot->state, &state, SLOT_TAKEN, 0, __ATOMIC_ACQUIRE,
		__ATOMIC_RELAXED);
}

static inline void slot_leave(struct slot *slot)
{
	__atomic_store_n(&slot->state, SLOT_FREE, __ATOMIC_RELEASE);
}

#pragma GCC visibility pop

#endif
