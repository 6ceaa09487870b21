/* SPDX-License-Identifier: MIT */
//go:build linux && library

/*
 * Threads, the runtime's and the host's. A Go runtime ends the process where it is refused a
 * thread, so those that it starts with are made before it, while a refusal can still be told
 * to the caller. They wait; when the runtime asks for a thread it is given one of them.
 *
 * The Makefile links the library's own calls of pthread_create, pthread_attr_init,
 * pthread_key_create and x_cgo_getstackbound to those here (ld --wrap), and not the host's.
 */
#define _GNU_SOURCE
#include "threads.h"

#include "engine.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdint.h>
#include <unistd.h>

/* What Go 1.26 and 1.27 start with at most: 5 in most runs, 7 in one of a thousand. */
#define THREADS 7

/* Room for the frames of the runtime. The C library wants more where the host has large
   thread-local variables, which lie on the stack: then they are as large as it takes. */
#define STACK_SIZE ((size_t)256 << 10)
#define LARGEST_STACK ((size_t)64 << 20)

int __real_pthread_attr_init(pthread_attr_t *attributes);
int __real_pthread_key_create(pthread_key_t *key, void (*destructor)(void *));

/* ---- Threads ---------------------------------------------------------- */

struct task {
	body *body; /* NULL: end */
	void *argument;
};

static struct {
	struct place {
		pthread_t thread;
		sem_t task_is_there;
		struct task task;
	} places[THREADS];
	int made, given;
	size_t stack_size;
} pool;

/* The thread that calls first may be bound to some processors, or of a class that starves
   others. The runtime's are bound as the process's first one is, and of the usual class. */
static int caller_is_unusual(void)
{
	cpu_set_t own, first;
	return sched_getscheduler(0) != SCHED_OTHER || (sched_getaffinity(0, sizeof own, &own) == 0 &&
		sched_getaffinity(getpid(), sizeof first, &first) == 0 && !CPU_EQUAL(&own, &first));
}

static void schedule_as_usual(pthread_t thread)
{
	const struct sched_param usual = {0};
	cpu_set_t processors;
	pthread_setschedparam(thread, SCHED_OTHER, &usual);
	if (sched_getaffinity(getpid(), sizeof processors, &processors) == 0)
		pthread_setaffinity_np(thread, sizeof processors, &processors);
}

static void *wait_for_task(void *own)
{
	struct place *place = own;
	while (sem_wait(&place->task_is_there) != 0)
		; /* a signal came */
	return place->task.body == NULL ? NULL : place->task.body(place->task.argument);
}

/* Whether one of the threads could be given the task. */
static int give(struct task task)
{
	int next = __atomic_fetch_add(&pool.given, 1, __ATOMIC_ACQ_REL);
	if (next >= pool.made) {
		__atomic_fetch_sub(&pool.given, 1, __ATOMIC_ACQ_REL);
		return 0;
	}
	struct place *place = &pool.places[next];
	place->task = task;
	return sem_post(&place->task_is_there) == 0;
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, body *body, void *argument)
{
	struct task task = {body, argument};
	return give(task) ? 0 : __real_pthread_create(thread, attributes, body, argument);
}

/* The runtime asks how large the stacks are that it gets. */
int __wrap_pthread_attr_init(pthread_attr_t *attributes)
{
	int error = __real_pthread_attr_init(attributes);
	return error != 0 ? error : pthread_attr_setstacksize(attributes, pool.stack_size);
}

static void end_all(void)
{
	while (give((struct task){NULL, NULL}))
		;
	for (int i = 0; i < pool.made; i++)
		pthread_join(pool.places[i].thread, NULL);
}

static int make_one(void)
{
	struct place *place = &pool.places[pool.made];
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	sem_init(&place->task_is_there, 0, 0);
	int error = __real_pthread_create(&place->thread, &attributes, wait_for_task, place);
	pthread_attr_destroy(&attributes);
	if (error == 0)
		pool.made++;
	else if (error == EINVAL)
		pool.stack_size *= 2;
	return error;
}

static void let_all_go(void)
{
	int unusual = caller_is_unusual();
	for (int i = 0; i < THREADS; i++) {
		if (unusual)
			schedule_as_usual(pool.places[i].thread);
		pthread_detach(pool.places[i].thread);
	}
}

int threads_make(void)
{
	int error = 0;
	pool.stack_size = STACK_SIZE;
	while (pool.made < THREADS && (error == 0 || (error == EINVAL && pool.stack_size <= LARGEST_STACK)))
		error = make_one();
	if (pool.made < THREADS)
		end_all();
	else
		let_all_go();
	return pool.made == THREADS;
}

/* ---- The host's ------------------------------------------------------- */

/* The runtime asks for the bounds of a thread's stack at its first call, and in every one that
   comes from outside of them, as a fiber's does. The C library would read /proc/self/maps on the
   main thread, and make an arena of 64 MB on others. The runtime looks at the bounds to see the
   end of a stack before it is there, and ends the process: it is told of none, and a stack that
   is too small has the same end at its guard page. */
void __wrap_x_cgo_getstackbound(uintptr_t bounds[2])
{
	bounds[0] = 4096;
	bounds[1] = UINTPTR_MAX;
}

/* ---- Their end -------------------------------------------------------- */

/* The key by which a thread of the host that ends is let go by the runtime. A child inherits
   it, and its runtime is given the same one. */
static KEEP struct {
	int created;
	pthread_key_t number;
	void (*destructor)(void *);
} key;

/* A runtime that has not come along through fork() lets nobody go. */
static void let_go(void *value)
{
	if (engine_joined == engine_pages.process.started)
		key.destructor(value);
	engine_joined = ENGINE_NONE;
}

int __wrap_pthread_key_create(pthread_key_t *number, void (*destructor)(void *))
{
	if (!key.created) {
		key.destructor = destructor;
		key.created = __real_pthread_key_create(&key.number, let_go) == 0;
	}
	*number = key.number;
	return key.created ? 0 : EAGAIN;
}
