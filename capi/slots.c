/* SPDX-License-Identifier: MIT */
//go:build linux && library

/*
 * Goroutines for calls. Go assigns a goroutine to every thread that calls from C, and has a thread
 * of its own to supervise them. A host may have thousands of threads, and must not get any of
 * ours: so there are a few goroutines, the slots, and a call takes one that is free.
 *
 * Such a goroutine keeps the processor of Go's that it last ran on (one of GOMAXPROCS), as no
 * thread takes it away. There is one for each slot, so no call has to wait for a processor, and
 * each slot has its own memory from which Go allocates.
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

/* Not by the C library, where a sleeping thread may be cancelled. */
static void pause_for(long ns)
{
	const struct timespec time = { 0, ns };
	int error = errno;
	syscall(SYS_nanosleep, &time, NULL);
	errno = error;
}

/* ---- Making ----------------------------------------------------------- */

/* Go creates a goroutine for a call in a thread that has none. goGrowStack makes its stack large
   enough for a signal handler of the host that interrupts a call. */
static void make(struct slot *slot)
{
	go_thread = NULL;
	goGrowStack();
	slot->goroutine = go_thread;
}

/*
 * A thread of the runtime is taken away by a goroutine that it runs. Before a thread runs one, it
 * wakes another thread to look for more work, or starts one, as long as a processor is idle; and a
 * thread that has been taken keeps its processor. So as many threads can be taken as there are idle
 * processors, and the last of them finds none to wake another for.
 *
 * If the runtime has started a thread meanwhile, as the others were slow to go idle, there may be
 * more threads than processors, and another round is needed. Changing the number of processors
 * makes all of them idle; then new goroutines are created for the slots, so that each has its own
 * processor. With each round the threads get more time to go idle: otherwise a slow machine would
 * start threads without end.
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

/* Large calls may take seconds, so they leave half of the slots to others. */
static struct slot *find_for(size_t work)
{
	unsigned count = __atomic_load_n(&process->slots_count, __ATOMIC_ACQUIRE);
	return find(work >= SLOT_LARGE && count > 1 ? count / 2 : count);
}

/* The pause doubles up to 1.6 ms, and then grows slowly: otherwise a thousand waiting threads
   would do nothing but poll. */
static long longer(long ns)
{
	return ns < 1600000 ? 2 * ns : ns < 25000000 ? ns + ns / 8 : ns;
}

/* Waits by polling. The slots are taken by calls most of which end sooner than a thread could be
   woken, and so a call that ends has no one to wake. */
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

/* Calls that are running draw nothing, as long as the process is not ready. */
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
