/* SPDX-License-Identifier: MIT */
/* Threads that wait for one of the few calls that can be under way at a time. */
#include "check.h"

#include <pthread.h>
#include <sys/resource.h>

static pthread_t start(void *body(void *), void *argument)
{
	pthread_t thread;
	CHECK(pthread_create(&thread, NULL, body, argument) == 0);
	return thread;
}

static void call(void)
{
	unsigned char token[16];
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(token, sizeof token));
}

/* ---- Beside long calls ------------------------------------------------ */

/* More than there can be calls; and half a second or more of work for each. */
enum { LONG_CALLS = 24, ELEMENTS = 30 * 1000 * 1000 };
static int begun, done;

static void *call_for_long(void *unused)
{
	void *array = malloc(ELEMENTS);
	CHECK(array != NULL);
	__atomic_fetch_add(&begun, 1, __ATOMIC_RELEASE);
	CHECK_STATUS(SECRETS_OK, secrets_shuffle(array, ELEMENTS, 1));
	__atomic_fetch_add(&done, 1, __ATOMIC_RELEASE);
	return unused;
}

static void short_calls_beside_long_ones(void)
{
	call();
	for (int i = 0; i < LONG_CALLS; i++)
		start(call_for_long, NULL);
	while (__atomic_load_n(&begun, __ATOMIC_ACQUIRE) < LONG_CALLS)
		usleep(1000);
	usleep(50000); /* until all are in their calls that can be */
	for (int i = 0; i < 100; i++)
		call();
	CHECK(__atomic_load_n(&done, __ATOMIC_ACQUIRE) == 0);
	_exit(0); /* the others have not ended */
}

/* ---- In great numbers ------------------------------------------------- */

enum { THREADS = 1000, CALLS = 5000 };

static void *call_often(void *unused)
{
	for (int i = 0; i < CALLS; i++)
		call();
	return unused;
}

/* A thread that waits sleeps, and looks now and then: a switch each time. */
static void many_threads_seldom_look(void)
{
	static pthread_t threads[THREADS];
	struct rusage usage;
	call();
	for (int i = 0; i < THREADS; i++)
		threads[i] = start(call_often, NULL);
	for (int i = 0; i < THREADS; i++)
		CHECK(pthread_join(threads[i], NULL) == 0);
	CHECK(getrusage(RUSAGE_SELF, &usage) == 0);
	printf("%ld switches in %d calls\n", usage.ru_nvcsw, THREADS * CALLS);
	CHECK(usage.ru_nvcsw < THREADS * CALLS / 20);
}

static const struct check_case cases[] = {
	CASE(short_calls_beside_long_ones),
	CASE(many_threads_seldom_look),
};

CHECK_MAIN(cases)
