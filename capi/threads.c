/* SPDX-License-Identifier: MIT */
//go:build linux && library

/*
 * The runtime's threads. A Go runtime ends the process where it is refused one, so those that
 * it starts with are made before it, while a refusal can still be told to the caller. They
 * wait; when the runtime asks for a thread it is given one of them.
 *
 * The Makefile links the library's own calls of pthread_create, pthread_attr_init and
 * pthread_key_create to those here (ld --wrap), and not the host's.
 */
#define _GNU_SOURCE
#include "threads.h"

#include "engine.h"

#include <errno.h>
#include <pthread.h>

/* What Go 1.26 and 1.27 start with at most: 5 in most runs, 7 in one of a thousand. */
#define THREADS 7

/* Room for the frames of the runtime and of a host's handler, which may run there. */
#define STACK_SIZE (256 << 10)

typedef void *body(void *argument);

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, body *body, void *argument);
int __real_pthread_attr_init(pthread_attr_t *attributes);
int __real_pthread_key_create(pthread_key_t *key, void (*destructor)(void *));

/* ---- Threads ---------------------------------------------------------- */

/* Zeros are PTHREAD_MUTEX_INITIALIZER and PTHREAD_COND_INITIALIZER on Linux, so that a
   rewound image has no threads, and nobody at them. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t change;
	pthread_t threads[THREADS];
	struct task {
		body *body; /* NULL: end */
		void *argument;
	} tasks[THREADS];
	int made, given, taken;
} pool;

static void *wait_for_task(void *unused)
{
	pthread_mutex_lock(&pool.lock);
	while (pool.taken == pool.given)
		pthread_cond_wait(&pool.change, &pool.lock);
	struct task task = pool.tasks[pool.taken++];
	pthread_mutex_unlock(&pool.lock);
	return task.body == NULL ? unused : task.body(task.argument);
}

/* Whether one of the threads could be given the task. */
static int give(body *body, void *argument)
{
	pthread_mutex_lock(&pool.lock);
	int given = pool.given < pool.made;
	if (given)
		pool.tasks[pool.given++] = (struct task){body, argument};
	pthread_mutex_unlock(&pool.lock);
	if (given)
		pthread_cond_signal(&pool.change);
	return given;
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, body *body, void *argument)
{
	return give(body, argument) ? 0 : __real_pthread_create(thread, attributes, body, argument);
}

/* The runtime asks how large the stacks are that it gets. */
int __wrap_pthread_attr_init(pthread_attr_t *attributes)
{
	int error = __real_pthread_attr_init(attributes);
	return error != 0 ? error : pthread_attr_setstacksize(attributes, STACK_SIZE);
}

static void end_all(void)
{
	int made = pool.made;
	while (give(NULL, NULL))
		;
	for (int i = 0; i < made; i++)
		pthread_join(pool.threads[i], NULL);
}

int threads_make(void)
{
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	int made = 0;
	while (made < THREADS && __real_pthread_create(&pool.threads[made], &attributes, wait_for_task, NULL) == 0)
		made++;
	pthread_attr_destroy(&attributes);
	pool.made = made;
	if (made < THREADS) {
		end_all();
		return 0;
	}
	for (int i = 0; i < THREADS; i++)
		pthread_detach(pool.threads[i]);
	return 1;
}

/* ---- Their end -------------------------------------------------------- */

/* The key by which a thread of the host that ends is let go by the runtime. A child inherits
   it. */
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
	int error = __real_pthread_key_create(number, let_go);
	key.number = *number;
	key.destructor = destructor;
	key.created = error == 0;
	return error;
}

void threads_forget(void)
{
	if (key.created)
		pthread_key_delete(key.number);
	key.created = 0;
}
