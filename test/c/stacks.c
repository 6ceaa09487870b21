/* SPDX-License-Identifier: MIT */
/*
 * Calls on other stacks than the thread's own, as by fibers, coroutines and the callbacks of some
 * languages. In each of these Go asks for the bounds of the thread's stack. To find them, the C
 * library reads /proc/self/maps in the main thread, and asks the kernel for the processors in any
 * thread: so here openat(2) and sched_getaffinity(2) end the process after a first call from each
 * stack.
 */
#define _GNU_SOURCE
#include "check.h"
#include "rights.h"
#include "run.h"
#include "words.h"

#include <ucontext.h>

enum { CALLS = 1000, FIBERS = 3, THREADS = 4, SMALL = 16384, LARGE = 262144 };

struct fiber {
	ucontext_t self, caller;
	size_t size;
};

static void call(void)
{
	unsigned char token[16];
	char text[64];
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(token, sizeof token));
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(text, sizeof text, 4, NULL, NULL, 0));
}

static void ask_for_no_bounds(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_sched_getaffinity, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	install_filter(filter, COUNT(filter), 0);
}

/* A fiber calls, and yields, for ever. */
static __thread struct fiber *running;

static void run_fiber(void)
{
	struct fiber *self = running;
	for (;;) {
		call();
		CHECK(swapcontext(&self->self, &self->caller) == 0);
	}
}

static void resume(struct fiber *fiber)
{
	running = fiber;
	CHECK(swapcontext(&fiber->caller, &fiber->self) == 0);
}

static void make_fiber(struct fiber *fiber, size_t size)
{
	CHECK(getcontext(&fiber->self) == 0);
	fiber->self.uc_stack.ss_sp = guarded_new(size).data;
	fiber->self.uc_stack.ss_size = size;
	fiber->self.uc_link = NULL;
	makecontext(&fiber->self, run_fiber, 0);
}

/* Calls alternate between the thread's own stack and fibers of all sizes. */
static void take_turns(void)
{
	static __thread struct fiber fibers[FIBERS];
	for (int i = 0; i < FIBERS; i++)
		make_fiber(&fibers[i], i == 0 ? SMALL : LARGE);
	for (int n = 0; n < CALLS; n++) {
		call();
		for (int i = 0; i < FIBERS; i++)
			resume(&fibers[i]);
		if (n == 0)
			ask_for_no_bounds();
	}
}

static void fibers_of_main(void)
{
	take_turns();
}

static void *take_turns_in_thread(void *unused)
{
	take_turns();
	return unused;
}

static void fibers_of_a_thread(void)
{
	run_in_thread(take_turns_in_thread, NULL);
	call();
}

static struct fiber wanderer;

static void *resume_once(void *unused)
{
	call();
	resume(&wanderer);
	call();
	return unused;
}

/* The fiber continues in another thread each time. */
static void fiber_that_moves(void)
{
	make_fiber(&wanderer, SMALL);
	resume(&wanderer);
	ask_for_no_bounds();
	for (int i = 0; i < 50; i++) {
		run_in_thread(resume_once, NULL);
		resume(&wanderer);
	}
}

static struct {
	struct fiber fiber;
	pthread_mutex_t lock;
} shared[THREADS + 1];

static void *resume_in_turn(void *unused)
{
	for (size_t n = 0; n < CALLS; n++) {
		size_t i = n % (THREADS + 1);
		CHECK(pthread_mutex_lock(&shared[i].lock) == 0);
		resume(&shared[i].fiber);
		CHECK(pthread_mutex_unlock(&shared[i].lock) == 0);
		call();
	}
	return unused;
}

/* The same fibers continue in all of the threads, which call concurrently. */
static void fibers_of_many_threads(void)
{
	pthread_t threads[THREADS];
	for (int i = 0; i <= THREADS; i++) {
		CHECK(pthread_mutex_init(&shared[i].lock, NULL) == 0);
		make_fiber(&shared[i].fiber, SMALL);
		resume(&shared[i].fiber);
	}
	ask_for_no_bounds();
	for (int i = 0; i < THREADS; i++)
		threads[i] = start_thread(resume_in_turn, NULL);
	for (int i = 0; i < THREADS; i++)
		join_thread(threads[i]);
}

/* The very first call of the process comes from a small stack. */
static void first_call_of_a_fiber(void)
{
	make_fiber(&wanderer, SMALL);
	resume(&wanderer);
	take_turns();
}

/* Bounds that were learned at a shallow call do not hold for deep ones. A call that needs the
   runtime's own stack, as for a word list, is made at all depths. */
static void call_deeper(size_t left)
{
	volatile char frame[1024];
	frame[0] = 1;
	call_with_words();
	if (left > sizeof frame)
		call_deeper(left - sizeof frame);
	frame[1] = 1;
}

static void *call_from_all_depths(void *unused)
{
	call();
	call_deeper((size_t)256 << 10);
	call();
	return unused;
}

static void deep_calls(void)
{
	make_words();
	call_from_all_depths(NULL);
	run_in_thread(call_from_all_depths, NULL);
}

static const struct check_case cases[] = {
	CASE(fibers_of_main),
	CASE(fibers_of_a_thread),
	CASE(fiber_that_moves),
	CASE(fibers_of_many_threads),
	CASE(first_call_of_a_fiber),
	CASE(deep_calls),
};

CHECK_MAIN(cases)
