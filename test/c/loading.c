/* SPDX-License-Identifier: MIT */
/* Ways to load the library, and what it costs the host to keep it loaded. Loads $LIBRARY; $OTHER
   is another library written in Go. */
#define _GNU_SOURCE
#include "check.h"
#include "load.h"
#include "proc.h"
#include "rights.h"
#include "run.h"

#include <sys/auxv.h>

enum { THREADS = 64, ROUNDS = 12, LOADS = 100 };

typedef int token_function(void *out, size_t nbytes);

static token_function *token_bytes;

static token_function *function_of(void *library)
{
	token_function *function;
	CHECK(library != NULL);
	find_function(library, "secrets_token_bytes", &function);
	return function;
}

static void call(token_function *function)
{
	unsigned char out[32];
	CHECK(function(out, sizeof out) == SECRETS_OK);
}

static void run_threads(int count, void *(*body)(void *))
{
	pthread_t threads[THREADS];
	for (int i = 0; i < count; i++)
		threads[i] = start_thread(body, NULL);
	for (int i = 0; i < count; i++)
		join_thread(threads[i]);
}

/* ---- Loading ---------------------------------------------------------- */

static void load_with(int flags)
{
	void *library = dlopen(getenv("LIBRARY"), flags);
	call(function_of(library));
	CHECK(dlclose(library) == 0);
	call(function_of(dlopen(getenv("LIBRARY"), flags)));
}

static void load_local(void)
{
	load_with(RTLD_NOW | RTLD_LOCAL);
}
static void load_global(void)
{
	load_with(RTLD_NOW | RTLD_GLOBAL);
}
static void load_lazily(void)
{
	load_with(RTLD_LAZY);
}
static void load_deepbind(void)
{
	load_with(RTLD_NOW | RTLD_DEEPBIND);
}

static void *load_often(void *unused)
{
	for (int i = 0; i < LOADS; i++) {
		void *library = load_library("LIBRARY");
		call(function_of(library));
		CHECK(dlclose(library) == 0);
	}
	return unused;
}

static void load_and_close_from_threads(void)
{
	run_threads(8, load_often);
}

static void load_into_another_namespace(void)
{
	call(function_of(load_library("LIBRARY")));
	call(function_of(dlmopen(LM_ID_NEWLM, getenv("LIBRARY"), RTLD_NOW)));
}

static void load_beside(const char *first, const char *second)
{
	token_function *one = function_of(load_library(first));
	call(one);
	token_function *other = function_of(load_library(second));
	CHECK(one != other);
	for (int i = 0; i < 10000; i++) {
		call(one);
		call(other);
	}
}

static void load_before_another_go_library(void)
{
	load_beside("LIBRARY", "OTHER");
}

static void load_after_another_go_library(void)
{
	load_beside("OTHER", "LIBRARY");
}

/* ---- What the host has ------------------------------------------------ */

/* Except for the addresses of the file itself, and of its 34 MB of zeros. */
static void loading_starts_nothing(void)
{
	unsigned long before = proc_memory("VmSize:");
	load_library("LIBRARY");
	usleep(50000);
	CHECK(proc_threads() == 1);
	CHECK(proc_memory("VmSize:") - before < 64UL << 20);
}

/* The kernel's 16 random bytes for the process, which a Go runtime overwrites. */
static void random_bytes_of_the_process_stay(void)
{
	unsigned char before[16];
	const void *bytes = (const void *)getauxval(AT_RANDOM);
	memcpy(before, bytes, sizeof before);
	call(function_of(load_library("LIBRARY")));
	CHECK(memcmp(before, bytes, sizeof before) == 0);
}

static void check_descriptors_limit(void)
{
	struct rlimit limit;
	call(function_of(load_library("LIBRARY")));
	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur == limit.rlim_max / 2);
}

/* A host that uses select(2) sets such a limit. Go raises it as far as it may, and in a child
   again. */
static void limit_of_descriptors_stays(void)
{
	struct rlimit limit;
	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	set_limit(RLIMIT_NOFILE, limit.rlim_max / 2);
	check_descriptors_limit();
	run_in_child(check_descriptors_limit, 60);
}

/* ---- Memory ----------------------------------------------------------- */

static int leaking;
static void *volatile leaked;

static void *call_often(void *unused)
{
	const char *calls = getenv("CALLS");
	int count = calls != NULL && !leaking ? atoi(calls) : 5000;
	for (int i = 0; i < count; i++) {
		call(token_bytes);
		if (leaking)
			leaked = calloc(1, 16);
	}
	return unused;
}

static long resident_kb(void)
{
	return (long)(proc_memory("VmRSS:") >> 10);
}

/* Returns the growth of resident memory after the first rounds, which allocate what concurrent
   threads need. */
static long growth_kb(void)
{
	long before = 0;
	token_bytes = function_of(load_library("LIBRARY"));
	for (int round = 0; round < ROUNDS; round++) {
		run_threads(THREADS, call_often);
		if (round == 3)
			before = resident_kb();
	}
	printf("resident after 4 rounds of %d threads: %ld KB; after %d: %ld KB\n", THREADS, before,
		ROUNDS, resident_kb());
	return resident_kb() - before;
}

static void memory_stays(void)
{
	CHECK(growth_kb() < 1024);
}

/* The control: 16 bytes per call are noticed. */
static void memory_would_be_seen_to_grow(void)
{
	leaking = 1;
	CHECK(growth_kb() >= 1024);
}

static const struct check_case cases[] = {
	CASE(load_local),
	CASE(load_global),
	CASE(load_lazily),
	CASE(load_deepbind),
	CASE(load_and_close_from_threads),
	CASE(load_into_another_namespace),
	TAGGED(load_before_another_go_library, "other"),
	TAGGED(load_after_another_go_library, "other"),
	CASE(loading_starts_nothing),
	CASE(random_bytes_of_the_process_stay),
	CASE(limit_of_descriptors_stays),
	TAGGED(memory_stays, "slow"),
	TAGGED(memory_would_be_seen_to_grow, "slow program"),
};

CHECK_MAIN(cases)
