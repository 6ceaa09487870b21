/* SPDX-License-Identifier: MIT */
/*
 * A process ends with status 0, after its atexit handlers, once the last of its host's threads
 * has ended: whoever ends first, whoever called. Loads $LIBRARY itself.
 */
#define _GNU_SOURCE
#include "check.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { DEADLINE = 12 }; /* seconds */

static int (*token_bytes)(void *out, size_t nbytes);

static void load(void)
{
	void *library = dlopen(getenv("LIBRARY"), RTLD_NOW);
	CHECK(library != NULL);
	*(void **)&token_bytes = dlsym(library, "secrets_token_bytes");
	CHECK(token_bytes != NULL);
}

static void call(void)
{
	unsigned char out[16];
	CHECK(token_bytes(out, sizeof out) == SECRETS_OK);
}

static void pause_ms(long ms)
{
	const struct timespec pause = {ms / 1000, ms % 1000 * 1000000};
	nanosleep(&pause, NULL);
}

/* ---- Processes -------------------------------------------------------- */

/* What the last thread writes before it ends, and then the handler of atexit(). */
static int ends[2];

static void write_down(const char *what)
{
	CHECK(write(ends[1], what, 1) == 1);
}

static void at_exit(void)
{
	write_down("x");
}

/* Whether the process that runs body ends by itself: 0, and wrote what it should. */
static int ends_well(void (*body)(void), const char *expected)
{
	char written[16] = {0};
	int status = -1;
	CHECK(pipe(ends) == 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		atexit(at_exit);
		body();
		pthread_exit(NULL);
	}
	close(ends[1]);
	for (long ms = 0; waitpid(child, &status, WNOHANG) == 0 && ms < 1000L * DEADLINE; ms += 10)
		pause_ms(10);
	int ended = status != -1;
	if (!ended) {
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
	}
	ssize_t size = read(ends[0], written, sizeof written - 1);
	close(ends[0]);
	return ended && status == 0 && size >= 0 && strcmp(written, expected) == 0;
}

static void start(void *(*body)(void *))
{
	pthread_t thread;
	CHECK(pthread_create(&thread, NULL, body, NULL) == 0);
	CHECK(pthread_detach(thread) == 0);
}

static void *call_and_end(void *unused)
{
	call();
	write_down("c");
	return unused;
}

static void *call_later(void *unused)
{
	pause_ms(300);
	return call_and_end(unused);
}

static void *never_call(void *unused)
{
	pause_ms(1500);
	write_down("n");
	return unused;
}

/* ---- Who ends first, and who called ----------------------------------- */

static void nobody_calls_body(void) { start(never_call); }
static void nobody_calls(void) { CHECK(ends_well(nobody_calls_body, "nx")); }

static void only_main_calls_body(void) { call(); }
static void only_main_calls(void) { CHECK(ends_well(only_main_calls_body, "x")); }

static void main_calls_and_ends_first_body(void)
{
	call();
	start(never_call);
	start(call_later);
}

static void main_calls_and_ends_first(void) { CHECK(ends_well(main_calls_and_ends_first_body, "cnx")); }

static void main_never_calls_and_ends_first_body(void) { start(call_later); }
static void main_never_calls_and_ends_first(void) { CHECK(ends_well(main_never_calls_and_ends_first_body, "cx")); }

static void main_never_calls_and_ends_last_body(void)
{
	start(call_and_end);
	pause_ms(600);
	write_down("m");
}

static void main_never_calls_and_ends_last(void) { CHECK(ends_well(main_never_calls_and_ends_last_body, "cmx")); }

static void main_calls_and_ends_last_body(void)
{
	call();
	start(call_and_end);
	pause_ms(600);
	write_down("m");
}

static void main_calls_and_ends_last(void) { CHECK(ends_well(main_calls_and_ends_last_body, "cmx")); }

/* Calls come and go: threads join again after all had left. */
static void callers_come_back_body(void)
{
	for (int i = 0; i < 3; i++) {
		start(call_and_end);
		pause_ms(400);
	}
	start(never_call);
}

static void callers_come_back(void) { CHECK(ends_well(callers_come_back_body, "cccnx")); }

static void many_threads_body(void)
{
	for (int i = 0; i < 8; i++)
		start(call_later);
}

static void many_threads(void) { CHECK(ends_well(many_threads_body, "ccccccccx")); }

/* ---- Children --------------------------------------------------------- */

/* The same where the parent has called: the child's threads are joined to nothing yet. */
static void in_children(void)
{
	call();
	nobody_calls();
	only_main_calls();
	main_calls_and_ends_first();
	main_never_calls_and_ends_first();
	main_never_calls_and_ends_last();
}

/* ---- Who stays -------------------------------------------------------- */

/* With a name as the kernel writes it, which is anything. */
static void odd_name_body(void)
{
	CHECK(pthread_setname_np(pthread_self(), ") Z (x) S") == 0);
	call();
	start(never_call);
}

static void odd_names(void) { CHECK(ends_well(odd_name_body, "nx")); }

static const struct check_case cases[] = {
	CASE(nobody_calls),
	CASE(only_main_calls),
	CASE(main_calls_and_ends_first),
	CASE(main_never_calls_and_ends_first),
	CASE(main_never_calls_and_ends_last),
	CASE(main_calls_and_ends_last),
	CASE(callers_come_back),
	CASE(many_threads),
	CASE(in_children),
	CASE(odd_names),
};

int main(int argc, char **argv)
{
	if (argc == 2)
		load();
	return check_main(cases, sizeof cases / sizeof *cases, argc, argv);
}
