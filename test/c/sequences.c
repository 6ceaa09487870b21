/* SPDX-License-Identifier: MIT */
/* The section "Sequences" of secrets.h. */
#include "check.h"
#include "proc.h"

#define MILLION 1000000
#define TWO_40 ((size_t)1 << 40)

/* Returns the index of a permutation of n values among the n! permutations. */
static size_t rank_of(const size_t *values, size_t n)
{
	size_t rank = 0;
	for (size_t i = 0; i < n; i++) {
		size_t smaller = 0;
		for (size_t j = i + 1; j < n; j++)
			smaller += values[j] < values[i];
		rank = rank * (n - i) + smaller;
	}
	return rank;
}

/* ---- secrets_choice --------------------------------------------------- */

static char *choose(const void *base, size_t nmemb, size_t size)
{
	errno = CHECK_ERRNO;
	void *chosen = secrets_choice(base, nmemb, size);
	CHECK(errno == CHECK_ERRNO);
	return (char *)chosen;
}

/* Memory that must not be read. */
static char *forbidden(size_t size)
{
	void *map = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(map != MAP_FAILED);
	return (char *)map;
}

/* An element is never chosen with a probability of (1 - 1/n)^(100 * n) < 2^-144; any of up to
   1000, for each of 81 kinds of arrays: below 2^-127. */
static void check_choice(const char *base, size_t nmemb, size_t size)
{
	unsigned char chosen[1000] = { 0 };
	CHECK(nmemb <= sizeof chosen);
	for (size_t i = 0; i < 100 * nmemb; i++) {
		size_t offset = (size_t)(choose(base, nmemb, size) - base);
		CHECK(offset < nmemb * size && offset % size == 0);
		chosen[offset / size] = 1;
	}
	CHECK(memchr(chosen, 0, nmemb) == NULL);
}

static void choice_reaches_all_and_reads_none(void)
{
	const size_t nmembs[] = { 1, 2, 3, 7, 52, 255, 256, 257, 1000 };
	const size_t sizes[] = { 1, 2, 3, 4, 8, 13, 40, 4095, 4096 };
	char *base = forbidden(1001 * 4096);
	for (size_t i = 0; i < COUNT(nmembs); i++)
		for (size_t j = 0; j < COUNT(sizes); j++)
			check_choice(base + i, nmembs[i], sizes[j]);
	CHECK(munmap(base, 1001 * 4096) == 0);
}

static void choice_of_nothing(void)
{
	int array[3] = { 1, 2, 3 };
	CHECK(choose(NULL, 0, 0) == NULL);
	CHECK(choose(NULL, 0, 4) == NULL);
	CHECK(choose(NULL, 3, 0) == NULL);
	CHECK(choose(NULL, 3, 4) == NULL);
	CHECK(choose(array, 0, sizeof *array) == NULL);
	CHECK(choose(array, 0, 0) == NULL);
	CHECK(choose(array, 3, 0) == NULL);
	CHECK(choose(array, SIZE_MAX, 0) == NULL);
	CHECK(choose(NULL, SIZE_MAX, SIZE_MAX) == NULL);
}

/* Numbers of elements and sizes whose product exceeds any object; many wrap to 0 or to something
   small. */
static const size_t no_arrays[][2] = {
	{ SIZE_MAX, 1 },
	{ 1, SIZE_MAX },
	{ SIZE_MAX / 2 + 1, 1 },
	{ 1, SIZE_MAX / 2 + 1 },
	{ SIZE_MAX / 2 + 1, 2 },
	{ 2, SIZE_MAX / 2 + 1 },
	{ SIZE_MAX / 2 + 3, 2 },
	{ 2, SIZE_MAX / 2 + 3 },
	{ SIZE_MAX / 8 + 1, 8 },
	{ SIZE_MAX / 8 + 2, 8 },
	{ PTRDIFF_MAX / 8 + 1, 8 },
	{ 8, SIZE_MAX / 8 + 2 },
	{ (size_t)1 << 32, (size_t)1 << 32 },
	{ ((size_t)1 << 32) + 1, (size_t)1 << 32 },
	{ SIZE_MAX / 3 + 1, 3 },
	{ PTRDIFF_MAX / 3 + 1, 3 },
	{ SIZE_MAX, SIZE_MAX },
	{ SIZE_MAX, 3 },
};

static void choice_of_too_much(void)
{
	int array[3] = { 1, 2, 3 };
	for (size_t i = 0; i < COUNT(no_arrays); i++) {
		CHECK(choose(array, no_arrays[i][0], no_arrays[i][1]) == NULL);
		CHECK(choose(NULL, no_arrays[i][0], no_arrays[i][1]) == NULL);
	}
}

/* ---- secrets_shuffle: whole elements ---------------------------------- */

#define ELEMENTS 30

/* Byte k of element i: each byte identifies its element. */
static unsigned char content(size_t i, size_t k)
{
	return (unsigned char)(37 * i + 11 * k + k / 256 * 101);
}

static void fill(unsigned char *base, size_t nmemb, size_t size)
{
	for (size_t i = 0; i < nmemb; i++)
		for (size_t k = 0; k < size; k++)
			base[size * i + k] = content(i, k);
}

/* Returns which element is at element, and requires that it is whole. */
static size_t whole(const unsigned char *element, size_t size)
{
	size_t i = 0;
	while (i < ELEMENTS && content(i, 0) != element[0])
		i++;
	CHECK(i < ELEMENTS);
	for (size_t k = 0; k < size; k++)
		CHECK(element[k] == content(i, k));
	return i;
}

/* Fills order with the elements' order, and requires that each occurs once. */
static void order_of(size_t *order, const unsigned char *base, size_t nmemb, size_t size)
{
	unsigned char found[ELEMENTS] = { 0 };
	for (size_t i = 0; i < nmemb; i++) {
		order[i] = whole(base + size * i, size);
		CHECK(order[i] < nmemb && !found[order[i]]);
		found[order[i]] = 1;
	}
}

/* Sets order to that of the elements after a shuffle. shift bytes separate them from the guard
   page behind. */
static void shuffle_guarded(size_t *order, size_t nmemb, size_t size, size_t shift)
{
	struct guarded g = guarded_new(nmemb * size + shift);
	fill(g.data, nmemb, size);
	CHECK_STATUS(SECRETS_OK, secrets_shuffle(g.data, nmemb, size));
	CHECK(guarded_kept(g, nmemb * size));
	order_of(order, g.data, nmemb, size);
	guarded_free(g);
}

static void check_size(size_t size)
{
	size_t order[ELEMENTS];
	for (size_t shift = 0; shift <= 8; shift++) {
		for (size_t nmemb = 0; nmemb <= 5; nmemb++)
			shuffle_guarded(order, nmemb, size, shift);
		shuffle_guarded(order, ELEMENTS, size, shift);
	}
}

static void shuffle_sizes_to_40(void)
{
	for (size_t size = 1; size <= 40; size++)
		check_size(size);
}

static void shuffle_larger_sizes(void)
{
	const size_t sizes[] = { 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1023, 1024,
		1025, 2047, 2048, 2049, 4095, 4096, 4097 };
	for (size_t i = 0; i < COUNT(sizes); i++)
		check_size(sizes[i]);
}

static void shuffle_a_million(void)
{
	struct guarded g = guarded_new(MILLION * sizeof(size_t));
	size_t *values = (size_t *)g.data;
	for (size_t i = 0; i < MILLION; i++)
		values[i] = i;
	CHECK_STATUS(SECRETS_OK, secrets_shuffle(values, MILLION, sizeof *values));
	CHECK(guarded_kept(g, g.size));
	CHECK(distinct_below(values, MILLION, MILLION));
	guarded_free(g);
}

/* ---- secrets_shuffle: every order is reached -------------------------- */

/* An order is missing with a probability of (23/24)^2400 < 2^-147; any: below 2^-142. */
static void shuffle_reaches_every_order(void)
{
	unsigned char reached[24] = { 0 };
	for (int draw = 0; draw < 2400; draw++) {
		size_t order[4] = { 0, 1, 2, 3 };
		CHECK_STATUS(SECRETS_OK, secrets_shuffle(order, 4, sizeof *order));
		reached[rank_of(order, 4)] = 1;
	}
	CHECK(memchr(reached, 0, sizeof reached) == NULL);
}

/* ---- secrets_shuffle: errors ------------------------------------------ */

static void check_shuffle_keeps(int status, size_t nmemb, size_t size)
{
	struct guarded g = guarded_new(64);
	CHECK_STATUS(status, secrets_shuffle(g.data, nmemb, size));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void shuffle_nothing(void)
{
	const size_t sizes[] = { 0, 1, 8, 4096, SIZE_MAX / 2 + 1, SIZE_MAX };
	for (size_t i = 0; i < COUNT(sizes); i++) {
		CHECK_STATUS(SECRETS_OK, secrets_shuffle(NULL, 0, sizes[i]));
		check_shuffle_keeps(SECRETS_OK, 0, sizes[i]);
	}
	check_shuffle_keeps(SECRETS_OK, 1, 1);
	check_shuffle_keeps(SECRETS_OK, 1, 64);
}

static void shuffle_invalid(void)
{
	const size_t nmembs[] = { 1, 2, 64, SIZE_MAX / 2 + 1, SIZE_MAX };
	for (size_t i = 0; i < COUNT(nmembs); i++) {
		check_shuffle_keeps(SECRETS_EINVAL, nmembs[i], 0);
		CHECK_STATUS(SECRETS_EINVAL, secrets_shuffle(NULL, nmembs[i], 0));
		CHECK_STATUS(SECRETS_EINVAL, secrets_shuffle(NULL, nmembs[i], 1));
		CHECK_STATUS(SECRETS_EINVAL, secrets_shuffle(NULL, nmembs[i], 8));
	}
}

static void shuffle_too_much(void)
{
	for (size_t i = 0; i < COUNT(no_arrays); i++) {
		check_shuffle_keeps(SECRETS_ENOSPC, no_arrays[i][0], no_arrays[i][1]);
		CHECK_STATUS(SECRETS_EINVAL, secrets_shuffle(NULL, no_arrays[i][0], no_arrays[i][1]));
	}
}

/* ---- secrets_sample: what is written ---------------------------------- */

/* The caller frees it. A sorted copy shows that all are distinct. */
static struct guarded draw_sample(size_t population, size_t count)
{
	struct guarded g = guarded_new(count * sizeof(size_t)), sorted = guarded_new(g.size);
	CHECK_STATUS(SECRETS_OK, secrets_sample(population, count, (size_t *)g.data));
	CHECK(guarded_kept(g, g.size));
	memcpy(sorted.data, g.data, g.size);
	CHECK(distinct_below((size_t *)sorted.data, count, population));
	guarded_free(sorted);
	return g;
}

static void check_sample(size_t population, size_t count)
{
	guarded_free(draw_sample(population, count));
}

/* All indices of a population are a permutation of it, as they are distinct. */
static void sample_small_populations(void)
{
	for (size_t population = 0; population <= 100; population++)
		for (size_t count = 0; count <= population; count++)
			check_sample(population, count);
}

static void sample_larger_populations(void)
{
	const size_t populations[] = { 255, 256, 1024, 1025, 4096, 65536, 65537, 100000 };
	for (size_t i = 0; i < COUNT(populations); i++)
		for (size_t part = 1; part <= 32; part *= 2) {
			check_sample(populations[i], populations[i] / part - 1);
			check_sample(populations[i], populations[i] / part);
			if (part > 1)
				check_sample(populations[i], populations[i] / part + 1);
		}
}

static void sample_of_a_million(void)
{
	check_sample(MILLION, MILLION);
	check_sample(MILLION, MILLION - 1);
	check_sample(MILLION, MILLION / 2);
	check_sample(MILLION, MILLION / 16 + 1);
	check_sample(MILLION, MILLION / 16);
	check_sample(MILLION, 1);
}

/* These would never end if a call took time or memory for each of the population. */
static void sample_of_huge_populations(void)
{
	for (size_t count = 0; count <= 20; count++) {
		check_sample(TWO_40, count);
		check_sample(SIZE_MAX / 2 + 1, count);
		check_sample(SIZE_MAX, count);
	}
	check_sample(TWO_40, 1000);
	check_sample(SIZE_MAX, 1000);
	check_sample(SIZE_MAX, MILLION);
}

static size_t many[MILLION];

/* A bit for each of 2^40 would be 128 GB of addresses, a hash table of a million some 16 MB in
   use, a copy 8. The library has allocated by then what it needs to run, except for a thread of
   its runtime that starts late: malloc(3) takes 128 MB of addresses for one. */
static void sample_needs_no_memory(void)
{
	memset(many, 1, sizeof many);
	CHECK_STATUS(SECRETS_OK, secrets_sample(TWO_40, 1000, many));
	CHECK_STATUS(SECRETS_OK, secrets_sample(1000, 1000, many));
	unsigned long size = proc_memory("VmPeak:"), used = proc_memory("VmHWM:");
	CHECK_STATUS(SECRETS_OK, secrets_sample(TWO_40, 1000, many));
	CHECK_STATUS(SECRETS_OK, secrets_sample(SIZE_MAX, MILLION, many));
	CHECK_STATUS(SECRETS_OK, secrets_sample(MILLION, MILLION, many));
	CHECK_STATUS(SECRETS_OK, secrets_sample(MILLION, MILLION / 2, many));
	CHECK(proc_memory("VmPeak:") - size < 1UL << 30);
	CHECK(proc_memory("VmHWM:") - used < 4UL << 20);
}

/* ---- secrets_sample: every index is reached --------------------------- */

/* An index is missing at a place of 6400 samples with a probability of (63/64)^6400 < 2^-145; any
   of 64 at any of 24 places: below 2^-134. One algorithm draws 4 of 64, and another 20. */
static void sample_reaches_every_index_everywhere(void)
{
	const size_t counts[] = { 4, 20 };
	for (size_t i = 0; i < COUNT(counts); i++) {
		unsigned char reached[64][64] = { { 0 } };
		size_t indices[64];
		for (int draw = 0; draw < 6400; draw++) {
			CHECK_STATUS(SECRETS_OK, secrets_sample(64, counts[i], indices));
			for (size_t j = 0; j < counts[i]; j++)
				reached[j][indices[j]] = 1;
		}
		CHECK(memchr(reached, 0, counts[i] * sizeof *reached) == NULL);
	}
}

/* ---- secrets_sample: errors ------------------------------------------- */

static void check_sample_keeps(int status, size_t population, size_t count)
{
	struct guarded g = guarded_new(64);
	CHECK_STATUS(status, secrets_sample(population, count, (size_t *)g.data));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void sample_none(void)
{
	const size_t populations[] = { 0, 1, 2, 52, TWO_40, SIZE_MAX };
	for (size_t i = 0; i < COUNT(populations); i++) {
		CHECK_STATUS(SECRETS_OK, secrets_sample(populations[i], 0, NULL));
		check_sample_keeps(SECRETS_OK, populations[i], 0);
	}
}

/* More than there are is invalid, even if it is more than any object holds. */
static void sample_more_than_there_are(void)
{
	const size_t populations[] = { 0, 1, 2, 52, TWO_40, SIZE_MAX / 8, SIZE_MAX / 2, SIZE_MAX - 1 };
	for (size_t i = 0; i < COUNT(populations); i++) {
		check_sample_keeps(SECRETS_EINVAL, populations[i], populations[i] + 1);
		check_sample_keeps(SECRETS_EINVAL, populations[i], SIZE_MAX);
		CHECK_STATUS(SECRETS_EINVAL, secrets_sample(populations[i], SIZE_MAX, NULL));
	}
}

static void sample_null(void)
{
	CHECK_STATUS(SECRETS_EINVAL, secrets_sample(1, 1, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_sample(52, 5, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_sample(SIZE_MAX, SIZE_MAX / 8 + 1, NULL));
	CHECK_STATUS(SECRETS_EINVAL, secrets_sample(SIZE_MAX, SIZE_MAX, NULL));
}

/* Counts whose product with 8 exceeds any object, or wraps to 0 or 8. */
static void sample_too_many(void)
{
	const size_t counts[] = { PTRDIFF_MAX / 8 + 1, SIZE_MAX / 8, SIZE_MAX / 8 + 1, SIZE_MAX / 8 + 2,
		SIZE_MAX / 2 + 2, SIZE_MAX - 1, SIZE_MAX };
	for (size_t i = 0; i < COUNT(counts); i++) {
		check_sample_keeps(SECRETS_ENOSPC, SIZE_MAX, counts[i]);
		check_sample_keeps(SECRETS_ENOSPC, counts[i], counts[i]);
	}
}

static const struct check_case cases[] = {
	TAGGED(choice_reaches_all_and_reads_none, "slow"),
	CASE(choice_of_nothing),
	CASE(choice_of_too_much),
	CASE(shuffle_sizes_to_40),
	CASE(shuffle_larger_sizes),
	TAGGED(shuffle_a_million, "slow"),
	CASE(shuffle_reaches_every_order),
	CASE(shuffle_nothing),
	CASE(shuffle_invalid),
	CASE(shuffle_too_much),
	TAGGED(sample_small_populations, "slow"),
	TAGGED(sample_larger_populations, "slow"),
	TAGGED(sample_of_a_million, "slow"),
	TAGGED(sample_of_huge_populations, "slow"),
	TAGGED(sample_needs_no_memory, "slow"),
	TAGGED(sample_reaches_every_index_everywhere, "many"),
	CASE(sample_none),
	CASE(sample_more_than_there_are),
	CASE(sample_null),
	CASE(sample_too_many),
};

CHECK_MAIN(cases)
