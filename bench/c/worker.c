/* SPDX-License-Identifier: MIT */
/*
 * Does the work of one peer, and prints how long it took.
 *
 *   worker PEER.so        answers lines on standard input:
 *
 *     run COUNT WORK SIZE  ->  nanoseconds for COUNT calls in all, `cannot`, or `error TEXT`
 *
 *   worker PEER.so start COUNT   measures one start: nanoseconds to load and for the
 *                                first call, and resident KB before, after it and after
 *                                COUNT more calls
 *
 * Every call works in memory that has been touched before, as a program's buffer is.
 */
#define _GNU_SOURCE
#include "peer.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

enum { ROOM = 1 << 27 };

static unsigned char *room;
static const struct work *list;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/* A measurement returns these instead of nanoseconds. */
static const double failed = -FAILED, cannot = -CANNOT;

static const struct work *find(const char *name)
{
	for (const struct work *w = list; w->name != NULL; w++)
		if (strcmp(w->name, name) == 0)
			return w;
	return NULL;
}

static double timed(const struct work *work, unsigned char *where, long count, size_t size)
{
	int status = DONE;
	double start = now();
	for (long i = 0; i < count && status == DONE; i++)
		status = work->call(where, size);
	double end = now();
	return status == DONE ? end - start : -status;
}

/* ---- A token under various conditions --------------------------------- */

enum { TOKEN = 32 };

static double token(long count)
{
	unsigned char where[TOKEN];
	return timed(find("bytes"), where, count, TOKEN);
}

static pthread_barrier_t barrier;

struct member {
	pthread_t thread;
	long count;
	double start, ns;
};

static void *make_tokens(void *argument)
{
	struct member *m = argument;
	token(1);
	pthread_barrier_wait(&barrier);
	m->start = now();
	m->ns = token(m->count);
	return NULL;
}

/* Returns the time from the first start to the last end; negative if one failed. */
static double span_of(const struct member *members, size_t number)
{
	double start = members[0].start, end = 0;
	for (const struct member *m = members; m < members + number; m++) {
		if (m->ns < 0)
			return failed;
		start = m->start < start ? m->start : start;
		end = m->start + m->ns > end ? m->start + m->ns : end;
	}
	return end - start;
}

/* All threads make that many calls each, concurrently. Returns the time of one processor. */
static double threads(long count, size_t number)
{
	struct member members[64];
	double processors = (double)sysconf(_SC_NPROCESSORS_ONLN), busy = (double)number;
	if (number > sizeof members / sizeof *members ||
		pthread_barrier_init(&barrier, NULL, (unsigned)number) != 0)
		return failed;
	for (size_t i = 0; i < number; i++) {
		members[i].count = count;
		if (pthread_create(&members[i].thread, NULL, make_tokens, &members[i]) != 0)
			exit(1); /* the others would wait for it */
	}
	for (size_t i = 0; i < number; i++)
		pthread_join(members[i].thread, NULL);
	pthread_barrier_destroy(&barrier);
	double ns = span_of(members, number);
	return ns < 0 ? ns : ns * (busy < processors ? busy : processors) / busy;
}

static void *newcomer(void *argument)
{
	*(double *)argument = token(1);
	return NULL;
}

static double first_of_thread(void)
{
	double ns = failed;
	pthread_t thread;
	return pthread_create(&thread, NULL, newcomer, &ns) != 0 || pthread_join(thread, NULL) != 0
		? failed
		: ns;
}

static double first_of_child(void)
{
	double ns = failed;
	int ends[2];
	if (pipe(ends) != 0)
		return failed;
	pid_t child = fork();
	if (child == 0) {
		ns = token(1);
		_exit(write(ends[1], &ns, sizeof ns) != sizeof ns);
	}
	close(ends[1]);
	if (child > 0 && read(ends[0], &ns, sizeof ns) != sizeof ns)
		ns = failed;
	close(ends[0]);
	waitpid(child, NULL, 0);
	return ns;
}

/* On a stack that is not the thread's own, from which the caller has called before. The switch is
   not timed, as swapcontext(3) makes a system call. */
static struct {
	ucontext_t self, caller;
	char stack[1 << 16];
	long count;
	double ns;
} fiber;

static void make_tokens_in_fiber(void)
{
	fiber.ns = token(fiber.count);
}

static void *on_fiber(void *unused)
{
	fiber.ns = failed;
	token(1);
	if (getcontext(&fiber.self) != 0)
		return unused;
	fiber.self.uc_stack.ss_sp = fiber.stack;
	fiber.self.uc_stack.ss_size = sizeof fiber.stack;
	fiber.self.uc_link = &fiber.caller;
	makecontext(&fiber.self, make_tokens_in_fiber, 0);
	swapcontext(&fiber.caller, &fiber.self);
	return unused;
}

static double fibers(long count, size_t of_another_thread)
{
	pthread_t thread;
	fiber.count = count;
	if (!of_another_thread)
		on_fiber(NULL);
	else if (pthread_create(&thread, NULL, on_fiber, NULL) != 0 || pthread_join(thread, NULL) != 0)
		return failed;
	return fiber.ns;
}

static double repeated(double (*first)(void), long count)
{
	double sum = 0, ns = 0;
	for (long i = 0; i < count && ns >= 0; i++)
		sum += ns = first();
	return ns < 0 ? failed : sum;
}

/* ---- Requests --------------------------------------------------------- */

static double answer(long count, const char *name, size_t size)
{
	const struct work *work = find(name);
	if (strcmp(name, "threads") == 0)
		return threads(count, size);
	if (strcmp(name, "fiber") == 0)
		return fibers(count, size);
	if (strcmp(name, "first_thread") == 0)
		return repeated(first_of_thread, count);
	if (strcmp(name, "first_child") == 0)
		return repeated(first_of_child, count);
	return work == NULL ? cannot : timed(work, room, count, size);
}

static int serve(void)
{
	char name[32];
	long count;
	size_t size;
	while (scanf(" run %ld %31s %zu", &count, name, &size) == 3) {
		double ns = answer(count, name, size);
		if (ns == cannot)
			puts("cannot");
		else if (ns < 0)
			puts("error a call failed, or its process ended");
		else
			printf("%.0f\n", ns);
		fflush(stdout);
	}
	return !feof(stdin);
}

static long resident(void)
{
	long pages = 0;
	FILE *file = fopen("/proc/self/statm", "r");
	if (file != NULL && fscanf(file, "%*s %ld", &pages) != 1)
		pages = 0;
	if (file != NULL)
		fclose(file);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static const char *load(const char *path)
{
	void *peer = dlopen(path, RTLD_NOW);
	if (peer == NULL) {
		fprintf(stderr, "%s\n", dlerror());
		return NULL;
	}
	list = dlsym(peer, "works");
	const char *(*version)(void);
	*(void **)&version = dlsym(peer, "version");
	return version();
}

static int start(const char *path, long count)
{
	long before = resident();
	double begin = now();
	if (load(path) == NULL)
		return 1;
	double loaded = now() - begin, first = token(1);
	long after = resident();
	double many = token(count);
	printf("%.0f %.0f %ld %ld %ld\n", loaded, first, before, after, resident());
	return first < 0 || many < 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[2], "start") == 0)
		return start(argv[1], atol(argv[3]));
	const char *version = argc == 2 ? load(argv[1]) : NULL;
	room = mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
		0);
	if (version == NULL || room == MAP_FAILED)
		return 1;
	printf("ready %s\n", version);
	fflush(stdout);
	return serve();
}
