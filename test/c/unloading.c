/* SPDX-License-Identifier: MIT */
/*
 * $LIBRARY, which is this library or a plugin with the static one linked in, is unloaded like any
 * other: called or not, in parents and children. $ENDING is a plugin that calls while it is
 * unloaded. $OUTLIVED is one that needs an object which is unloaded after it, and calls hook()
 * then. A constructor of $CONSTRUCTOR calls hook(), too. Without $LIBRARY the program is linked
 * with the library, and runs only the cases that begin with exits_.
 */
#define _GNU_SOURCE
#include "check.h"
#include "load.h"
#include "proc.h"
#include "run.h"

#include <stdatomic.h>

enum { CYCLES = 50, EXITS = 50, THREADS = 4, DEADLINE = 60 };

static void *library;
static int (*token_bytes)(void *out, size_t nbytes);

static void load_from(const char *variable)
{
	library = load_library(variable);
	find_function(library, "secrets_token_bytes", &token_bytes);
}

static void load(void)
{
	load_from("LIBRARY");
}

static int is_loaded(void)
{
	void *found = dlopen(getenv("LIBRARY"), RTLD_LAZY | RTLD_NOLOAD);
	dlerror();
	return found != NULL && dlclose(found) == 0;
}

static void unload(void)
{
	CHECK(dlclose(library) == 0);
	CHECK(!is_loaded());
}

static void *call(void *unused)
{
	unsigned char out[32];
	CHECK_STATUS(SECRETS_OK, token_bytes(out, sizeof out));
	return unused;
}

static void call_in_thread(void)
{
	run_in_thread(call, NULL);
}

/* It may be loaded and called again. */
static void check_unloads(void)
{
	unload();
	CHECK(proc_threads() == 1);
	load();
	call(NULL);
	unload();
}

static void (*body_of_child)(void);

static void run_body_and_exit(void)
{
	body_of_child();
	exit(0);
}

/* The child exits as a program does, by exit(3). */
static void in_child(void (*body)(void))
{
	body_of_child = body;
	run_in_child(run_body_and_exit, DEADLINE);
}

/* ---- Who has called --------------------------------------------------- */

static void never_called(void)
{
	load();
	unload();
	load();
	unload();
}

static void called(void)
{
	load();
	call(NULL);
	check_unloads();
}

static void called_by_a_thread_that_ended(void)
{
	load();
	call_in_thread();
	check_unloads();
}

/* A thread that joined the library before it was unloaded may call it after it was loaded again.
   */
static pthread_barrier_t step;

static void *call_twice(void *unused)
{
	call(NULL);
	pthread_barrier_wait(&step);
	pthread_barrier_wait(&step);
	return call(unused);
}

static void called_by_a_thread_that_lives_on(void)
{
	pthread_barrier_init(&step, NULL, 2);
	load();
	pthread_t thread = start_thread(call_twice, NULL);
	pthread_barrier_wait(&step);
	unload();
	load();
	pthread_barrier_wait(&step);
	join_thread(thread);
	check_unloads();
}

static void another_handle_keeps_it(void)
{
	load();
	void *first = library;
	load();
	call(NULL);
	CHECK(dlclose(first) == 0);
	CHECK(is_loaded());
	call(NULL);
	check_unloads();
}

/* ---- In children ------------------------------------------------------ */

static void call_and_check(void)
{
	call(NULL);
	check_unloads();
}

static void called_in_child(void)
{
	load();
	in_child(call_and_check);
	unload();
}

static void called_in_child_of_a_caller(void)
{
	load();
	call_in_thread();
	in_child(call_and_check);
	call(NULL);
	check_unloads();
}

static void unloaded_in_child_of_a_caller(void)
{
	load();
	call(NULL);
	in_child(check_unloads);
	call(NULL);
	check_unloads();
}

static atomic_int done, calls[THREADS];

static void *call_on(void *count)
{
	for (; !done; ++*(atomic_int *)count)
		call(NULL);
	return NULL;
}

static pthread_t threads[THREADS];

static void start_callers(void)
{
	for (int i = 0; i < THREADS; i++)
		threads[i] = start_thread(call_on, &calls[i]);
}

static void end_callers(void)
{
	done = 1;
	for (int i = 0; i < THREADS; i++)
		join_thread(threads[i]);
}

static void unloaded_in_children_of_the_busy(void)
{
	load();
	start_callers();
	for (int i = 0; i < 20; i++)
		in_child(i % 2 == 0 ? check_unloads : call_and_check);
	end_callers();
	check_unloads();
}

/* ---- Again and again -------------------------------------------------- */

static unsigned char tokens[CYCLES][16];

static void cycle(const char *variable, int i)
{
	load_from(variable);
	CHECK(token_bytes(tokens[i], sizeof tokens[i]) == SECRETS_OK);
	CHECK(dlclose(library) == 0);
	CHECK(proc_threads() == 1);
}

/* Neither addresses nor resident memory grow after the first few, and no thread is left. */
static void cycles_of(const char *variable)
{
	int i = 0;
	while (i < 10)
		cycle(variable, i++);
	unsigned long addresses = proc_memory("VmSize:"), resident = proc_memory("VmRSS:");
	while (i < CYCLES)
		cycle(variable, i++);
	CHECK(proc_memory("VmSize:") <= addresses + (1UL << 20));
	CHECK(proc_memory("VmRSS:") <= resident + (1UL << 20));
	CHECK(repeats(tokens, sizeof *tokens, CYCLES) == 0);
}

static void cycles(void)
{
	cycles_of("LIBRARY");
	CHECK(!is_loaded());
}

static void cycles_in_child_of_a_caller(void)
{
	load();
	call(NULL);
	in_child(unload);
	CHECK(dlclose(library) == 0);
	in_child(cycles);
}

/* ---- At the end of the host ------------------------------------------- */

static void (*hooked)(void);

__attribute__((visibility("default"))) void hook(void);
void hook(void)
{
	if (hooked != NULL)
		hooked();
}

/* The plugin's destructors and atexit handlers call. */
static void cycles_of_a_plugin_that_calls_at_its_end(void)
{
	cycles_of("ENDING");
}

static int calls_at_the_end;

__attribute__((destructor)) static void call_in_destructor(void)
{
	if (calls_at_the_end)
		call(NULL);
}

static void call_in_handler(void)
{
	call(NULL);
}

static void calls_at_exit(void)
{
	load();
	calls_at_the_end = 1;
	CHECK(atexit(call_in_handler) == 0);
}

static void exits_and_calls_first_then(void)
{
	in_child(calls_at_exit);
}

static void call_and_exit(void)
{
	calls_at_exit();
	call(NULL);
}

static void exits_and_calls_again_then(void)
{
	in_child(call_and_exit);
}

static int round_of_exits;

static void exit_soon(void)
{
	start_callers();
	usleep((useconds_t)round_of_exits * 500);
}

static void exits_while_others_start(void)
{
	load();
	for (round_of_exits = 0; round_of_exits < EXITS; round_of_exits++)
		in_child(exit_soon);
}

static void call_and_exit_soon(void)
{
	call(NULL);
	start_callers();
	usleep((useconds_t)round_of_exits * 40);
}

static void exits_while_others_call(void)
{
	load();
	for (round_of_exits = 0; round_of_exits < EXITS; round_of_exits++)
		in_child(call_and_exit_soon);
}

/* exit() has unloaded the library, and other threads still call: they do not wait for ever. */
static void await_callers(void)
{
	for (int i = 0; i < THREADS; i++)
		for (int until = calls[i] + 20; calls[i] < until; usleep(100))
			;
	end_callers();
	call(NULL);
}

static void exit_and_await(void)
{
	hooked = await_callers;
	call_and_exit_soon();
}

static void others_go_on_during_exit(void)
{
	load_from("OUTLIVED");
	for (round_of_exits = 0; round_of_exits < EXITS; round_of_exits++)
		in_child(exit_and_await);
}

/* ---- Errors of the loader --------------------------------------------- */

static void text_of_an_error_is_kept(void)
{
	load();
	CHECK(dlopen("/nowhere.so", RTLD_NOW) == NULL);
	call(NULL);
	const char *text = dlerror();
	CHECK(text != NULL && strstr(text, "/nowhere.so") != NULL);
}

static void no_error_is_left(void)
{
	load();
	call(NULL);
	CHECK(dlerror() == NULL);
	CHECK(dlclose(library) == 0);
	CHECK(dlerror() == NULL);
}

/* The thread that runs the constructor holds the loader's lock. */
static void call_from_a_constructor(void)
{
	load();
	hooked = call_in_thread;
	CHECK(dlopen(getenv("CONSTRUCTOR"), RTLD_NOW) != NULL);
	check_unloads();
}

static const struct check_case cases[] = {
	CASE(exits_and_calls_first_then),
	CASE(exits_and_calls_again_then),
	CASE(exits_while_others_start),
	CASE(exits_while_others_call),
	CASE(never_called),
	CASE(called),
	CASE(called_by_a_thread_that_ended),
	CASE(called_by_a_thread_that_lives_on),
	CASE(another_handle_keeps_it),
	CASE(called_in_child),
	CASE(called_in_child_of_a_caller),
	CASE(unloaded_in_child_of_a_caller),
	CASE(unloaded_in_children_of_the_busy),
	CASE(cycles),
	CASE(cycles_in_child_of_a_caller),
	CASE(cycles_of_a_plugin_that_calls_at_its_end),
	CASE(others_go_on_during_exit),
	CASE(text_of_an_error_is_kept),
	CASE(no_error_is_left),
	CASE(call_from_a_constructor),
};

int main(int argc, char **argv)
{
	alarm(10 * DEADLINE);
	return check_main(cases, COUNT(cases), argc, argv);
}
