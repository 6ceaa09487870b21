/* SPDX-License-Identifier: MIT */
/* The section "Numbers" of secrets.h. */
#include "check.h"

#define MARK UINT64_C(0x5ec2e75a11c0ffee)
#define WIDEST 1000

/* ---- One draw each, which must succeed -------------------------------- */

static uint64_t draw_below(uint64_t bound)
{
	uint64_t value = MARK;
	CHECK_STATUS(SECRETS_OK, secrets_randbelow(bound, &value));
	CHECK(value < bound);
	return value;
}

static uint64_t draw_bits(unsigned bits)
{
	uint64_t value = MARK;
	CHECK_STATUS(SECRETS_OK, secrets_randbits(bits, &value));
	return value;
}

static int64_t draw_range(int64_t start, int64_t stop)
{
	int64_t value = INT64_MAX;
	CHECK_STATUS(SECRETS_OK, secrets_randrange(start, stop, &value));
	CHECK(start <= value && value < stop);
	return value;
}

static double draw_random(void)
{
	double value = -1;
	CHECK_STATUS(SECRETS_OK, secrets_random(&value));
	CHECK(0 <= value && value < 1);
	return value;
}

/* Returns the distance from start of a draw from width values. Both functions that have a range
   are tested by it. */
typedef uint64_t (*distance)(int64_t start, uint64_t width);

static uint64_t by_below(int64_t start, uint64_t width)
{
	(void)start;
	return draw_below(width);
}

static uint64_t by_range(int64_t start, uint64_t width)
{
	int64_t stop = (int64_t)((uint64_t)start + width);
	return (uint64_t)draw_range(start, stop) - (uint64_t)start;
}

/* ---- What draws have in common ---------------------------------------- */

/* A value is missing with a probability of (1 - 1/width)^(100 * width) < e^-100 < 2^-144; any of
   1000: below 2^-134. */
static void check_reaches_all(distance draw, int64_t start, size_t width)
{
	unsigned char seen[WIDEST] = { 0 };
	CHECK(width <= WIDEST);
	for (size_t i = 0; i < 100 * width; i++)
		seen[draw(start, width)] = 1;
	for (size_t i = 0; i < width; i++)
		CHECK(seen[i]);
}

/* The bits that were 1, and those that were 0, in any draw. */
struct bits {
	uint64_t ones, zeros;
};

/* A bit is the same in 128 draws with a probability of 2^-127; any of 64: 2^-121; in all 65
   widths of randbits: below 2^-114. */
#define BITS_DRAWS 128

static void bits_add(struct bits *bits, uint64_t value)
{
	bits->ones |= value;
	bits->zeros |= ~value;
}

static int bits_vary(const struct bits *bits, uint64_t mask)
{
	return bits->ones == mask && (bits->zeros & mask) == mask;
}

/* ---- secrets_randbelow ------------------------------------------------ */

static void randbelow_one(void)
{
	for (int i = 0; i < 100; i++)
		CHECK(draw_below(1) == 0);
}

static void randbelow_reaches_all(void)
{
	const size_t bounds[] = { 1, 2, 3, 5, 6, 7, 8, 9, 52, 100, 127, 128, 129, 255, 256, 257, 1000 };
	for (size_t i = 0; i < COUNT(bounds); i++)
		check_reaches_all(by_below, 0, bounds[i]);
}

/* draw_below compares each draw with its bound. */
static void randbelow_every_magnitude(void)
{
	for (unsigned bit = 1; bit < 64; bit++)
		for (int i = 0; i < 100; i++) {
			draw_below((UINT64_C(1) << bit) - 1);
			draw_below(UINT64_C(1) << bit);
			draw_below((UINT64_C(1) << bit) + 1);
			draw_below(UINT64_MAX);
		}
}

static void randbelow_refuses(void)
{
	uint64_t value = MARK;
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow(0, &value));
	CHECK(value == MARK);
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow(0, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow(1, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow(UINT64_MAX, NULL));
}

/* ---- secrets_randbits ------------------------------------------------- */

static void randbits_zero(void)
{
	for (int i = 0; i < 100; i++)
		CHECK(draw_bits(0) == 0);
}

static void randbits_every_width(void)
{
	for (unsigned width = 1; width <= 64; width++) {
		struct bits bits = { 0, 0 };
		for (int i = 0; i < BITS_DRAWS; i++)
			bits_add(&bits, draw_bits(width));
		CHECK(bits_vary(&bits, UINT64_MAX >> (64 - width)));
	}
}

static void randbits_refuses(void)
{
	const unsigned bad[] = { 65, 66, 128, 256, 64 + 256, 65536, UINT_MAX - 1, UINT_MAX };
	uint64_t value = MARK;
	for (size_t i = 0; i < COUNT(bad); i++) {
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbits(bad[i], &value));
		CHECK(value == MARK);
	}
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbits(0, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbits(64, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbits(UINT_MAX, NULL));
}

/* ---- secrets_randrange ------------------------------------------------ */

static void randrange_width_one(void)
{
	const int64_t starts[] = { 0, -1, 1, INT64_MIN, INT64_MIN + 1, INT64_MAX - 1 };
	for (size_t i = 0; i < COUNT(starts); i++)
		CHECK(draw_range(starts[i], starts[i] + 1) == starts[i]);
}

static void randrange_reaches_all(void)
{
	check_reaches_all(by_range, 0, 52);
	check_reaches_all(by_range, 10, 7);
	check_reaches_all(by_range, -3, 7);
	check_reaches_all(by_range, -9, 6);
	check_reaches_all(by_range, -9, 9);
	check_reaches_all(by_range, INT64_MIN, 257);
	check_reaches_all(by_range, INT64_MAX - 257, 257);
}

/* draw_range compares each draw with its bounds. */
static void randrange_widest(void)
{
	for (int i = 0; i < 100; i++) {
		draw_range(INT64_MIN, INT64_MAX);
		draw_range(INT64_MIN, 0);
		draw_range(-1, INT64_MAX);
	}
}

/* As the header says. In 100 draws of two integers one is missing with probability 2^-99. */
static void randrange_to_the_largest(void)
{
	const int64_t start = INT64_MAX - 1;
	int seen[2] = { 0 };
	for (int i = 0; i < 100; i++) {
		uint64_t offset;
		CHECK_STATUS(SECRETS_OK,
			secrets_randbelow((uint64_t)INT64_MAX - (uint64_t)start + 1, &offset));
		seen[(int64_t)((uint64_t)start + offset) == INT64_MAX] = 1;
	}
	CHECK(seen[0] && seen[1]);
	uint64_t whole = 42;
	CHECK_STATUS(SECRETS_EINVAL,
		secrets_randbelow((uint64_t)INT64_MAX - (uint64_t)INT64_MIN + 1, &whole));
}

static void check_empty_range(int64_t start, int64_t stop)
{
	int64_t value = 42;
	CHECK_STATUS(SECRETS_EINVAL, secrets_randrange(start, stop, &value));
	CHECK(value == 42);
}

static void randrange_refuses(void)
{
	const int64_t edges[] = { INT64_MIN, INT64_MIN + 1, -7, -1, 0, 1, 7, INT64_MAX - 1, INT64_MAX };
	for (size_t i = 0; i < COUNT(edges); i++)
		for (size_t j = 0; j <= i; j++)
			check_empty_range(edges[i], edges[j]);
	CHECK_STATUS(SECRETS_EINVAL, secrets_randrange(0, 1, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randrange(1, 0, NULL));
}

/* ---- secrets_random --------------------------------------------------- */

/* Times 2^53, which is exact, every number is an integer of 53 random bits. */
static void random_grid(void)
{
	struct bits bits = { 0, 0 };
	for (int i = 0; i < 10000; i++) {
		double scaled = draw_random() * 9007199254740992.0;
		CHECK((double)(uint64_t)scaled == scaled);
		bits_add(&bits, (uint64_t)scaled);
	}
	CHECK(bits_vary(&bits, (UINT64_C(1) << 53) - 1));
}

static void random_refuses(void)
{
	CHECK_STATUS(SECRETS_EINVAL, secrets_random(NULL));
}

/* ---- All four --------------------------------------------------------- */

static int write_below(void *out)
{
	return secrets_randbelow(52, (uint64_t *)out);
}

static int write_bits(void *out)
{
	return secrets_randbits(1, (uint64_t *)out);
}

static int write_range(void *out)
{
	return secrets_randrange(-5, 5, (int64_t *)out);
}

static int write_random(void *out)
{
	return secrets_random((double *)out);
}

/* The result is written to *out and nowhere else. */
static void writes_eight_bytes(void)
{
	int (*const write[])(void *) = { write_below, write_bits, write_range, write_random };
	for (size_t i = 0; i < COUNT(write); i++) {
		struct guarded g = guarded_new(8);
		CHECK_STATUS(SECRETS_OK, write[i](g.data));
		CHECK(guarded_kept(g, 8));
		guarded_free(g);
	}
}

static const struct check_case cases[] = {
	CASE(randbelow_one),
	TAGGED(randbelow_reaches_all, "many"),
	CASE(randbelow_every_magnitude),
	CASE(randbelow_refuses),
	CASE(randbits_zero),
	CASE(randbits_every_width),
	CASE(randbits_refuses),
	CASE(randrange_width_one),
	TAGGED(randrange_reaches_all, "many"),
	CASE(randrange_widest),
	CASE(randrange_to_the_largest),
	CASE(randrange_refuses),
	CASE(random_grid),
	CASE(random_refuses),
	CASE(writes_eight_bytes),
};

CHECK_MAIN(cases)
