/* SPDX-License-Identifier: MIT */
/*
 * What the engine costs: loads $LIBRARY, calls it for the first time, and calls it from a thread
 * and from a forked child. For each it prints the page faults of the process meanwhile, and marks
 * for strace, by writes to an invalid descriptor, where it begins and ends.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CALLS = 1000, THREADS = 8, PROCESSORS = 2, SETTLED = 50000 /* microseconds */ };

static int (*token_bytes)(void *out, size_t nbytes);

static void check(int holds)
{
	if (!holds)
		abort();
}

static void mark(const char *name)
{
	syscall(SYS_write, -1, name, strlen(name));
}

static long faults(int who)
{
	struct rusage usage;
	check(getrusage(who, &usage) == 0);
	return usage.ru_minflt;
}

static void say(const char *name, long count)
{
	printf("%s %ld\n", name, count);
	fflush(stdout); /* otherwise a child would print it again */
}

static void cost_of(const char *name, int who, void (*body)(void))
{
	long before = faults(who);
	mark(name);
	body();
	mark("end");
	say(name, faults(who) - before);
}

/* ---- What is counted -------------------------------------------------- */

static void load(void)
{
	void *library = dlopen(getenv("LIBRARY"), RTLD_NOW);
	check(library != NULL);
	*(void **)&token_bytes = dlsym(library, "secrets_token_bytes");
	usleep(SETTLED); /* what a runtime would do that starts when it is loaded */
}

static void call(void)
{
	unsigned char out[32];
	check(token_bytes(out, sizeof out) == 0);
}

static void call_often(void)
{
	for (int i = 0; i < CALLS; i++)
		call();
}

static void *idle(void *unused)
{
	return unused;
}

static void *call_in_thread(void *unused)
{
	cost_of("thread", RUSAGE_THREAD, call);
	return unused;
}

static void run_thread(void *(*body)(void *))
{
	pthread_t thread;
	check(pthread_create(&thread, NULL, body, NULL) == 0 && pthread_join(thread, NULL) == 0);
}

static void run_idle_threads(void)
{
	for (int i = 0; i < THREADS; i++)
		run_thread(idle);
}

/* ---- The state of the process ----------------------------------------- */

static long threads(void)
{
	long count = 0;
	DIR *tasks = opendir("/proc/self/task");
	check(tasks != NULL);
	for (struct dirent *task = readdir(tasks); task != NULL; task = readdir(tasks))
		count += task->d_name[0] != '.';
	closedir(tasks);
	return count;
}

/* The runtime allocates something for each processor: so that is the same everywhere. */
static void limit_processors(void)
{
	cpu_set_t allowed, some;
	check(sched_getaffinity(0, sizeof allowed, &allowed) == 0);
	CPU_ZERO(&some);
	for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&some) < PROCESSORS; i++)
		if (CPU_ISSET(i, &allowed))
			CPU_SET(i, &some);
	check(sched_setaffinity(0, sizeof some, &some) == 0);
}

/* Returns the kilobytes that no other process shares. */
static long private_kb(void)
{
	static char text[4096];
	long sum = 0;
	int file = open("/proc/self/smaps_rollup", O_RDONLY);
	check(file >= 0 && read(file, text, sizeof text - 1) > 0);
	close(file);
	for (char *at = text; (at = strstr(at, "Private_")) != NULL; at++)
		sum += strtol(strchr(at, ':') + 1, NULL, 10);
	return sum;
}

static void call_in_child(void)
{
	long before = private_kb();
	cost_of("child", RUSAGE_SELF, call);
	usleep(SETTLED);
	say("child_kb", private_kb() - before);
	exit(0);
}

int main(void)
{
	int status;
	limit_processors();
	run_idle_threads(); /* the C library keeps their stacks */
	cost_of("idle_without", RUSAGE_SELF, run_idle_threads);
	cost_of("load", RUSAGE_SELF, load);
	say("threads", threads());
	if (token_bytes == NULL)
		return 0; /* nothing else can be counted of an empty library */
	cost_of("first", RUSAGE_SELF, call);
	usleep(SETTLED);
	cost_of("calls", RUSAGE_SELF, call_often);
	run_thread(call_in_thread);
	cost_of("idle", RUSAGE_SELF, run_idle_threads);
	pid_t child = fork();
	if (child == 0)
		call_in_child();
	check(child > 0 && waitpid(child, &status, 0) == child && status == 0);
	return 0;
}
