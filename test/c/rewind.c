/* SPDX-License-Identifier: MIT */
/*
 * Forked children, each case with another way to create them. Small and quick, so that it can be
 * run with every way of linking the library; fork.c has large numbers of children.
 */
#define _GNU_SOURCE
#include "check.h"
#include "proc.h"
#include "run.h"
#include "words.h"

#include <signal.h>
#include <sys/syscall.h>

enum { TOKEN = 16, THREADS = 4 };

/* ---- Processes and threads -------------------------------------------- */

static void call(void)
{
	unsigned char out[TOKEN] = { 0 }, zeros[TOKEN] = { 0 };
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(out, sizeof out));
	CHECK(memcmp(out, zeros, sizeof out) != 0);
	CHECK(secrets_compare_digest(out, sizeof out, out, sizeof out) == 1);
}

/* A child that hangs prints what each of its threads waits in (proc_pid_syscall(5)) and where the
   library is, and ends. */
static void say_where(int signal_number)
{
	static const char say[] = "for thread in /proc/$PPID/task/*; do "
							  "echo \"$thread: $(cat \"$thread/syscall\")\"; done; "
							  "grep -m 1 libsecrets /proc/$PPID/maps";
	pid_t reader = vfork(); /* fork(3) may wait for a lock of the thread that hangs */
	if (reader == 0) {
		execl("/bin/sh", "sh", "-c", say, (char *)NULL);
		_exit(1);
	}
	waitpid(reader, NULL, 0);
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

/* A child that hangs has a minute; more, if it has thousands of descendants. */
static void in_child(void (*body)(void))
{
	CHECK(signal(SIGALRM, say_where) != SIG_ERR);
	run_in_child(body, getenv("GENERATIONS") != NULL ? 1200 : 60);
}

static void *calls(void *unused)
{
	call();
	return unused;
}

/* ---- Who forks, and who calls first ----------------------------------- */

static void parent_called(void)
{
	call();
	in_child(call);
	call();
}

static void parent_never_called(void)
{
	in_child(call);
	in_child(parent_called);
	call();
}

static void bare_system_call(void)
{
	call();
	pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
	if (child == 0) {
		alarm(60);
		call();
		_exit(0);
	}
	check_exit(child);
}

static void other_thread_calls_first_body(void)
{
	run_in_thread(calls, NULL);
	call();
	run_in_thread(calls, NULL);
	call();
}

/* The thread that forked had joined the parent's runtime, and calls after others in the child. */
static void other_thread_calls_first(void)
{
	call();
	in_child(other_thread_calls_first_body);
}

static void *fork_and_call(void *unused)
{
	call();
	in_child(call);
	in_child(other_thread_calls_first_body);
	return unused;
}

static void threads_fork(void)
{
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		threads[i] = start_thread(fork_and_call, NULL);
	for (int i = 0; i < THREADS; i++)
		join_thread(threads[i]);
	call();
}

/* ---- Generations ------------------------------------------------------ */

static void *call_for_ever(void *unused)
{
	for (;;)
		call();
	return unused;
}

static int generations;

/* In each generation threads call while it forks. */
static void busy_generation(void)
{
	for (int i = 0; i < THREADS; i++)
		start_thread(call_for_ever, NULL);
	call();
	if (--generations > 0)
		in_child(busy_generation);
}

static void descendants_of_the_busy(void)
{
	generations = 5;
	in_child(busy_generation);
}

static unsigned long addresses_of_first;
static int keys_of_first;

static void generation(void)
{
	call();
	if (addresses_of_first == 0) {
		addresses_of_first = proc_memory("VmSize:");
		keys_of_first = keys_left();
	}
	/* A heap that was not freed would have 1.2 GB. */
	CHECK(proc_memory("VmSize:") < addresses_of_first + (200UL << 20));
	CHECK(keys_left() == keys_of_first);
	if (--generations > 0)
		in_child(generation);
}

/* What the parent's runtime had is freed: its addresses, and its key. */
static void many_generations(void)
{
	const char *wanted = getenv("GENERATIONS");
	generations = wanted != NULL ? atoi(wanted) : 60;
	generation();
}

/* ---- In the middle of a start ----------------------------------------- */

static useconds_t delay;

/* A process that never called: one thread makes the very first call, while this one forks. */
static void fork_at_first_call(void)
{
	pthread_t thread = start_thread(calls, NULL);
	usleep(delay);
	in_child(other_thread_calls_first_body);
	join_thread(thread);
	call();
}

/* A first call takes some 5 ms. */
static void fork_in_the_middle_of_a_first_call(void)
{
	for (delay = 0; delay < 12000; delay += 200)
		in_child(fork_at_first_call);
}

/* The same in a child of a process that has called, which rewinds. */
static void fork_in_the_middle_of_a_rewind(void)
{
	call();
	fork_in_the_middle_of_a_first_call();
}

/* ---- Threads that end ------------------------------------------------- */

static void *end_process(void *thread)
{
	join_thread(*(pthread_t *)thread);
	_exit(0);
}

/* The thread had joined a runtime that does not exist any more. */
static void end_thread(void)
{
	static pthread_t self;
	self = pthread_self();
	start_thread(end_process, &self);
	pthread_exit(NULL);
}

static void call_and_end_thread(void)
{
	call();
	end_thread();
}

/* The child has a runtime, which this thread has not joined. */
static void end_thread_after_others_called(void)
{
	run_in_thread(calls, NULL);
	end_thread();
}

static void thread_of_the_parent_ends(void)
{
	call();
	for (int i = 0; i < 20; i++) {
		in_child(end_thread);
		in_child(call_and_end_thread);
		in_child(end_thread_after_others_called);
	}
}

static void no_key_left(void)
{
	pthread_key_t key;
	while (pthread_key_create(&key, NULL) == 0)
		;
	for (int i = 0; i < 3; i++) {
		call();
		run_in_thread(calls, NULL);
	}
	in_child(other_thread_calls_first_body);
}

/* ---- What stays ------------------------------------------------------- */

/* Computes the FNV-1a hash of each read-only mapping that is not of a file, and returns their
   number. */
static size_t read_only_memory(uint64_t sums[], size_t most)
{
	size_t count = 0;
	char line[512];
	unsigned long from, to;
	FILE *maps = fopen("/proc/self/maps", "r");
	CHECK(maps != NULL);
	while (fgets(line, sizeof line, maps) != NULL) {
		int end = 0;
		if (sscanf(line, "%lx-%lx r--p 00000000 00:00 0 %n", &from, &to, &end) != 2 ||
			line[end] != '\0')
			continue;
		CHECK(count < most);
		sums[count] = 14695981039346656037U;
		const unsigned char *at = (const unsigned char *)from;
		for (; at < (const unsigned char *)to; at++)
			sums[count] = (sums[count] ^ *at) * 1099511628211U;
		count++;
	}
	fclose(maps);
	return count;
}

enum { MAPPINGS = 16 };
static uint64_t sums[MAPPINGS];
static size_t sums_count;

static void check_copy(void)
{
	uint64_t now[MAPPINGS];
	other_thread_calls_first_body();
	CHECK(read_only_memory(now, MAPPINGS) == sums_count &&
		memcmp(now, sums, sums_count * sizeof *sums) == 0);
}

static void check_copies(void)
{
	check_copy();
	in_child(check_copy);
}

/* The copy of the image is one mapping, which is read-only and the same in all children. */
static void copy_is_kept(void)
{
	size_t before = read_only_memory(sums, MAPPINGS);
	call();
	sums_count = read_only_memory(sums, MAPPINGS);
	CHECK(sums_count == before + 1);
	in_child(check_copies);
	check_copy();
}

static void locked_body(void)
{
	CHECK(mlockall(MCL_CURRENT) == 0); /* a child does not inherit it */
	call();
}

static void memory_is_locked(void)
{
	CHECK(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
	call();
	in_child(call);
	in_child(locked_body);
}

/* A program's constructor may need a token, before main. */
static int status_in_constructor = 1;

__attribute__((constructor)) static void early(void)
{
	unsigned char out[TOKEN];
	if (getenv("EARLY") != NULL)
		status_in_constructor = secrets_token_bytes(out, sizeof out);
}

static void constructor_answers(void)
{
	CHECK(setenv("EARLY", "1", 1) == 0);
	execl("/proc/self/exe", "rewind", "constructor_answered", (char *)NULL);
	CHECK(!"exec failed");
}

static void constructor_answered(void)
{
	CHECK(status_in_constructor == SECRETS_OK);
	in_child(call);
}

static const struct check_case cases[] = {
	TAGGED(parent_called, "forks"),
	TAGGED(parent_never_called, "forks"),
	TAGGED(bare_system_call, "forks"),
	TAGGED(other_thread_calls_first, "forks"),
	TAGGED(threads_fork, "forks busy"),
	TAGGED(descendants_of_the_busy, "forks busy"),
	TAGGED(many_generations, "forks busy"),
	TAGGED(fork_in_the_middle_of_a_first_call, "forks busy slow"),
	TAGGED(fork_in_the_middle_of_a_rewind, "forks busy slow"),
	TAGGED(thread_of_the_parent_ends, "forks busy"),
	TAGGED(no_key_left, "forks"),
	TAGGED(copy_is_kept, "forks"),
	TAGGED(memory_is_locked, "forks unwatched"),
	TAGGED(constructor_answers, "forks unwatched"),
	TAGGED(constructor_answered, "inner"),
};

CHECK_MAIN(cases)
