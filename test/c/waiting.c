/* SPDX-License-Identifier: MIT */
/* Threads that wait for one of the few calls that can run at a time. */
#include "check.h"
#include "run.h"

#include <signal.h>
#include <sys/resource.h>

static void call(void)
{
	unsigned char token[16];
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(token, sizeof token));
}

/* ---- Beside long calls ------------------------------------------------ */

static size_t elements; /* each million takes a hundredth of a second or more */
static int begun, done;

static void *call_for_long(void *unused)
{
	void *array = malloc(elements);
	CHECK(array != NULL);
	__atomic_fetch_add(&begun, 1, __ATOMIC_RELEASE);
	CHECK_STATUS(SECRETS_OK, secrets_shuffle(array, elements, 1));
	__atomic_fetch_add(&done, 1, __ATOMIC_RELEASE);
	return unused;
}

static void begin_long_calls(int count, size_t millions)
{
	elements = millions * 1000 * 1000;
	call();
	for (int i = 0; i < count; i++)
		start_thread(call_for_long, NULL);
	while (__atomic_load_n(&begun, __ATOMIC_ACQUIRE) < count)
		usleep(1000);
	usleep(20000); /* until as many as can are in their calls */
}

/* One more than calls can run at a time: as many as there are processors, 4 to 16. */
static int too_many(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	return 1 + (processors < 4 ? 4 : processors < 16 ? (int)processors : 16);
}

/* Short calls take far less than half a second. */
static void short_calls_beside_long_ones(void)
{
	begin_long_calls(too_many(), 30);
	for (int i = 0; i < 100; i++)
		call();
	CHECK(__atomic_load_n(&done, __ATOMIC_ACQUIRE) == 0);
	_exit(0); /* the others are still in their calls */
}

/* ---- Forked meanwhile ------------------------------------------------- */

static pid_t child = -1;

static void fork_here(int signal_number)
{
	(void)signal_number;
	child = fork();
}

/* The parent makes a long call, too, and waits; in the child its call continues alone. */
static void forked_by_a_handler(void)
{
	static unsigned char out[1 << 16];
	begin_long_calls(too_many(), 5);
	CHECK(signal(SIGALRM, fork_here) != SIG_ERR && ualarm(20000, 0) == 0);
	CHECK(secrets_token_bytes(out, sizeof out) == SECRETS_OK);
	if (child != 0)
		check_exit(child);
	_exit(0);
}

/* ---- In great numbers ------------------------------------------------- */

enum { THREADS = 1000, CALLS = 5000 };

static void *call_often(void *unused)
{
	for (int i = 0; i < CALLS; i++)
		call();
	return unused;
}

/* A thread that waits sleeps, and polls now and then: each poll is a context switch. */
static void many_threads_seldom_look(void)
{
	static pthread_t threads[THREADS];
	struct rusage usage;
	call();
	for (int i = 0; i < THREADS; i++)
		threads[i] = start_thread(call_often, NULL);
	for (int i = 0; i < THREADS; i++)
		join_thread(threads[i]);
	CHECK(getrusage(RUSAGE_SELF, &usage) == 0);
	printf("%ld switches in %d calls\n", usage.ru_nvcsw, THREADS * CALLS);
	CHECK(usage.ru_nvcsw < THREADS * CALLS / 20);
}

static const struct check_case cases[] = {
	CASE(short_calls_beside_long_ones),
	CASE(forked_by_a_handler),
	TAGGED(many_threads_seldom_look, "slow"),
};

CHECK_MAIN(cases)
