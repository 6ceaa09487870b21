/* SPDX-License-Identifier: MIT */
//go:build linux

/*
 * A good guest leaves the signals of its host alone. A Go runtime does not: it
 * installs handlers, takes signals in its own threads, and changes the mask and
 * the alternate stack of every thread that calls. Three things in the runtime
 * decide all of that. The Makefile gives them the names used here (objcopy on
 * go.o), and ends the build if a Go release has moved one.
 *
 *   guest_signals         the runtime's table of signals, runtime.sigtable
 *   guest_thread_create   what starts the runtime in a thread, once, at load;
 *                         stands for x_cgo_sys_thread_create
 *   guest_g               thread-local: NULL until the thread's first call,
 *                         runtime.tlsg
 */
#define _GNU_SOURCE
#include "guest.h"

#include "_cgo_export.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>

#ifdef SECRETS_GUEST

/* One entry of runtime.sigtable: the flags, and a Go string. */
struct guest_signal {
	int32_t flags;
	const char *name;
	intptr_t name_size;
};

/* Flags of package runtime (runtime2.go). */
enum { GO_DEFAULT = 1 << 4, GO_UNBLOCK = 1 << 7 };

extern struct guest_signal guest_signals[NSIG] __attribute__((visibility("hidden")));

void x_cgo_sys_thread_create(void *(*start)(void *), void *argument);
void guest_thread_create(void *(*start)(void *), void *argument);

/* Without flags a signal is none of the runtime's business: no handler, no
   SA_ONSTACK added to the host's, no thread in which it is unblocked. 32 and 33
   are glibc's own and stay open in every thread (setuid waits for all of
   them). Priority 101: before the constructor of the Go runtime, which reads
   the table. */
__attribute__((constructor(101))) static void guest_signals_off(void)
{
	for (int i = 0; i < NSIG; i++)
		guest_signals[i].flags = i == 32 || i == 33 ? GO_DEFAULT | GO_UNBLOCK : 0;
}

/* The runtime's threads have the mask of the thread that starts it: every
   signal blocked but those that mean a fault in the very thread, which a crash
   handler of the host should see. */
void guest_thread_create(void *(*start)(void *), void *argument)
{
	sigset_t mask, host;
	sigfillset(&mask);
	sigdelset(&mask, SIGBUS);
	sigdelset(&mask, SIGFPE);
	sigdelset(&mask, SIGILL);
	sigdelset(&mask, SIGSEGV);
	sigdelset(&mask, SIGSYS);
	sigdelset(&mask, SIGTRAP);
	pthread_sigmask(SIG_SETMASK, &mask, &host);
	x_cgo_sys_thread_create(start, argument);
	pthread_sigmask(SIG_SETMASK, &host, NULL);
}

/* guest_first_call binds the calling thread to the runtime. All signals are
   blocked meanwhile: a handler of the host that interrupts Go code runs on its
   stack, which is 4 KB until goGrowStack. And none is cancelled where it waits for
   a runtime that still starts, with a lock that all others then wait for. The
   runtime also gives the thread an alternate stack, for handlers that it does not
   have: take it away again. */
void guest_first_call(void)
{
	int cancel;
	sigset_t all, host;
	stack_t before, none = {.ss_flags = SS_DISABLE};
	sigfillset(&all);
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel);
	pthread_sigmask(SIG_SETMASK, &all, &host);
	int known = sigaltstack(NULL, &before) == 0;
	goGrowStack();
	if (known && before.ss_flags & SS_DISABLE)
		sigaltstack(&none, NULL);
	pthread_sigmask(SIG_SETMASK, &host, NULL);
	pthread_setcancelstate(cancel, &cancel);
}

#endif
