/* SPDX-License-Identifier: MIT */
/*
 * A process ends by itself, with status 0 and after its atexit handlers, when the last of the
 * host's threads has ended: whichever thread ends first, whichever has called, in parents and
 * children. Loads $LIBRARY. $DEADLINE is how many seconds a process has.
 */
#define _GNU_SOURCE
#include "check.h"
#include "load.h"
#include "run.h"

#include <signal.h>
#include <stdatomic.h>

static int (*token_bytes)(void *out, size_t nbytes);

static void load(void)
{
	find_function(load_library("LIBRARY"), "secrets_token_bytes", &token_bytes);
}

static void call(void)
{
	unsigned char out[16];
	CHECK(token_bytes(out, sizeof out) == SECRETS_OK);
}

/* ---- Threads of a process --------------------------------------------- */

/* Threads write a letter when they end, and the handler of atexit() an x. */
static int letters = -1;

static void write_down(const char *letter)
{
	CHECK(write(letters, letter, 1) == 1);
}

/* The kernel keeps the first thread of a process, as a zombie, as long as others live. */
static int main_has_ended(void)
{
	char path[64], text[512] = "";
	snprintf(path, sizeof path, "/proc/self/task/%d/stat", (int)getpid());
	FILE *file = fopen(path, "r");
	CHECK(file != NULL && fgets(text, sizeof text, file) != NULL);
	fclose(file);
	const char *name_ends = strrchr(text, ')');
	CHECK(name_ends != NULL);
	return name_ends[2] == 'Z';
}

static pthread_t start(void *(*body)(void *))
{
	return start_thread(body, NULL);
}

static void run_thread(void *(*body)(void *))
{
	run_in_thread(body, NULL);
}

static void *call_and_end(void *unused)
{
	call();
	write_down("c");
	return unused;
}

static void *after_main(void *unused)
{
	while (!main_has_ended())
		usleep(5000);
	return unused;
}

static void *call_after_main(void *unused)
{
	return call_and_end(after_main(unused));
}

static void *never_call(void *unused)
{
	after_main(unused);
	write_down("n");
	return unused;
}

/* ---- Who ends first, and who called ----------------------------------- */

static void nobody_calls(void)
{
	start(never_call);
}
static void only_main_calls(void)
{
	call();
}
static void main_never_calls_and_ends_first(void)
{
	start(call_after_main);
}

static void main_calls_and_ends_first(void)
{
	call();
	start(call_after_main);
}

static void *never_call_and_end_last(void *unused)
{
	run_thread(call_after_main);
	write_down("n");
	return unused;
}

static void caller_ends_before_another(void)
{
	call();
	start(never_call_and_end_last);
}

static void main_never_calls_and_ends_last(void)
{
	run_thread(call_and_end);
	write_down("m");
}

static void main_calls_and_ends_last(void)
{
	call();
	main_never_calls_and_ends_last();
}

static void callers_come_and_go(void)
{
	for (int i = 0; i < 3; i++)
		run_thread(call_and_end);
	start(never_call);
}

static void many_threads(void)
{
	for (int i = 0; i < 8; i++)
		start(call_after_main);
}

/* The handler runs in the last thread. A first call there would create threads after the C
   library has counted its last one, and it would end the process when one of them ends. */
static int handler_calls;

static void handler_calls_again(void)
{
	handler_calls = 1;
	start(call_after_main);
}

static const struct body {
	const char *name;
	void (*run)(void);
	const char *expected;
} bodies[] = {
	{ "nobody_calls", nobody_calls, "nx" },
	{ "only_main_calls", only_main_calls, "x" },
	{ "main_never_calls_and_ends_first", main_never_calls_and_ends_first, "cx" },
	{ "main_calls_and_ends_first", main_calls_and_ends_first, "cx" },
	{ "caller_ends_before_another", caller_ends_before_another, "cnx" },
	{ "main_never_calls_and_ends_last", main_never_calls_and_ends_last, "cmx" },
	{ "main_calls_and_ends_last", main_calls_and_ends_last, "cmx" },
	{ "callers_come_and_go", callers_come_and_go, "cccnx" },
	{ "many_threads", many_threads, "ccccccccx" },
	{ "handler_calls_again", handler_calls_again, "cx" },
};

static void at_exit(void)
{
	if (handler_calls)
		call();
	write_down("x");
}

static void run_body(const struct body *body)
{
	atexit(at_exit);
	body->run();
	pthread_exit(NULL);
}

/* ---- Processes -------------------------------------------------------- */

static struct process {
	pid_t id;
	int letters;
} processes[COUNT(bodies)];

static void in_child(const struct body *body)
{
	run_body(body);
}

static void in_program(const struct body *body)
{
	char descriptor[16];
	snprintf(descriptor, sizeof descriptor, "%d", letters);
	execl("/proc/self/exe", "ending", body->name, descriptor, (char *)NULL);
	_exit(3);
}

static struct process begin(const struct body *body, void (*run)(const struct body *body))
{
	int ends[2];
	CHECK(pipe(ends) == 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		letters = ends[1];
		run(body);
	}
	close(ends[1]);
	return (struct process){ child, ends[0] };
}

/* Reports whether it ended in time, and kills it otherwise. */
static int ends_in_time(pid_t process, int *status)
{
	const char *seconds = getenv("DEADLINE");
	long left = seconds == NULL ? 60000 : atol(seconds) * 1000;
	for (; waitpid(process, status, WNOHANG) == 0; left -= 10, usleep(10000)) {
		if (left > 0)
			continue;
		kill(process, SIGKILL);
		waitpid(process, status, 0);
		return 0;
	}
	return 1;
}

static int ends_well(const struct body *body, const struct process *process)
{
	char written[16] = "";
	int status, ended = ends_in_time(process->id, &status);
	if (!ended)
		fprintf(stderr, "%s: stays alive\n", body->name);
	CHECK(read(process->letters, written, sizeof written - 1) >= 0);
	close(process->letters);
	if (ended && (status != 0 || strcmp(written, body->expected) != 0))
		fprintf(stderr, "%s: status %x, wrote %s\n", body->name, (unsigned)status, written);
	return ended && status == 0 && strcmp(written, body->expected) == 0;
}

static void check_all(void (*run)(const struct body *body))
{
	size_t good = 0;
	for (size_t i = 0; i < COUNT(bodies); i++)
		processes[i] = begin(&bodies[i], run);
	for (size_t i = 0; i < COUNT(bodies); i++)
		good += ends_well(&bodies[i], &processes[i]);
	CHECK(good == COUNT(bodies));
}

/* ---- Cases ------------------------------------------------------------ */

static void programs(void)
{
	check_all(in_program);
}
static void children_of_one_that_never_called(void)
{
	check_all(in_child);
}

static void children_of_a_caller(void)
{
	call();
	check_all(in_child);
}

/* The thread that forks becomes the first one of the child. */
static void *call_and_check(void *unused)
{
	call();
	check_all(in_child);
	return unused;
}

static void children_of_a_thread(void)
{
	run_thread(call_and_check);
}

static void *check(void *unused)
{
	check_all(in_child);
	return unused;
}

static void children_of_a_thread_that_never_called(void)
{
	call();
	run_thread(check);
}

static void call_and_check_in_child(void)
{
	call_and_check(NULL);
}

static void grandchildren(void)
{
	call();
	run_in_child(call_and_check_in_child, 600);
}

static atomic_int done;

static void *call_until_done(void *unused)
{
	while (!done)
		call();
	return unused;
}

static void children_of_the_busy(void)
{
	pthread_t threads[4];
	for (int i = 0; i < 4; i++)
		threads[i] = start(call_until_done);
	check_all(in_child);
	done = 1;
	for (int i = 0; i < 4; i++)
		join_thread(threads[i]);
}

static const struct check_case cases[] = {
	CASE(programs),
	CASE(children_of_one_that_never_called),
	CASE(children_of_a_caller),
	CASE(children_of_a_thread),
	CASE(children_of_a_thread_that_never_called),
	CASE(grandchildren),
	CASE(children_of_the_busy),
};

int main(int argc, char **argv)
{
	if (argc > 1)
		load();
	if (argc < 3)
		return check_main(cases, COUNT(cases), argc, argv);
	letters = atoi(argv[2]);
	for (size_t i = 0; i < COUNT(bodies); i++)
		if (strcmp(argv[1], bodies[i].name) == 0)
			run_body(&bodies[i]);
	return 2;
}
