/* SPDX-License-Identifier: MIT */
/*
 * Whether the time of secrets_compare_digest depends on its inputs: the test of Reparaz, Balasch
 * and Verbauwhede, "Dude, is my code constant time?" (DATE 2017). A coin decides before each call
 * whether a equals b or differs from it in the way under test, and Welch's t says how far apart the
 * mean times of the two classes are.
 *
 * If a has another size, the library reads b in its place, by the same instructions. In some
 * batches the difference in memory is measurable, as about one cycle in either direction. For these
 * ways t says by how much more than 1 % the means are apart. An exit on the size alone exceeds that
 * by far, even with seven bytes.
 *
 * The argument is the number of calls in a batch. Prints a line for each size and way:
 *
 *   size way median-of-|t|
 */
#include "check.h"

#include <math.h>
#include <time.h>

/* Odd, so that the median is one of them. */
enum { BATCHES = 5, LARGEST = 4096 };

static const size_t sizes[] = { 7, 16, 32, 64, LARGEST };

/* How a differs from b, in eighths of the size of b: the number of different bytes, at least one,
   and the size of a. */
static const struct way {
	const char *name;
	size_t from, to, size;
} ways[] = {
	{ "first", 0, 0, 8 },
	{ "middle", 4, 4, 8 },
	{ "last", 8, 8, 8 },
	{ "all", 0, 8, 8 },
	{ "shorter", 0, 0, 4 },
	{ "longer", 0, 0, 16 },
};

/* a has room for the longer one. Neither moves, so that no two calls differ in an address. */
static unsigned char a[2 * LARGEST], b[LARGEST], secret[2 * LARGEST], difference[2 * LARGEST];

struct call {
	double time;
	unsigned char class;
};

static double now(void)
{
#ifdef __x86_64__
	__builtin_ia32_lfence();
	double ticks = (double)__builtin_ia32_rdtsc();
	__builtin_ia32_lfence();
	return ticks;
#else
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
#endif
}

/* measure makes the inputs by the same instructions and in the same memory for either class, 0 or
   1, and waits until they are written. No branch depends on the class, so that only the call can
   differ between the two. */
static double measure(unsigned char class, size_t size, const struct way *way)
{
	size_t other = size * way->size / 8;
	size_t a_size = size + class * (other - size);
	unsigned char mask = (unsigned char)-class;
	for (size_t i = 0; i < (other > size ? other : size); i++)
		a[i] = secret[i] ^ (difference[i] & mask);
	for (size_t i = 0; i < size; i++)
		b[i] = secret[i];
	__sync_synchronize();
	double start = now();
	int equal = secrets_compare_digest(a, a_size, b, size);
	double time = now() - start;
	CHECK(equal == 1 - class);
	return time;
}

/* ---- Statistics ------------------------------------------------------- */

static int slower(const void *x, const void *y)
{
	const struct call *p = x, *q = y;
	return (p->time > q->time) - (p->time < q->time);
}

/* welch returns Welch's |t| of the two classes of n calls, for means that are further apart than
   slack, a fraction of them; and NaN if a class has too few calls. */
static double welch(const struct call *calls, size_t n, double slack)
{
	double count[2] = { 0 }, mean[2] = { 0 }, squares[2] = { 0 };
	for (size_t i = 0; i < n; i++) {
		unsigned char class = calls[i].class;
		double off = calls[i].time - mean[class];
		mean[class] += off / ++count[class];
		squares[class] += off * (calls[i].time - mean[class]);
	}
	double variance =
		squares[0] / (count[0] - 1) / count[0] + squares[1] / (count[1] - 1) / count[1];
	double apart = fabs(mean[0] - mean[1]) - slack * mean[0];
	return apart <= 0 ? 0 : apart / sqrt(variance);
}

/* largest returns the largest |t| of all calls and of the fastest 99, 90 and 50 per cent of both
   classes together: interrupts make some calls slow, and those would hide a small difference. */
static double largest(struct call *calls, size_t n, double slack)
{
	static const size_t hundredths[] = { 100, 99, 90, 50 };
	double most = 0;
	qsort(calls, n, sizeof *calls, slower);
	for (size_t i = 0; i < COUNT(hundredths); i++)
		most = fmax(most, welch(calls, n * hundredths[i] / 100, slack));
	return most;
}

/* ---- Batches ---------------------------------------------------------- */

static void draw(void *out, size_t size)
{
	CHECK(secrets_token_bytes(out, size) == SECRETS_OK);
}

static void prepare(size_t size, const struct way *way)
{
	size_t from = way->from * size / 8 < size ? way->from * size / 8 : size - 1;
	size_t to = way->to * size / 8 > from ? way->to * size / 8 : from + 1;
	draw(secret, sizeof secret);
	memset(difference, 0, sizeof difference);
	draw(difference + from, to - from);
	for (size_t i = from; i < to; i++)
		difference[i] |= 1;
}

static double batch(struct call *calls, size_t n, size_t size, const struct way *way)
{
	unsigned char *coins = malloc(n);
	CHECK(coins != NULL);
	draw(coins, n);
	prepare(size, way);
	for (size_t i = 0; i < n; i++) {
		calls[i].class = coins[i] & 1;
		calls[i].time = measure(calls[i].class, size, way);
	}
	free(coins);
	return largest(calls, n, way->size == 8 ? 0 : 0.01);
}

static int ascending(const void *x, const void *y)
{
	const double *p = x, *q = y;
	return (*p > *q) - (*p < *q);
}

int main(int argc, char **argv)
{
	size_t n = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
	struct call *calls = calloc(n, sizeof *calls);
	CHECK(n >= 100 && calls != NULL);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		for (size_t j = 0; j < COUNT(ways); j++) {
			double t[BATCHES];
			for (int k = 0; k < BATCHES; k++)
				t[k] = batch(calls, n, sizes[i], &ways[j]);
			qsort(t, BATCHES, sizeof *t, ascending);
			printf("%zu %s %.2f\n", sizes[i], ways[j].name, t[BATCHES / 2]);
		}
	}
	free(calls);
	return 0;
}
