/* SPDX-License-Identifier: MIT */
/*
 * Times calls side by side with what a C program would use instead, in rounds
 * that take turns, so that whatever else the machine does falls on both alike.
 * Prints the ratio of the medians, which says how many times faster than the
 * peer, and the medians with the fastest and the slowest round.
 */
#define _GNU_SOURCE
#include <secrets.h>

#include <bsd/stdlib.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum { ROUNDS = 101, BATCH = 1000, CARDS = 52 };
#define ROUND_NS 1e6

static unsigned char raw[32];
static char text[BATCH][SECRETS_TOKEN_HEX_SIZE(32)];
static uint64_t numbers[BATCH];
static int cards[CARDS];
static const secrets_class classes[] = {
	{SECRETS_LOWERCASE, 1}, {SECRETS_UPPERCASE, 1}, {SECRETS_DIGITS, 1}, {SECRETS_PUNCTUATION, 1}};

/* ---- Ours: all return a status ---------------------------------------- */

static int crossing(void) { return secrets_compare_digest(NULL, 0, NULL, 0) - 1; }
static int bytes(void) { return secrets_token_bytes(raw, sizeof raw); }
static int hex(void) { return secrets_token_hex(text[0], sizeof text[0], 32); }
static int urlsafe(void) { return secrets_token_urlsafe(text[0], sizeof text[0], 32); }
static int below(void) { return secrets_randbelow(52, numbers); }
static int compare(void) { return secrets_compare_digest(raw, 32, raw, 32) - 1; }
static int hex_batch(void) { return secrets_token_hex_batch(text[0], sizeof text, 32, BATCH); }
static int below_batch(void) { return secrets_randbelow_batch(52, numbers, BATCH); }
static int shuffle(void) { return secrets_shuffle(cards, CARDS, sizeof *cards); }
static int password(void) { return secrets_password(text[0], sizeof text[0], 16, NULL, 0); }
static int policy(void) { return secrets_password(text[0], sizeof *text, 64, classes, 4); }
static int passphrase(void) { return secrets_passphrase(text[0], sizeof *text, 6, NULL, NULL, 0); }
static int apikey(void) { return secrets_apikey(text[0], sizeof *text, "sk_live", 32); }
static int sample(void) { return secrets_sample((size_t)1 << 30, BATCH, (size_t *)numbers); }

/* ---- Peers ------------------------------------------------------------ */

static int nothing(void) { return 0; }
static int os_bytes(void) { return getrandom(raw, sizeof raw, 0) != sizeof raw; }

static int sodium_bytes(void)
{
	randombytes_buf(raw, sizeof raw);
	return 0;
}

static int bsd_bytes(void)
{
	arc4random_buf(raw, sizeof raw);
	return 0;
}

static int sodium_hex_to(char *out)
{
	randombytes_buf(raw, sizeof raw);
	return sodium_bin2hex(out, sizeof *text, raw, sizeof raw) != out;
}

static int sodium_hex(void) { return sodium_hex_to(text[0]); }

static int sodium_urlsafe(void)
{
	randombytes_buf(raw, sizeof raw);
	return sodium_bin2base64(text[0], sizeof text[0], raw, sizeof raw,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING) != text[0];
}

static int sodium_below(void)
{
	numbers[0] = randombytes_uniform(52);
	return 0;
}

static int bsd_below(void)
{
	numbers[0] = arc4random_uniform(52);
	return 0;
}

static int sodium_equal(void) { return sodium_memcmp(raw, raw, 32); }

static int sodium_hex_loop(void)
{
	int failed = 0;
	for (int i = 0; i < BATCH; i++)
		failed |= sodium_hex_to(text[i]);
	return failed;
}

static int bsd_below_loop(void)
{
	for (int i = 0; i < BATCH; i++)
		numbers[i] = arc4random_uniform(52);
	return 0;
}

/* The recipe of the manuals, for a password or the body of a key. */
static int sodium_characters(int length)
{
	static const char alphabet[] = SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS;
	for (int i = 0; i < length; i++)
		text[0][i] = alphabet[randombytes_uniform(62)];
	return 0;
}

static int sodium_password(void) { return sodium_characters(16); }
static int sodium_key(void) { return sodium_characters(43); }
static int sodium_long(void) { return sodium_characters(64); }

/* The draws alone. */
static int sodium_words(void)
{
	for (int i = 0; i < 6; i++)
		numbers[i] = randombytes_uniform(7776);
	return 0;
}

static int bsd_shuffle(void)
{
	for (unsigned i = CARDS - 1; i > 0; i--) {
		unsigned j = arc4random_uniform(i + 1);
		int card = cards[i];
		cards[i] = cards[j];
		cards[j] = card;
	}
	return 0;
}

/* The draws alone, without making them differ. */
static int bsd_sample(void)
{
	for (int i = 0; i < BATCH; i++)
		numbers[i] = arc4random_uniform(1U << 30);
	return 0;
}

/* ---- Measuring -------------------------------------------------------- */

struct times {
	int (*call)(void);
	int calls; /* a round */
	double ns[ROUNDS];
};

static struct pair {
	const char *work, *peer;
	struct times ours, theirs;
} pairs[] = {
	{"a crossing, to compare nothing", "a C function", {crossing, 1, {0}}, {nothing, 1, {0}}},
	{"32 bytes", "getrandom(2)", {bytes, 1, {0}}, {os_bytes, 1, {0}}},
	{"32 bytes", "libsodium", {bytes, 1, {0}}, {sodium_bytes, 1, {0}}},
	{"32 bytes", "libbsd", {bytes, 1, {0}}, {bsd_bytes, 1, {0}}},
	{"hex of 32 bytes", "libsodium", {hex, 1, {0}}, {sodium_hex, 1, {0}}},
	{"urlsafe of 32 bytes", "libsodium", {urlsafe, 1, {0}}, {sodium_urlsafe, 1, {0}}},
	{"a number below 52", "libsodium", {below, 1, {0}}, {sodium_below, 1, {0}}},
	{"a number below 52", "libbsd", {below, 1, {0}}, {bsd_below, 1, {0}}},
	{"compare 32 bytes", "libsodium", {compare, 1, {0}}, {sodium_equal, 1, {0}}},
	{"1000 hex tokens of 32 bytes", "libsodium, a loop", {hex_batch, 1, {0}}, {sodium_hex_loop, 1, {0}}},
	{"1000 numbers below 52", "libbsd, a loop", {below_batch, 1, {0}}, {bsd_below_loop, 1, {0}}},
	{"shuffle of 52 ints", "libbsd, a loop", {shuffle, 1, {0}}, {bsd_shuffle, 1, {0}}},
	{"password of 16", "libsodium, a loop", {password, 1, {0}}, {sodium_password, 1, {0}}},
	{"password of 64, 4 minimums", "libsodium, no rules", {policy, 1, {0}}, {sodium_long, 1, {0}}},
	{"passphrase of 6 words", "libsodium, draws", {passphrase, 1, {0}}, {sodium_words, 1, {0}}},
	{"API key of 32 bytes", "libsodium, a loop", {apikey, 1, {0}}, {sodium_key, 1, {0}}},
	{"sample of 1000 from 2^30", "libbsd, draws only", {sample, 1, {0}}, {bsd_sample, 1, {0}}},
};
enum { PAIRS = sizeof pairs / sizeof *pairs };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static double time_round(const struct times *times)
{
	int failed = 0;
	double start = now();
	for (int i = 0; i < times->calls; i++)
		failed |= times->call();
	if (failed)
		exit(1);
	return (now() - start) / times->calls;
}

/* As many calls as fill a round. The first of all may have to start something. */
static void calibrate(struct times *times)
{
	time_round(times);
	while (time_round(times) * times->calls < ROUND_NS)
		times->calls *= 2;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void print(struct pair *pair)
{
	double *ours = pair->ours.ns, *theirs = pair->theirs.ns;
	qsort(ours, ROUNDS, sizeof *ours, ascending);
	qsort(theirs, ROUNDS, sizeof *theirs, ascending);
	printf("%-31s %-19s %7.2f %9.0f (%.0f-%.0f) against %.0f (%.0f-%.0f)\n", pair->work, pair->peer,
		theirs[ROUNDS / 2] / ours[ROUNDS / 2], ours[ROUNDS / 2], ours[0], ours[ROUNDS - 1],
		theirs[ROUNDS / 2], theirs[0], theirs[ROUNDS - 1]);
}

int main(void)
{
	if (sodium_init() < 0)
		return 1;
	for (int p = 0; p < PAIRS; p++) {
		calibrate(&pairs[p].ours);
		calibrate(&pairs[p].theirs);
	}
	for (int round = 0; round < ROUNDS; round++)
		for (int p = 0; p < PAIRS; p++) {
			pairs[p].ours.ns[round] = time_round(&pairs[p].ours);
			pairs[p].theirs.ns[round] = time_round(&pairs[p].theirs);
		}
	printf("%-31s %-19s %7s %9s (fastest-slowest)\n", "", "peer", "ratio", "ns");
	for (int p = 0; p < PAIRS; p++)
		print(&pairs[p]);
	return 0;
}
