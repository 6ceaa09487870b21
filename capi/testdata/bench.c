/* SPDX-License-Identifier: MIT */
/*
 * Times calls side by side with getrandom(2), in rounds that take turns, so that
 * whatever else the machine does falls on all alike. Prints the median of the
 * rounds and its ratio to getrandom(2) of 32 bytes.
 */
#define _GNU_SOURCE
#include <secrets.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

enum { ROUNDS = 101, CALLS = 20000 };

static char buffer[128];
static uint64_t number;

static int crossing(void) { return secrets_compare_digest(NULL, 0, NULL, 0) - 1; }
static int os_bytes(void) { return getrandom(buffer, 32, 0) != 32; }
static int bytes(void) { return secrets_token_bytes(buffer, 32); }
static int hex(void) { return secrets_token_hex(buffer, sizeof buffer, 32); }
static int urlsafe(void) { return secrets_token_urlsafe(buffer, sizeof buffer, 32); }
static int below(void) { return secrets_randbelow(52, &number); }
static int compare(void) { return secrets_compare_digest(buffer, 32, buffer, 32) - 1; }

static struct work {
	const char *name;
	int (*call)(void);
	double ns[ROUNDS];
} works[] = {
	{"getrandom(2), 32 bytes", os_bytes, {0}},
	{"a crossing (compare of nothing)", crossing, {0}},
	{"secrets_token_bytes, 32", bytes, {0}},
	{"secrets_token_hex, 32", hex, {0}},
	{"secrets_token_urlsafe, 32", urlsafe, {0}},
	{"secrets_randbelow, 52", below, {0}},
	{"secrets_compare_digest, 32", compare, {0}},
};
enum { WORKS = sizeof works / sizeof *works };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static double time_round(int (*call)(void))
{
	int failed = 0;
	double start = now();
	for (int i = 0; i < CALLS; i++)
		failed |= call();
	if (failed)
		exit(1);
	return (now() - start) / CALLS;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(void)
{
	for (int round = 0; round < ROUNDS; round++)
		for (int w = 0; w < WORKS; w++)
			works[w].ns[round] = time_round(works[w].call);

	printf("%-33s %8s %8s %8s %8s\n", "", "ratio", "ns", "fastest", "slowest");
	for (int w = 0; w < WORKS; w++) {
		double *ns = works[w].ns;
		qsort(ns, ROUNDS, sizeof *ns, ascending);
		printf("%-33s %8.2f %8.1f %8.1f %8.1f\n", works[w].name,
			ns[ROUNDS / 2] / works[0].ns[ROUNDS / 2], ns[ROUNDS / 2], ns[0], ns[ROUNDS - 1]);
	}
	return 0;
}
