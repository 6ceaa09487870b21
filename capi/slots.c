/* SPDX-License-Identifier: MIT */
//go:build linux && library

/*
 * Goroutines for calls. Go gives every thread that calls from C one of its own, with a thread
 * of the runtime's to look after them all. A host may have thousands of threads, and wants none
 * of ours: so there are a few goroutines, the slots, and a call takes one that is free.
 *
 * A goroutine of that kind keeps the processor of Go's that it was last on (one of GOMAXPROCS),
 * as nobody takes it away. As there is one for each slot, none ever has to wait for one, and a
 * slot has memory of its own from which Go allocates.
 */
#define _GNU_SOURCE
#include "engine.h"
#include "runtime.h"
#include "threads.h"

#include "_cgo_export.h"

#include <errno.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static struct process *const process = &engine_pages.process;
static struct slot *const slots = engine_pages.process.slots;

ENGINE_THREAD unsigned engine_last_slot;

/* Not by way of the C library, where a thread may be cancelled that sleeps. */
static void pause_for(long ns)
{
	const struct timespec time = {0, ns};
	int error = errno;
	syscall(SYS_nanosleep, &time, NULL);
	errno = error;
}

/* ---- Making ----------------------------------------------------------- */

/* Without a goroutine a call is given one, and a stack for it that a handler of the host's can
   do with that interrupts a call. */
static void make(struct slot *slot)
{
	go_thread = NULL;
	goGrowStack();
	slot->goroutine = go_thread;
}

/*
 * A thread of the runtime's is taken from it by a goroutine, which some thread runs that waits
 * for work. A thread that finds any first wakes another one to look for more, or makes one,
 * as long as a processor is idle; and a thread that has been taken keeps its processor. So as
 * many can be taken as there are idle processors, and the last finds none to wake another for.
 *
 * Where a thread was made meanwhile, as the others were slow to wait, there may be more of them
 * than processors, so there is another round. To change the number of processors makes all of
 * them idle, and new goroutines are made for the slots, so that each of these has its own. With
 * each round the threads get longer to wait in: else a slow machine would make them without end.
 */
static void take_threads(int count)
{
	make(&slots[0]);
	long ns = 0;
	do {
		go_thread = slots[0].goroutine;
		int idle = goProcessors(count + threads_busy() + 1) - count;
		for (int i = 1; i < count; i++)
			make(&slots[i]);
		for (; idle > 0 && threads_busy() > 0; idle--) {
			if (ns > 0)
				pause_for(ns);
			threads_take_one();
		}
		ns = ns == 0 ? 50000 : ns < 10000000 ? 2 * ns : ns;
	} while (threads_busy() > 0);
}

void slots_make(int count)
{
	take_threads(count);
	threads_end();
	process->slots_count = (unsigned)count;
	for (int i = 0; i < count; i++)
		slot_leave(&slots[i]);
}

/* ---- Taking ----------------------------------------------------------- */

static struct slot *find(unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct slot *slot = &slots[(engine_last_slot + i) % count];
		if (slot_take(slot)) {
			engine_last_slot = (unsigned)(slot - slots);
			return slot;
		}
	}
	return NULL;
}

/* Large calls may take seconds: so they leave some slots to others. */
static struct slot *find_for(size_t work)
{
	unsigned count = __atomic_load_n(&process->slots_count, __ATOMIC_ACQUIRE);
	return find(work >= SLOT_LARGE && count > 1 ? count / 2 : count);
}

/* Twice as long each time up to 1.6 ms, and then slowly more: else a thousand threads that wait
   would do nothing but look. */
static long longer(long ns)
{
	return ns < 1600000 ? 2 * ns : ns < 25000000 ? ns + ns / 8 : ns;
}

/* The others are in calls, most of which end sooner than a thread could be woken: so nobody is,
   and a call that ends has nothing to look after. */
struct slot *slots_wait(size_t work)
{
	struct slot *slot = find_for(work);
	for (long ns = 25000; slot == NULL; ns = longer(ns)) {
		if (!__atomic_load_n(&process->started, __ATOMIC_ACQUIRE) && engine_start(0) != SECRETS_OK)
			break; /* in a child that a handler forked, which interrupted this */
		pause_for(ns);
		slot = find_for(work);
	}
	return slot;
}

/* ---- Closing ---------------------------------------------------------- */

/* Whoever is in a call does not draw, as long as the process is not ready. */
void slots_keep_one(void)
{
	for (struct slot *slot = slots + 1; slot < slots + process->slots_count; slot++)
		while (!slot_take(slot))
			pause_for(25000);
	__atomic_store_n(&process->slots_count, 1, __ATOMIC_RELEASE);
}

int slots_close(void)
{
	for (struct slot *slot = slots; slot < slots + process->slots_count; slot++)
		if (!slot_take(slot))
			return 0;
	return 1;
}
