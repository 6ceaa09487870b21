/* SPDX-License-Identifier: MIT */
//go:build linux && library

/*
 * A process whose last thread ends is ended by the C library, as by exit(0). The runtime's
 * threads never end, so they would keep a process whose main thread left by pthread_exit(), and
 * with their signals blocked only SIGKILL would end it. So where no thread is left but the
 * library's, one of these does what the C library would have done.
 *
 * A thread that has called says so as it ends. When the last one of these has, the others are
 * looked at from time to time, until they have ended or somebody calls again: only then is a
 * process woken that does nothing.
 */
#define _GNU_SOURCE
#include "ending.h"
#include "threads.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Of this process: a rewound image has none. */
static struct {
	int ours;      /* threads of the library: one that begins or ends may be missing */
	int joined;    /* threads of the host that have called and not ended */
	int watching;  /* whether somebody looks at the others */
	sigset_t mask; /* of the thread that left last */
} threads;

void *ending_run_ours(void *(*body)(void *), void *argument)
{
	__atomic_fetch_add(&threads.ours, 1, __ATOMIC_ACQ_REL);
	void *result = body(argument);
	__atomic_fetch_sub(&threads.ours, 1, __ATOMIC_ACQ_REL);
	return result;
}

/* Whether the process has no threads but ours and its first one, which has ended, and is kept
   by the kernel until the last has. Where that cannot be seen there are others. */
static int nobody_is_left(void)
{
	char line[256], state = 0;
	int count = 0;
	FILE *status = fopen("/proc/self/status", "re");
	if (status == NULL)
		return 0;
	while (fgets(line, sizeof line, status) != NULL) {
		(void)sscanf(line, "State: %c", &state); /* of the first thread */
		(void)sscanf(line, "Threads: %d", &count);
	}
	fclose(status);
	return state == 'Z' && count == __atomic_load_n(&threads.ours, __ATOMIC_ACQUIRE) + 1;
}

static void pause_ms(long ms)
{
	const struct timespec pause = {ms / 1000, ms % 1000 * 1000000};
	nanosleep(&pause, NULL);
}

static int nobody_has_joined(void)
{
	return __atomic_load_n(&threads.joined, __ATOMIC_ACQUIRE) == 0;
}

static int begin_to_watch(void)
{
	return nobody_has_joined() && __atomic_exchange_n(&threads.watching, 1, __ATOMIC_ACQ_REL) == 0;
}

static void *watch_others(void *unused)
{
	do {
		for (long ms = 10; nobody_has_joined(); ms += ms < 2000 ? ms : 0) {
			pause_ms(ms);
			if (nobody_is_left()) {
				pthread_sigmask(SIG_SETMASK, &threads.mask, NULL);
				exit(0);
			}
		}
		__atomic_store_n(&threads.watching, 0, __ATOMIC_RELEASE);
	} while (begin_to_watch()); /* the last may have left meanwhile */
	return unused;
}

static void *watch(void *unused)
{
	pthread_detach(pthread_self());
	return ending_run_ours(watch_others, unused);
}

void ending_joined(void)
{
	__atomic_fetch_add(&threads.joined, 1, __ATOMIC_ACQ_REL);
}

/* With a stack of the usual size, as the host's handlers of atexit() run there. */
void ending_left(void)
{
	pthread_t thread;
	sigset_t all;
	__atomic_fetch_sub(&threads.joined, 1, __ATOMIC_ACQ_REL);
	if (!begin_to_watch())
		return;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &threads.mask);
	if (__real_pthread_create(&thread, NULL, watch, NULL) != 0)
		__atomic_store_n(&threads.watching, 0, __ATOMIC_RELEASE);
	pthread_sigmask(SIG_SETMASK, &threads.mask, NULL);
}
