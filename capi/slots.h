/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_SLOTS_H
#define SECRETS_SLOTS_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/*
 * What a call needs to be in the runtime: a goroutine, with all that belongs to one. There are a
 * few, which a start makes, and each call takes one. Zeros are those of a process without a start.
 */
#define SLOTS 16
enum { SLOT_NONE, SLOT_FREE, SLOT_TAKEN };
struct slot {
	__attribute__((aligned(64))) unsigned state;
	void *goroutine;
};

/* slots_make makes so many of them for the runtime that has just started, has its threads end,
   and lets calls in. */
void slots_make(int count);

/* slots_close takes all of them away, and reports whether it could: not where a call has one. */
int slots_close(void);

/* slots_keep_one leaves one, so that calls come one after the other. */
void slots_keep_one(void);

/* Bytes or elements, for which a call takes a millisecond or so. A call of no less is large. */
#define SLOT_LARGE ((size_t)1 << 16)

/* slots_wait takes one for the calling thread, and waits until there is one; large calls have but
   half of them. NULL: the process became a child meanwhile, where the runtime cannot start. */
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
