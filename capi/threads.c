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

#include "ending.h"
#include "engine.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>

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

static void *wait_for_task(void *own)
{
	struct place *place = own;
	while (sem_wait(&place->task_is_there) != 0)
		; /* a signal came */
	return place->task.body == NULL ? NULL : place->task.body(place->task.argument);
}

static void *begin(void *own)
{
	return ending_run_ours(wait_for_task, own);
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

static void *run_task(void *given)
{
	struct task task = *(struct task *)given;
	free(given);
	return ending_run_ours(task.body, task.argument);
}

/* One more than those that were made before. */
static int make_another(pthread_t *thread, const pthread_attr_t *attributes, struct task task)
{
	struct task *given = malloc(sizeof *given);
	if (given == NULL)
		return EAGAIN;
	*given = task;
	int error = __real_pthread_create(thread, attributes, run_task, given);
	if (error != 0)
		free(given);
	return error;
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, body *body, void *argument)
{
	struct task task = {body, argument};
	return give(task) ? 0 : make_another(thread, attributes, task);
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
	int error = __real_pthread_create(&place->thread, &attributes, begin, place);
	pthread_attr_destroy(&attributes);
	if (error == 0)
		pool.made++;
	else if (error == EINVAL)
		pool.stack_size *= 2;
	return error;
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
		for (int i = 0; i < THREADS; i++)
			pthread_detach(pool.places[i].thread);
	return pool.made == THREADS;
}

/* ---- The host's ------------------------------------------------------- */

/* What the runtime takes for a stack on each side of where it runs: it was made for half. */
#define WINDOW ((uintptr_t)64 << 10)

/* The runtime asks for the bounds of a thread's stack at its first call, and in every one that
   comes from outside of them, as a fiber's does. The C library would read /proc/self/maps on the
   main thread, and make an arena of 64 MB on others; the runtime wants no more of it than not
   to run out of stack. */
void __wrap_x_cgo_getstackbound(uintptr_t bounds[2])
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);
	bounds[0] = here - WINDOW;
	bounds[1] = here + WINDOW;
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
	int known = engine_joined == engine_pages.process.started;
	if (known)
		key.destructor(value);
	engine_joined = ENGINE_NONE;
	if (known)
		ending_left();
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
