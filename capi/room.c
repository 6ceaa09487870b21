/* SPDX-License-Identifier: MIT */
//go:build linux

#define _GNU_SOURCE
#include "room.h"

#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>

/* What a runtime asks for as it starts: addresses for its heap's tables, which
   it reserves and does not use, and its threads. Measured with Go 1.26, and
   half as much again. */
#define ADDRESSES ((size_t)2560 << 20)
#define THREADS 8

static int room_for_addresses(void)
{
	void *at = mmap(NULL, ADDRESSES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	return at != MAP_FAILED && munmap(at, ADDRESSES) == 0;
}

static void *wait_for_all(void *gate)
{
	pthread_mutex_lock(gate);
	pthread_mutex_unlock(gate);
	return NULL;
}

static int room_for_threads(void)
{
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	pthread_t threads[THREADS];
	int started = 0;

	pthread_mutex_lock(&gate);
	while (started < THREADS && pthread_create(&threads[started], NULL, wait_for_all, &gate) == 0)
		started++;
	pthread_mutex_unlock(&gate);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	return started == THREADS;
}

int room_for_runtime(void)
{
	return room_for_addresses() && room_for_threads();
}
