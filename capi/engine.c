/* SPDX-License-Identifier: MIT */
//go:build linux

/*
 * How the library survives fork().
 *
 * A Go runtime does not: fork() copies its memory and none of its threads, so
 * that the next call that needs one of them waits for ever. Here a forked child
 * never enters the runtime that it inherited. All that says "this engine
 * answers" stands in pages that the kernel hands to a child as zeros
 * (MADV_WIPEONFORK, Linux 4.14). A child thus finds no engine, and its first
 * call loads the library once more from a copy of its file (image.c): a new
 * image, with a Go runtime of its own, whose public functions are then the
 * engine. A child that never calls, or that execs, pays nothing.
 */
#define _GNU_SOURCE
#include "engine.h"
#include "entropy.h"
#include "image.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

/* Aligned zeros of whole pages: anonymous memory, as MADV_WIPEONFORK needs. */
__attribute__((aligned(PROCESS_SIZE))) union process_pages engine_pages;

static struct process *const process = &engine_pages.process;

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif

static void forget(void)
{
	memset(&engine_pages, 0, sizeof engine_pages);
}

/* Before the constructors of a program that has the static library inside, as
   they may call it. The Makefile gives Go's own constructor the next priority. */
__attribute__((constructor(101))) static void load(void)
{
	/* An older kernel has fork() call us instead, which a raw clone(2) does not. */
	if (madvise(&engine_pages, sizeof engine_pages, MADV_WIPEONFORK) != 0)
		pthread_atfork(NULL, NULL, forget);
	image_remember();
	process->loaded = 1;
}

/* With the lock held: what stands in process is not yet known to be enough. */
static int start(const struct engine **engine, int randomness)
{
	if (process->engine == NULL)
		process->engine = process->loaded ? &engine_exports : image_load();
	if (process->engine == NULL)
		return SECRETS_EFORK;
	if (randomness) {
		if (!entropy_available())
			return SECRETS_EENTROPY;
		__atomic_store_n(&process->ready, process->engine, __ATOMIC_RELEASE);
	}
	*engine = process->engine;
	return SECRETS_OK;
}

int engine_start(const struct engine **engine, int randomness)
{
	int cancel, error = errno;
	sigset_t all, mask;

	/* A thread that is cancelled in here, or whose signal handler jumps out of
	   here, would keep the lock. */
	sigfillset(&all);
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel);
	pthread_sigmask(SIG_SETMASK, &all, &mask);
	pthread_mutex_lock(&process->starting);
	int status = start(engine, randomness);
	pthread_mutex_unlock(&process->starting);
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	pthread_setcancelstate(cancel, &cancel);
	errno = error;
	return status;
}
