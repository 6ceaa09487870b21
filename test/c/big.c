/* SPDX-License-Identifier: MIT */
/* The two functions of secrets.h that draw integers of any size. */
#include "check.h"

#define LARGEST 1250 /* bytes, 10,000 bits */
#define DRAWS 128

/* ---- Integers, most significant byte first ---------------------------- */

static int bit_of(const uint8_t *value, size_t size, size_t bit)
{
	return value[size - 1 - bit / 8] >> bit % 8 & 1;
}

/* 2^bit */
static void power(uint8_t *value, size_t size, size_t bit)
{
	memset(value, 0, size);
	value[size - 1 - bit / 8] = (uint8_t)(1 << bit % 8);
}

/* A bound that is read-only, with guard pages around it. */
static struct guarded bound_new(const uint8_t *bound, size_t size)
{
	struct guarded g = guarded_new(size);
	memcpy(g.data, bound, size);
	if (g.pages_size > 0)
		CHECK(mprotect(g.pages, g.pages_size, PROT_READ) == 0);
	return g;
}

/* One call that must succeed, and write to nothing but out. */
static void draw(struct guarded bound, struct guarded out)
{
	CHECK_STATUS(SECRETS_OK, secrets_randbelow_big(bound.data, bound.size, out.data));
	CHECK(memcmp(out.data, bound.data, bound.size) < 0);
	CHECK(guarded_kept(out, out.size));
}

/* The bits that were 1, and those that were 0, in any draw. */
struct bits {
	uint8_t ones[LARGEST], zeros[LARGEST];
};

static void bits_add(struct bits *bits, const uint8_t *value, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		bits->ones[i] |= value[i];
		bits->zeros[i] |= (uint8_t)~value[i];
	}
}

/* The lowest count bits were both, and those above were only 0. */
static void check_bits(const struct bits *bits, size_t size, size_t count)
{
	for (size_t bit = 0; bit < 8 * size; bit++) {
		CHECK(bit_of(bits->ones, size, bit) == (bit < count));
		CHECK(bit_of(bits->zeros, size, bit));
	}
}

/* ---- secrets_randbelow_big: what is written --------------------------- */

static void draw_once(const uint8_t *bound, size_t size)
{
	struct guarded limit = bound_new(bound, size), out = guarded_new(size);
	draw(limit, out);
	guarded_free(limit);
	guarded_free(out);
}

static void below_every_size(void)
{
	uint8_t bound[LARGEST];
	for (size_t size = 1; size <= LARGEST; size++) {
		pattern_fill(bound, size);
		draw_once(bound, size);
		memset(bound, 0xff, size);
		draw_once(bound, size);
	}
}

/* From 2^(8n - 8) to all ones in n bytes, with leading zeros. */
static void below_zeros_in_front(void)
{
	uint8_t bound[40];
	for (size_t size = 1; size <= sizeof bound; size++)
		for (size_t n = 1; n <= size; n++) {
			power(bound, size, 8 * n - 8);
			draw_once(bound, size);
			power(bound, size, 8 * n - 1);
			draw_once(bound, size);
			pattern_fill(bound + size - n, n);
			draw_once(bound, size);
			memset(bound + size - n, 0xff, n);
			draw_once(bound, size);
		}
}

/* With whole pages, the byte before bound and out is on a guard page, too. */
static void below_whole_pages(void)
{
	const size_t size = 2 * (size_t)sysconf(_SC_PAGESIZE);
	uint8_t *bound = (uint8_t *)malloc(size);
	CHECK(bound != NULL);
	pattern_fill(bound, size);
	draw_once(bound, size);
	memset(bound, 0, size / 2);
	draw_once(bound, size);
	free(bound);
}

/* Only 0 is below 1, and every byte of out becomes 0. */
static void below_one(void)
{
	uint8_t bound[LARGEST] = { 0 };
	for (size_t size = 1; size <= LARGEST; size += size < 40 ? 1 : 55) {
		bound[size - 1] = 1;
		draw_once(bound, size);
		bound[size - 1] = 0;
	}
}

/* ---- secrets_randbelow_big: every value is reached -------------------- */

/* A value is missing with a probability of (1 - 1/n)^(100 * n) < e^-100 < 2^-144; any of fewer
   than 2^11, for each of three sizes: below 2^-131. */
static void check_reaches_all(unsigned bound, size_t size)
{
	unsigned char seen[1000] = { 0 };
	uint8_t limit[8] = { 0 }, value[8];
	CHECK(bound <= sizeof seen);
	limit[size - 1] = (uint8_t)bound;
	if (size > 1)
		limit[size - 2] = (uint8_t)(bound >> 8);
	for (unsigned i = 0; i < 100 * bound; i++) {
		CHECK_STATUS(SECRETS_OK, secrets_randbelow_big(limit, size, value));
		unsigned drawn = value[size - 1] + (size > 1 ? 256u * value[size - 2] : 0);
		CHECK(drawn < bound);
		seen[drawn] = 1;
	}
	CHECK(memchr(seen, 0, bound) == NULL);
}

static void below_reaches_all(void)
{
	const unsigned bounds[] = { 1, 2, 3, 7, 52, 128, 129, 255, 256, 257, 1000 };
	for (size_t i = 0; i < COUNT(bounds); i++) {
		if (bounds[i] < 256)
			check_reaches_all(bounds[i], 1);
		check_reaches_all(bounds[i], 2);
		check_reaches_all(bounds[i], 8);
	}
}

/* ---- secrets_randbelow_big: errors ------------------------------------ */

static void below_zero(void)
{
	for (size_t size = 0; size <= LARGEST; size += size < 70 ? 1 : 59) {
		struct guarded bound = guarded_new(size), out = guarded_new(size);
		memset(bound.data, 0, size);
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_big(bound.data, size, out.data));
		CHECK(guarded_kept(out, 0));
		guarded_free(bound);
		guarded_free(out);
	}
}

static void below_null(void)
{
	struct guarded g = guarded_new(64);
	const size_t sizes[] = { 0, 1, 64, SIZE_MAX / 2, SIZE_MAX / 2 + 1, SIZE_MAX };
	for (size_t i = 0; i < COUNT(sizes); i++) {
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_big(NULL, sizes[i], NULL));
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_big(NULL, sizes[i], g.data));
	}
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_big(g.data, 0, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_big(g.data, 1, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_big(g.data, 64, NULL));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

/* Sizes that no object has are SECRETS_ENOSPC, but a NULL is reported first. */
static const size_t no_sizes[] = { SIZE_MAX / 2 + 1, SIZE_MAX / 2 + 2, SIZE_MAX - 1, SIZE_MAX };

static void below_null_comes_first(void)
{
	struct guarded g = guarded_new(64);
	for (size_t i = 0; i < COUNT(no_sizes); i++)
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_big(g.data, no_sizes[i], NULL));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void below_too_large(void)
{
	struct guarded bound = guarded_new(64), out = guarded_new(64);
	for (size_t i = 0; i < COUNT(no_sizes); i++)
		CHECK_STATUS(SECRETS_ENOSPC, secrets_randbelow_big(bound.data, no_sizes[i], out.data));
	CHECK(guarded_kept(bound, 0) && guarded_kept(out, 0));
	guarded_free(bound);
	guarded_free(out);
}

/* bound is in the middle of three times its size, and out anywhere from before it to after it.
   Leading zeros are part of bound. */
static void check_overlap(size_t size, size_t zeros, size_t at)
{
	struct guarded g = guarded_new(3 * size);
	unsigned char before[3 * 64];
	uint8_t *bound = g.data + size, *out = g.data + at;
	int apart = at == 0 || at == 2 * size;
	memset(bound, 0, zeros);
	memcpy(before, g.data, g.size);
	CHECK_STATUS(apart ? SECRETS_OK : SECRETS_EINVAL, secrets_randbelow_big(bound, size, out));
	if (apart) {
		CHECK(memcmp(out, bound, size) < 0);
		memcpy(before + at, out, size);
	}
	CHECK(memcmp(before, g.data, g.size) == 0);
	guarded_free(g);
}

static void below_overlap(void)
{
	const size_t sizes[] = { 1, 2, 7, 8, 16, 33, 64 };
	for (size_t i = 0; i < COUNT(sizes); i++)
		for (size_t at = 0; at <= 2 * sizes[i]; at++)
			check_overlap(sizes[i], 0, at);
}

static void below_overlap_in_zeros(void)
{
	for (size_t zeros = 1; zeros < 16; zeros++)
		for (size_t at = 0; at <= 32; at++)
			check_overlap(16, zeros, at);
}

/* ---- secrets_randbits_big --------------------------------------------- */

/* 128 draws of count bits into out_size bytes, each over a pattern. */
static void check_bits_drawn(size_t count, size_t out_size)
{
	struct bits bits = { { 0 }, { 0 } };
	struct guarded g = guarded_new(out_size);
	for (int i = 0; i < DRAWS; i++) {
		memset(g.data, 0xa5, out_size);
		CHECK_STATUS(SECRETS_OK, secrets_randbits_big(count, g.data, out_size));
		bits_add(&bits, g.data, out_size);
	}
	check_bits(&bits, out_size, count);
	CHECK(guarded_kept(g, out_size));
	guarded_free(g);
}

/* A bit is the same in 128 draws with a probability of 2^-127; any of fewer than 2^14 in all
   widths, in each of five sizes: below 2^-110. */
static void bits_every_width(void)
{
	for (size_t bits = 0; bits <= 130; bits++) {
		size_t size = (bits + 7) / 8;
		check_bits_drawn(bits, size);
		check_bits_drawn(bits, size + 1);
		check_bits_drawn(bits, size + 2);
		check_bits_drawn(bits, size + 7);
		check_bits_drawn(bits, size + 70);
	}
}

static void bits_none(void)
{
	CHECK_STATUS(SECRETS_OK, secrets_randbits_big(0, NULL, 0));
	struct guarded g = guarded_new(64);
	CHECK_STATUS(SECRETS_OK, secrets_randbits_big(0, g.data, 0));
	CHECK(guarded_kept(g, 0));
	CHECK_STATUS(SECRETS_OK, secrets_randbits_big(0, g.data, 9));
	CHECK(guarded_kept(g, 9));
	for (size_t i = 0; i < 9; i++)
		CHECK(g.data[i] == 0);
	guarded_free(g);
}

/* Of 2^19 blocks of 16 bytes two are equal with a probability below 2^37 * 2^-128 = 2^-91. A part
   left out would repeat the pattern. */
static void bits_large(void)
{
	const size_t size = (size_t)1 << 23;
	struct guarded g = guarded_new(size);
	CHECK_STATUS(SECRETS_OK, secrets_randbits_big(8 * size - 3, g.data, size));
	CHECK(g.data[0] < 32);
	CHECK(repeats(g.data, 16, size / 16) == 0);
	guarded_free(g);
}

static void check_bits_no_space(size_t bits, size_t room, size_t out_size)
{
	struct guarded g = guarded_new(room);
	CHECK_STATUS(SECRETS_ENOSPC, secrets_randbits_big(bits, g.data, out_size));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void bits_one_byte_short(void)
{
	for (size_t bits = 1; bits <= 530; bits++) {
		size_t size = (bits + 7) / 8 - 1;
		check_bits_no_space(bits, size, size);
		check_bits_no_space(bits, 100, size);
		check_bits_no_space(bits, 0, 0);
	}
	CHECK_STATUS(SECRETS_ENOSPC, secrets_randbits_big(1, NULL, 0));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_randbits_big(SIZE_MAX, NULL, 0));
}

/* A careless (bits + 7) / 8 wraps for the last seven. */
static void bits_huge(void)
{
	for (size_t less = 0; less < 17; less++) {
		check_bits_no_space(SIZE_MAX - less, 0, 0);
		check_bits_no_space(SIZE_MAX - less, 1, 1);
		check_bits_no_space(SIZE_MAX - less, 64, 64);
		check_bits_no_space(SIZE_MAX / 2 + 8 - less, 64, 64);
		check_bits_no_space(((size_t)1 << 32) + 8 - less, 64, 64);
	}
}

/* All of out is written, so that no size means "enough" here. */
static void bits_huge_out_size(void)
{
	for (size_t i = 0; i < COUNT(no_sizes); i++) {
		check_bits_no_space(0, 64, no_sizes[i]);
		check_bits_no_space(1, 64, no_sizes[i]);
		check_bits_no_space(512, 64, no_sizes[i]);
		check_bits_no_space(SIZE_MAX, 64, no_sizes[i]);
	}
}

static void bits_null(void)
{
	const size_t bits[] = { 0, 1, 8, 512, 513, SIZE_MAX };
	for (size_t i = 0; i < COUNT(bits); i++) {
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbits_big(bits[i], NULL, 1));
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbits_big(bits[i], NULL, 64));
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbits_big(bits[i], NULL, SIZE_MAX / 2 + 1));
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbits_big(bits[i], NULL, SIZE_MAX));
	}
}

static const struct check_case cases[] = {
	CASE(below_every_size),
	CASE(below_zeros_in_front),
	CASE(below_whole_pages),
	CASE(below_one),
	TAGGED(below_reaches_all, "many"),
	CASE(below_zero),
	CASE(below_null),
	CASE(below_null_comes_first),
	CASE(below_too_large),
	CASE(below_overlap),
	CASE(below_overlap_in_zeros),
	TAGGED(bits_every_width, "many"),
	CASE(bits_none),
	TAGGED(bits_large, "slow"),
	CASE(bits_one_byte_short),
	CASE(bits_huge),
	CASE(bits_huge_out_size),
	CASE(bits_null),
};

CHECK_MAIN(cases)
