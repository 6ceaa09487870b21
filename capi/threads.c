/* SPDX-License-Identifier: MIT */
//go:build linux && library

/*
 * The threads of the Go runtime, which has some only while it starts. A runtime that cannot create
 * a thread ends the process. So they are created before it starts, when a failure can still be
 * returned to the caller. They wait, and the runtime gets one whenever it creates a thread. Once it
 * has started it does not need them: they are taken away, and end.
 *
 * packaging/object.sh redirects the library's own calls of the functions here (ld --wrap), but
 * not the host's.
 */
#define _GNU_SOURCE
#include "threads.h"

#include "engine.h"

#include "_cgo_export.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdint.h>
#include <time.h>

/* Go 1.26 and 1.27 have 2 or 3 threads at a time while they start, seldom 4. */
#define THREADS 5
#define MOST_THREADS 16

/* Enough for the frames of the runtime. If the host has large thread-local variables, which are
   on the stack, the C library requires more: then the size is doubled until it accepts it. */
#define STACK_SIZE ((size_t)256 << 10)
#define LARGEST_STACK ((size_t)64 << 20)

typedef void *body(void *argument);

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, body *body,
	void *argument);
int __real_pthread_attr_init(pthread_attr_t *attributes);

struct task {
	body *body; /* NULL: end */
	void *argument;
};

static struct {
	pthread_mutex_t lock;
	struct place {
		pthread_t thread;
		sem_t task_is_there;
		struct task task;
		int busy;
		jmp_buf left;
	} places[MOST_THREADS];
	int made, busy, asked;
	size_t stack_size;
	sem_t one_has_left;
} pool;

static ENGINE_THREAD struct place *own_place;

static void wait_for(sem_t *semaphore)
{
	while (sem_wait(semaphore) != 0)
		; /* interrupted by a signal */
}

/* ---- What a thread does ----------------------------------------------- */

static void set_busy(struct place *place, int busy)
{
	place->busy = busy;
	pool.busy += busy ? 1 : -1;
}

static int has_task(void)
{
	wait_for(&own_place->task_is_there);
	return own_place->task.body != NULL;
}

static void *do_tasks(void *place)
{
	own_place = place;
	while (has_task()) {
		if (setjmp(own_place->left) == 0)
			own_place->task.body(own_place->task.argument);
		pthread_mutex_lock(&pool.lock);
		set_busy(own_place, 0);
		pthread_mutex_unlock(&pool.lock);
		sem_post(&pool.one_has_left);
	}
	return NULL;
}

/* To the runtime the thread is in a call to C from now on, which never returns. The frames that
   the jump skips are the runtime's, on this stack. */
int threads_leave(void)
{
	longjmp(own_place->left, 1);
}

/* ---- Giving and taking ------------------------------------------------ */

static int make_one(void)
{
	struct place *place = &pool.places[pool.made];
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	sem_init(&place->task_is_there, 0, 0);
	int error = __real_pthread_create(&place->thread, &attributes, do_tasks, place);
	pthread_attr_destroy(&attributes);
	if (error == 0)
		pool.made++;
	else if (error == EINVAL)
		pool.stack_size *= 2;
	return error;
}

/* The caller has made sure that there is one. */
static struct place *idle_place(void)
{
	struct place *place = pool.places;
	while (place->busy)
		place++;
	return place;
}

static int give(struct task task)
{
	int error = 0;
	pthread_mutex_lock(&pool.lock);
	if (pool.busy == pool.made)
		error = pool.made == MOST_THREADS ? EAGAIN : make_one();
	if (error == 0) {
		struct place *place = idle_place();
		set_busy(place, 1);
		place->task = task;
		sem_post(&place->task_is_there);
	}
	pthread_mutex_unlock(&pool.lock);
	return error;
}

/* The first thread that the runtime creates is its first thread of all. That thread creates the
   second, its monitor (sysmon), which takes processors from goroutines and calls to C that run for
   long, for others that wait. Here none waits, as each slot has a processor: it is left out. */
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, body *body,
	void *argument)
{
	(void)thread, (void)attributes;
	if (__atomic_fetch_add(&pool.asked, 1, __ATOMIC_ACQ_REL) == 1)
		return 0;
	return give((struct task){ body, argument });
}

/* From these attributes the runtime learns the size of the stacks. */
int __wrap_pthread_attr_init(pthread_attr_t *attributes)
{
	int error = __real_pthread_attr_init(attributes);
	return error != 0 ? error : pthread_attr_setstacksize(attributes, pool.stack_size);
}

int threads_busy(void)
{
	pthread_mutex_lock(&pool.lock);
	int busy = pool.busy;
	pthread_mutex_unlock(&pool.lock);
	return busy;
}

static int one_leaves_in_time(void)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += 10000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	return sem_timedwait(&pool.one_has_left, &until) == 0;
}

/* In one of some 20,000 starts all threads of the runtime are asleep, and none looks for the
   goroutine that is to take one away: its monitor would have found it. They look again when the
   number of processors changes. */
void threads_take_one(void)
{
	goLeaveThread();
	while (!one_leaves_in_time())
		goProcessors(0);
}

/* ---- The first and the last ------------------------------------------- */

void threads_end(void)
{
	for (; pool.made > 0; pool.made--) {
		struct place *place = &pool.places[pool.made - 1];
		place->task.body = NULL;
		sem_post(&place->task_is_there);
		pthread_join(place->thread, NULL);
	}
}

int threads_make(void)
{
	int error = 0;
	pool.stack_size = STACK_SIZE;
	sem_init(&pool.one_has_left, 0, 0);
	while (pool.made < THREADS &&
		(error == 0 || (error == EINVAL && pool.stack_size <= LARGEST_STACK)))
		error = make_one();
	if (error != 0)
		threads_end();
	return error == 0;
}

/* ---- The host's threads ----------------------------------------------- */

/* The runtime asks for the bounds of a thread's stack at the first call of a goroutine, and at
   every call from outside of the known bounds, as from another thread or a fiber. The C library
   would read /proc/self/maps on the main thread, and reserve an arena of 64 MB on others. The
   runtime uses the bounds only to end the process when a stack is about to overflow. So it gets
   bounds that contain everything, and a stack that overflows hits its guard page. */
void __wrap_x_cgo_getstackbound(uintptr_t bounds[2])
{
	bounds[0] = 4096;
	bounds[1] = UINTPTR_MAX;
}

/* The runtime would free a goroutine when the thread that first had it ends, by a destructor. No
   thread keeps one. */
int __wrap_pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	(void)key, (void)destructor;
	return 0;
}

int __wrap_pthread_setspecific(pthread_key_t key, const void *value)
{
	(void)key, (void)value;
	return 0;
}
