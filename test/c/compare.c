/* SPDX-License-Identifier: MIT */
/* The section "Comparing and wiping" of secrets.h. */
#include "check.h"

#define SIZES 301 /* 0 to 300 */

/* ---- secrets_compare_digest ------------------------------------------- */

/* Both ways round, because only the second size may be secret. The answers are compared as ints:
   "true" is not enough. */
#define CHECK_COMPARE(expected, a, a_size, b, b_size) \
	(CHECK_STATUS(expected, secrets_compare_digest(a, a_size, b, b_size)), \
		CHECK_STATUS(expected, secrets_compare_digest(b, b_size, a, a_size)))

static void compare_empty(void)
{
	struct guarded g = guarded_new(0);
	CHECK_COMPARE(1, NULL, 0, NULL, 0);
	CHECK_COMPARE(1, NULL, 0, "", 0);
	CHECK_COMPARE(1, "a", 0, "b", 0);
	CHECK_COMPARE(1, g.data, 0, NULL, 0);
	CHECK_COMPARE(0, NULL, 0, "a", 1);
	CHECK_COMPARE(0, "", 0, "", 1);
	CHECK_COMPARE(0, g.data, 0, "a", 1);
	guarded_free(g);
}

static void compare_null(void)
{
	CHECK_COMPARE(0, NULL, 1, NULL, 1);
	CHECK_COMPARE(0, NULL, 3, "abc", 3);
	CHECK_COMPARE(0, NULL, 1, NULL, 0);
	CHECK_COMPARE(0, NULL, 3, "", 0);
	CHECK_COMPARE(0, NULL, SIZE_MAX, NULL, SIZE_MAX);
	CHECK_COMPARE(0, NULL, SIZE_MAX, NULL, 0);
	CHECK_COMPARE(0, NULL, SIZE_MAX, "abc", 3);
	CHECK_COMPARE(0, NULL, SIZE_MAX, "abc", SIZE_MAX);
}

static void compare_huge_sizes(void)
{
	const char *text = "abc";
	CHECK_COMPARE(0, text, SIZE_MAX, text, SIZE_MAX);
	CHECK_COMPARE(0, text, SIZE_MAX, text, SIZE_MAX - 1);
	CHECK_COMPARE(0, text, SIZE_MAX / 2 + 1, text, SIZE_MAX / 2 + 1);
	CHECK_COMPARE(0, text, SIZE_MAX, text, 3);
	CHECK_COMPARE(0, text, SIZE_MAX, text, 0);
	CHECK_COMPARE(0, text, SIZE_MAX, NULL, 0);
	/* Equal to 3 in all lower bits. */
	CHECK_COMPARE(0, text, SIZE_MAX / 2 + 4, text, 3);
}

static void compare_text(void)
{
	CHECK_COMPARE(1, "correct horse", 13, "correct horse", 13);
	CHECK_COMPARE(0, "correct horse", 13, "Correct horse", 13);
	CHECK_COMPARE(0, "correct horse", 13, "correct horsf", 13);
	CHECK_COMPARE(1, "correct horse", 7, "correct battery", 7);
	CHECK_COMPARE(0, "correct horse", 7, "correct battery", 8);
	/* A NUL is a byte like any other. */
	CHECK_COMPARE(0, "a\0b", 3, "a\0c", 3);
	CHECK_COMPARE(0, "abc", 3, "abc", 4);
	CHECK_COMPARE(0, "\0", 1, "\0\0", 2);
}

static void compare_with_itself(void)
{
	unsigned char bytes[64];
	pattern_fill(bytes, sizeof bytes);
	CHECK_COMPARE(1, bytes, sizeof bytes, bytes, sizeof bytes);
	CHECK_COMPARE(0, bytes, sizeof bytes, bytes, sizeof bytes - 1);
	CHECK_COMPARE(0, bytes, 32, bytes + 1, 32);
}

/* Two copies of equal bytes, each followed by a guard page: a read beyond either is a crash. */
struct pair {
	struct guarded a, b;
};

static struct pair pair_new(size_t a_size, size_t b_size)
{
	struct pair pair;
	pair.a = guarded_new(a_size);
	pair.b = guarded_new(b_size);
	pattern_fill(pair.a.data, a_size);
	pattern_fill(pair.b.data, b_size);
	return pair;
}

static void pair_check(const struct pair *pair, int expected)
{
	CHECK_COMPARE(expected, pair->a.data, pair->a.size, pair->b.data, pair->b.size);
}

static void pair_free(struct pair pair)
{
	guarded_free(pair.a);
	guarded_free(pair.b);
}

static void compare_equal(void)
{
	for (size_t n = 0; n < SIZES; n++) {
		struct pair pair = pair_new(n, n);
		pair_check(&pair, 1);
		CHECK(pattern_kept(pair.a.data, 0, n) && pattern_kept(pair.b.data, 0, n));
		pair_free(pair);
	}
}

static void check_difference(struct pair *pair, size_t position, unsigned bit)
{
	pair->a.data[position] ^= (unsigned char)(1u << bit);
	pair_check(pair, 0);
	pair->a.data[position] ^= (unsigned char)(1u << bit);
}

static void compare_difference_anywhere(void)
{
	for (size_t n = 0; n < SIZES; n++) {
		struct pair pair = pair_new(n, n);
		for (size_t i = 0; i < n; i++)
			check_difference(&pair, i, (unsigned)(i + n) % 8);
		pair_check(&pair, 1);
		pair_free(pair);
	}
}

static void compare_every_bit(void)
{
	struct pair pair = pair_new(65, 65);
	for (size_t i = 0; i < pair.a.size; i++)
		for (unsigned bit = 0; bit < 8; bit++)
			check_difference(&pair, i, bit);
	pair_free(pair);
}

/* Differences that cancel each other in a sum or an exclusive or. */
static void compare_two_differences(void)
{
	struct pair pair = pair_new(32, 32);
	for (size_t i = 1; i < pair.a.size; i++) {
		pair.a.data[i - 1] ^= 0x80;
		check_difference(&pair, i, 7);
		pair.a.data[i - 1] ^= 0x80;
	}
	pair_check(&pair, 1);
	pair_free(pair);
}

/* One is a prefix of the other, of any length. */
static void compare_prefixes(void)
{
	for (size_t a = 0; a < 70; a++)
		for (size_t b = 0; b < a; b++) {
			struct pair pair = pair_new(a, b);
			pair_check(&pair, 0);
			pair_free(pair);
		}
}

static void compare_size_wraps(void)
{
	struct pair pair = pair_new(256 + 16, 16);
	pair_check(&pair, 0);
	pair_free(pair);
	pair = pair_new(65536 + 16, 16);
	pair_check(&pair, 0);
	pair_free(pair);
}

/* ---- secrets_wipe ----------------------------------------------------- */

static int all_zero(const unsigned char *bytes, size_t size)
{
	while (size > 0 && bytes[size - 1] == 0)
		size--;
	return size == 0;
}

static void check_wipe(void *buffer, size_t size)
{
	errno = CHECK_ERRNO;
	secrets_wipe(buffer, size);
	CHECK(errno == CHECK_ERRNO);
}

static void wipe_empty(void)
{
	struct guarded none = guarded_new(0), some = guarded_new(16);
	check_wipe(none.data, 0);
	check_wipe(some.data, 0);
	CHECK(guarded_kept(none, 0) && guarded_kept(some, 0));
	guarded_free(none);
	guarded_free(some);
}

static void wipe_null(void)
{
	check_wipe(NULL, 0);
	check_wipe(NULL, 1);
	check_wipe(NULL, SIZE_MAX);
}

static void wipe_every_size(void)
{
	for (size_t n = 0; n < SIZES; n++) {
		struct guarded g = guarded_new(n);
		check_wipe(g.data, n);
		CHECK(all_zero(g.data, n) && guarded_kept(g, n));
		guarded_free(g);
	}
}

static void wipe_part(void)
{
	struct guarded g = guarded_new(SIZES);
	for (size_t n = 0; n < SIZES; n++) {
		check_wipe(g.data, n);
		CHECK(all_zero(g.data, n) && guarded_kept(g, n));
	}
	guarded_free(g);
}

static void wipe_large(void)
{
	struct guarded g = guarded_new(((size_t)1 << 20) + 1);
	check_wipe(g.data, g.size);
	CHECK(all_zero(g.data, g.size) && guarded_kept(g, g.size));
	guarded_free(g);
}

static const struct check_case cases[] = {
	CASE(compare_empty),
	CASE(compare_null),
	CASE(compare_huge_sizes),
	CASE(compare_text),
	CASE(compare_with_itself),
	CASE(compare_equal),
	TAGGED(compare_difference_anywhere, "many"),
	CASE(compare_every_bit),
	CASE(compare_two_differences),
	CASE(compare_prefixes),
	CASE(compare_size_wraps),
	CASE(wipe_empty),
	CASE(wipe_null),
	CASE(wipe_every_size),
	CASE(wipe_part),
	CASE(wipe_large),
};

CHECK_MAIN(cases)
