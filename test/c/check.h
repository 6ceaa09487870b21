/* SPDX-License-Identifier: MIT */
/*
 * A harness for test programs in C99 to C23 and C++17. A program consists of named cases. Without
 * an argument it lists them, one per line with its tags. With a name it runs that case, so that
 * each starts with a fresh library, and a crash or a hang affects only one. Where starting a
 * process takes longer than a case, it gets several names, and runs them one after the other. It
 * writes each name to stderr first, so that a crash can be attributed.
 *
 * Exit status: 0 the cases succeed, 1 one fails (stderr says where), 2 no such case.
 */
#ifndef CHECK_H
#define CHECK_H

/* -std=c99 hides MAP_ANONYMOUS and pthread barriers. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif

/* Before every other header, to show that it needs none. */
#include <secrets.h>

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A value that no system call leaves in errno. */
#define CHECK_ERRNO 4242

#define CHECK(condition) check_holds(!!(condition), #condition, __FILE__, __LINE__)

/* CHECK_STATUS also requires, for every call in every test, that errno is unchanged. */
#define CHECK_STATUS(expected, call) \
	(errno = CHECK_ERRNO, check_status((expected), (call), #call, __FILE__, __LINE__))

static inline void check_holds(int holds, const char *condition, const char *file, int line)
{
	if (holds)
		return;
	fprintf(stderr, "%s:%d: failed: %s\n", file, line, condition);
	exit(1);
}

static inline void check_status(int expected, int status, const char *call, const char *file,
	int line)
{
	int error = errno;
	if (status == expected && error == CHECK_ERRNO)
		return;
	fprintf(stderr, "%s:%d: failed: %s: status %d, expected %d; errno %s\n", file, line, call,
		status, expected, error == CHECK_ERRNO ? "kept" : "changed");
	exit(1);
}

/* ---- Buffers ---------------------------------------------------------- */

/* Never 0, as a stray NUL would not be noticed, and with a prime period, so that bytes moved by a
   power of two are. */
static inline unsigned char pattern_byte(size_t i)
{
	return (unsigned char)(i % 251 + 3);
}

static inline void pattern_fill(void *buffer, size_t size)
{
	unsigned char *bytes = (unsigned char *)buffer;
	for (size_t i = 0; i < size; i++)
		bytes[i] = pattern_byte(i);
}

/* Whether buffer[from] to buffer[to - 1] still have the pattern. */
static inline int pattern_kept(const void *buffer, size_t from, size_t to)
{
	const unsigned char *bytes = (const unsigned char *)buffer;
	while (from < to && bytes[from] == pattern_byte(from))
		from++;
	return from >= to;
}

/* size bytes at data. An access to data[size], or to more than a page before data, is a crash;
   what is closer before data has the pattern. */
struct guarded {
	unsigned char *data;
	size_t size;
	unsigned char *pages;
	size_t pages_size;
	size_t guard_size;
};

static inline struct guarded guarded_new(size_t size)
{
	struct guarded g;
	g.guard_size = (size_t)sysconf(_SC_PAGESIZE);
	g.pages_size = (size + g.guard_size - 1) / g.guard_size * g.guard_size;
	void *map =
		mmap(NULL, g.pages_size + 2 * g.guard_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(map != MAP_FAILED);
	g.pages = (unsigned char *)map + g.guard_size;
	CHECK(g.pages_size == 0 || mprotect(g.pages, g.pages_size, PROT_READ | PROT_WRITE) == 0);
	pattern_fill(g.pages, g.pages_size);
	g.data = g.pages + g.pages_size - size;
	g.size = size;
	return g;
}

static inline void guarded_free(struct guarded g)
{
	CHECK(munmap(g.pages - g.guard_size, g.pages_size + 2 * g.guard_size) == 0);
}

/* Whether everything except the first written bytes of data still has the pattern. */
static inline int guarded_kept(struct guarded g, size_t written)
{
	size_t front = g.pages_size - g.size;
	return pattern_kept(g.pages, 0, front) && pattern_kept(g.pages, front + written, g.pages_size);
}

/* ---- Sorting ---------------------------------------------------------- */

static size_t check_block_size;

static inline int check_compare(const void *a, const void *b)
{
	return memcmp(a, b, check_block_size);
}

/* Sorts count blocks of size bytes, and returns how many equal the one before. */
static inline size_t repeats(void *blocks, size_t size, size_t count)
{
	const unsigned char *block = (const unsigned char *)blocks;
	size_t equal = 0;
	check_block_size = size;
	qsort(blocks, count, size, check_compare);
	for (size_t i = 1; i < count; i++)
		equal += memcmp(block + size * (i - 1), block + size * i, size) == 0;
	return equal;
}

static inline int check_order(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	return (x > y) - (x < y);
}

/* Sorts count values, and reports whether they are distinct and below bound. */
static inline int distinct_below(size_t *values, size_t count, size_t bound)
{
	size_t i = 1;
	qsort(values, count, sizeof *values, check_order);
	while (i < count && values[i - 1] < values[i])
		i++;
	return i >= count && (count == 0 || values[count - 1] < bound);
}

/* ---- Cases ------------------------------------------------------------ */

/*
 * Tags by which a run omits cases:
 *   slow       takes a second, or minutes under an instrument
 *   many       makes tens of thousands of calls, each of which takes up to 0.5 ms in Wine
 *   busy       has many busy threads or children, of which memcheck runs one at a time
 *   forks      forks children
 *   unwatched  removes what memcheck itself needs, or leaves memcheck by an exec
 *   inner      is run by another case, by an exec
 *   other      needs a second Go library
 *   program    tests the test itself, not the library
 */
struct check_case {
	const char *name;
	void (*run)(void);
	const char *tags;
};

#define CASE(function) TAGGED(function, "")
/* The braces are no function's. */
/* clang-format off */
#define TAGGED(function, tags) { #function, function, tags }
/* clang-format on */

#define CHECK_MAIN(cases) \
	int main(int argc, char **argv) \
	{ \
		return check_main(cases, COUNT(cases), argc, argv); \
	}

static inline int check_list(const struct check_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%s %s\n", cases[i].name, cases[i].tags);
	return 0;
}

static inline int check_run(const struct check_case *cases, size_t count, const char *name)
{
	size_t i = 0;
	while (i < count && strcmp(cases[i].name, name) != 0)
		i++;
	if (i == count)
		return 2;
	fprintf(stderr, "%s\n", name);
	fflush(stderr);
	cases[i].run();
	return 0;
}

static inline int check_main(const struct check_case *cases, size_t count, int argc, char **argv)
{
	if (argc < 2)
		return check_list(cases, count);
	int status = 0;
	for (int i = 1; i < argc && status == 0; i++)
		status = check_run(cases, count, argv[i]);
	return status;
}

#endif /* CHECK_H */
