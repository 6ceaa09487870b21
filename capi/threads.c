/* SPDX-License-Identifier: MIT */
//go:build linux && library

/*
 * The threads of a Go runtime, which has some only while it starts. A Go runtime ends the
 * process where it is refused a thread, so they are made before it asks, while a refusal can
 * still be told to the caller. They wait, and when it asks for a thread it is given one. Once it
 * has started it has no use for them: they are taken from it again, and end.
 *
 * packaging/object.sh links the library's own calls of the functions here to these (ld --wrap), and
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

/* What Go 1.26 and 1.27 have at a time as they start: 2 or 3, seldom 4. */
#define THREADS 5
#define MOST_THREADS 16

/* Room for the frames of the runtime. The C library wants more where the host has large
   thread-local variables, which lie on the stack: then they are as large as it takes. */
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
		; /* a signal came */
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

/* For the runtime the thread is in a call of C from now on, and never comes back: what it has
   of the runtime's stays as it is. The frames in between are the runtime's, on this stack. */
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

/* There is one. */
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

/* The runtime's first thread is the first that is asked for; and this thread asks for the
   second, which is to watch goroutines that take long, and threads that are in C for long, for
   others that wait for a processor. Here none waits: each slot has one. It is left out. */
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, body *body,
	void *argument)
{
	(void)thread, (void)attributes;
	if (__atomic_fetch_add(&pool.asked, 1, __ATOMIC_ACQ_REL) == 1)
		return 0;
	return give((struct task){body, argument});
}

/* The runtime asks how large the stacks are that it gets. */
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

void threads_take_one(void)
{
	goLeaveThread();
	wait_for(&pool.one_has_left);
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
	while (pool.made < THREADS
		&& (error == 0 || (error == EINVAL && pool.stack_size <= LARGEST_STACK)))
		error = make_one();
	if (error != 0)
		threads_end();
	return error == 0;
}

/* ---- The host's threads ----------------------------------------------- */

/* The runtime asks for the bounds of a thread's stack at the first call of a goroutine, and in
   every one that comes from outside of them, as from another thread or a fiber. The C library
   would read /proc/self/maps on the main thread, and make an arena of 64 MB on others. The
   runtime looks at the bounds to see the end of a stack before it is there, and ends the
   process: it is told of none, and a stack that is too small has the same end at its guard page. */
void __wrap_x_cgo_getstackbound(uintptr_t bounds[2])
{
	bounds[0] = 4096;
	bounds[1] = UINTPTR_MAX;
}

/* The runtime would let a goroutine go with the thread that first had it: no thread keeps one. */
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
