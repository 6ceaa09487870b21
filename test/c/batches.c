/* SPDX-License-Identifier: MIT */
/* The four functions of secrets.h that fill an array in one call. */
#include "check.h"
#include "token_format.h"

#define MILLION 1000000
#define LARGEST 70 /* bytes in a token, where all sizes are tried */

/* ---- What the two text formats have in common ------------------------- */

struct format {
	int (*batch)(char *out, size_t out_size, size_t nbytes, size_t count);
	size_t group;
	const char *alphabet;
};

static const struct format hex = { secrets_token_hex_batch, HEX_GROUP, HEX_ALPHABET };
static const struct format urlsafe = { secrets_token_urlsafe_batch, URLSAFE_GROUP,
	URLSAFE_ALPHABET };

/* Returns the size of the place of a token. */
static size_t place(const struct format *format, size_t nbytes)
{
	return token_size(nbytes, format->group);
}

static void check_tokens(const struct format *format, const char *token, size_t nbytes,
	size_t count)
{
	size_t size = place(format, nbytes);
	for (; count > 0; count--, token += size)
		CHECK(is_token(token, size, format->alphabet));
}

/* One call that must write exactly count tokens, with a buffer of room bytes, whose size it
   passes as out_size. */
static void check_batch(const struct format *format, size_t room, size_t out_size, size_t nbytes,
	size_t count)
{
	struct guarded g = guarded_new(room);
	char *out = (char *)g.data;
	CHECK_STATUS(SECRETS_OK, format->batch(out, out_size, nbytes, count));
	check_tokens(format, out, nbytes, count);
	CHECK(guarded_kept(g, place(format, nbytes) * count));
	guarded_free(g);
}

/* One call for which the buffer is too small. */
static void check_no_space(const struct format *format, size_t room, size_t out_size, size_t nbytes,
	size_t count)
{
	struct guarded g = guarded_new(room);
	CHECK_STATUS(SECRETS_ENOSPC, format->batch((char *)g.data, out_size, nbytes, count));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

/* ---- Rules for both text formats -------------------------------------- */

static void exact_buffer(const struct format *format)
{
	for (size_t n = 0; n <= LARGEST; n++)
		for (size_t count = 0; count <= 20; count++)
			check_batch(format, place(format, n) * count, place(format, n) * count, n, count);
}

static void larger_buffer(const struct format *format)
{
	for (size_t n = 0; n <= 33; n++)
		for (size_t more = 1; more < 80; more += 13) {
			size_t size = place(format, n) * 5 + more;
			check_batch(format, size, size, n, 5);
		}
}

static void huge_out_size(const struct format *format)
{
	for (size_t n = 0; n <= 33; n++) {
		check_batch(format, place(format, n) * 5, SIZE_MAX, n, 5);
		check_batch(format, place(format, n) * 5, SIZE_MAX / 2 + 1, n, 5);
		check_batch(format, place(format, n) * 5, SIZE_MAX / 2, n, 5);
	}
}

static void one_byte_short(const struct format *format)
{
	for (size_t n = 0; n <= LARGEST; n++)
		for (size_t count = 1; count <= 20; count++) {
			size_t size = place(format, n) * count - 1;
			check_no_space(format, size, size, n, count);
		}
}

/* Nothing is written, not even the tokens that would fit. */
static void every_short_size(const struct format *format)
{
	for (size_t out_size = 0; out_size < place(format, 16) * 5; out_size++)
		check_no_space(format, out_size, out_size, 16, 5);
}

/* Only out_size counts, even if there is more room. */
static void room_beyond_out_size(const struct format *format)
{
	for (size_t n = 0; n <= 33; n++)
		check_no_space(format, 1000, place(format, n) * 5 - 1, n, 5);
}

static void no_tokens(const struct format *format)
{
	const size_t nbytes[] = { 0, 1, 2, 3, 32, 70, 1000, SIZE_MAX / 2, SIZE_MAX - 1, SIZE_MAX };
	for (size_t i = 0; i < COUNT(nbytes); i++) {
		struct guarded g = guarded_new(64);
		CHECK_STATUS(SECRETS_OK, format->batch(NULL, 0, nbytes[i], 0));
		CHECK_STATUS(SECRETS_OK, format->batch((char *)g.data, 0, nbytes[i], 0));
		CHECK_STATUS(SECRETS_OK, format->batch((char *)g.data, 64, nbytes[i], 0));
		CHECK_STATUS(SECRETS_OK, format->batch((char *)g.data, SIZE_MAX, nbytes[i], 0));
		CHECK(guarded_kept(g, 0));
		guarded_free(g);
	}
}

/* NULL with a size is invalid, even if the tokens would not fit anyway. */
static void null(const struct format *format)
{
	CHECK_STATUS(SECRETS_ENOSPC, format->batch(NULL, 0, 0, 1));
	CHECK_STATUS(SECRETS_ENOSPC, format->batch(NULL, 0, 32, 1));
	CHECK_STATUS(SECRETS_ENOSPC, format->batch(NULL, 0, SIZE_MAX, SIZE_MAX));
	CHECK_STATUS(SECRETS_EINVAL, format->batch(NULL, 1, 0, 0));
	CHECK_STATUS(SECRETS_EINVAL, format->batch(NULL, 1, 0, 1));
	CHECK_STATUS(SECRETS_EINVAL, format->batch(NULL, 65, 32, 1));
	CHECK_STATUS(SECRETS_EINVAL, format->batch(NULL, 1, 32, 100));
	CHECK_STATUS(SECRETS_EINVAL, format->batch(NULL, SIZE_MAX, 32, 100));
	CHECK_STATUS(SECRETS_EINVAL, format->batch(NULL, 1, SIZE_MAX, SIZE_MAX));
	CHECK_STATUS(SECRETS_EINVAL, format->batch(NULL, SIZE_MAX, SIZE_MAX, SIZE_MAX));
}

static void check_never_fits(const struct format *format, size_t nbytes, size_t count)
{
	check_no_space(format, 0, 0, nbytes, count);
	check_no_space(format, 1, 1, nbytes, count);
	check_no_space(format, 300, 300, nbytes, count);
	check_no_space(format, 300, SIZE_MAX, nbytes, count);
}

/* The smallest counts whose product with the place wraps: a careless product is less than two
   places, and fits into 300 bytes. For nbytes 0 there is none. */
static void product_overflows(const struct format *format)
{
	for (size_t n = 1; n <= LARGEST; n++) {
		check_never_fits(format, n, SIZE_MAX / place(format, n) + 1);
		check_never_fits(format, n, SIZE_MAX / place(format, n) + 2);
		check_never_fits(format, n, SIZE_MAX);
	}
}

/* No object is larger than PTRDIFF_MAX, whatever out_size is. */
static void product_beyond_any_object(const struct format *format)
{
	for (size_t n = 0; n <= LARGEST; n++) {
		check_never_fits(format, n, PTRDIFF_MAX / place(format, n) + 1);
		check_never_fits(format, n, SIZE_MAX / place(format, n));
	}
}

/* Sizes around those at which a careless 2n + 1 or 4n / 3 wraps to something small, and counts
   with which the product wraps again. */
static void huge_nbytes(const struct format *format)
{
	const size_t edges[] = { SIZE_MAX, SIZE_MAX / 2 + 4, SIZE_MAX / 4 * 3 + 8, SIZE_MAX / 4 + 4,
		SIZE_MAX / 8 + 4 };
	const size_t counts[] = { 1, 2, 3, 4, 8, SIZE_MAX / 2 + 1, SIZE_MAX };
	for (size_t i = 0; i < COUNT(edges); i++)
		for (size_t j = 0; j < COUNT(counts); j++)
			for (size_t less = 0; less < 9; less++) {
				check_no_space(format, 1, 1, edges[i] - less, counts[j]);
				check_no_space(format, 300, 300, edges[i] - less, counts[j]);
			}
}

/* From SIZE_MAX / 2 on, one token needs more than any object can have. */
static void huge_out_size_and_nbytes(const struct format *format)
{
	const size_t nbytes[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 4 * 3 + 2, SIZE_MAX / 2 + 1,
		SIZE_MAX / 2 };
	for (size_t i = 0; i < COUNT(nbytes); i++)
		for (size_t count = 1; count < 5; count++)
			check_no_space(format, 64, SIZE_MAX, nbytes[i], count);
}

/* ---- Every character is reached --------------------------------------- */

#define TOKENS 20
#define POSITIONS (2 * LARGEST)

/* The characters that occurred, by token and position. */
static unsigned char seen[TOKENS][POSITIONS][256];

static void note(size_t token, const char *text, size_t length)
{
	CHECK(token < TOKENS && length <= POSITIONS);
	for (size_t i = 0; i < length; i++)
		seen[token][i][(unsigned char)text[i]] = 1;
}

static void check_seen(size_t token, const char *alphabet, size_t length)
{
	for (size_t i = 0; i < length; i++)
		for (size_t c = 0; alphabet[c] != '\0'; c++)
			CHECK(seen[token][i][(unsigned char)alphabet[c]]);
}

/* Notes the tokens of that many batches. */
static void note_batches(const struct format *format, size_t nbytes, int batches)
{
	char tokens[TOKENS * (POSITIONS + 1)];
	size_t size = place(format, nbytes);
	memset(seen, 0, sizeof seen);
	for (; batches > 0; batches--) {
		CHECK_STATUS(SECRETS_OK, format->batch(tokens, sizeof tokens, nbytes, TOKENS));
		for (size_t t = 0; t < TOKENS; t++)
			note(t, tokens + t * size, size - 1);
	}
}

/* A character is missing at a place with a probability of (63/64)^4096 or less. At 20 * 48 places
   of 64 characters: below 2^16 * 2^-93 = 2^-77. 24 bytes, as a multiple of 3 leaves no padding
   bits in base64url. */
static void every_character(const struct format *format)
{
	note_batches(format, 24, 4096);
	for (size_t t = 0; t < TOKENS; t++)
		check_seen(t, format->alphabet, place(format, 24) - 1);
}

/* A part left out would still hold the pattern, which has bytes of no alphabet. */
static void large(const struct format *format)
{
	const size_t count = 100000, size = place(format, 24);
	check_batch(format, size * count, size * count, 24, count);
}

/* The places are as large as the header's macros and functions say. */
static void places_are_of_the_macros(void)
{
	for (size_t n = 0; n <= LARGEST; n++) {
		CHECK(place(&hex, n) == SECRETS_TOKEN_HEX_SIZE(n) &&
			place(&hex, n) == secrets_token_hex_size(n));
		CHECK(place(&urlsafe, n) == SECRETS_TOKEN_URLSAFE_SIZE(n));
		CHECK(place(&urlsafe, n) == secrets_token_urlsafe_size(n));
	}
}

/* ---- Numbers: one call each, which must succeed ----------------------- */

#define TWO_26 (UINT64_C(1) << 26)
#define TWO_32 (UINT64_C(1) << 32)
#define TWO_62 (UINT64_C(1) << 62)
#define TWO_63 (UINT64_C(1) << 63)

/* The caller frees it. */
static struct guarded draw_below(uint64_t bound, size_t count)
{
	struct guarded g = guarded_new(sizeof(uint64_t) * count);
	const uint64_t *values = (const uint64_t *)g.data;
	CHECK_STATUS(SECRETS_OK, secrets_randbelow_batch(bound, (uint64_t *)g.data, count));
	for (size_t i = 0; i < count; i++)
		CHECK(values[i] < bound);
	CHECK(guarded_kept(g, g.size));
	return g;
}

static struct guarded draw_random(size_t count)
{
	struct guarded g = guarded_new(sizeof(double) * count);
	const double *values = (const double *)g.data;
	CHECK_STATUS(SECRETS_OK, secrets_random_batch((double *)g.data, count));
	for (size_t i = 0; i < count; i++)
		CHECK(0 <= values[i] && values[i] < 1);
	CHECK(guarded_kept(g, g.size));
	return g;
}

/* Returns the numbers of g times 2^53, which is exact: integers of 53 random bits. */
static uint64_t *scaled(struct guarded g)
{
	for (size_t i = 0; i < g.size / sizeof(double); i++) {
		double number = ((double *)g.data)[i] * 9007199254740992.0;
		CHECK((double)(uint64_t)number == number);
		((uint64_t *)g.data)[i] = (uint64_t)number;
	}
	return (uint64_t *)g.data;
}

/* ---- Numbers: the shape of the array ---------------------------------- */

static const uint64_t bounds[] = { 1, 2, 3, 52, 255, 256, 257, 768, 1000, 1023, 1024, 1025, 65535,
	65536, 65537, TWO_26 - 1, TWO_26, TWO_26 + 1, TWO_32 - 1, TWO_32, TWO_32 + 1, 3 * TWO_62,
	TWO_63 - 1, TWO_63, TWO_63 + 1, UINT64_MAX - 1, UINT64_MAX };

static void below_every_bound_and_count(void)
{
	for (size_t i = 0; i < COUNT(bounds); i++)
		for (size_t count = 0; count <= 70; count++)
			guarded_free(draw_below(bounds[i], count));
}

static void below_a_million(void)
{
	for (size_t i = 0; i < COUNT(bounds); i++)
		guarded_free(draw_below(bounds[i], MILLION));
}

static void below_one_bound(void)
{
	struct guarded g = draw_below(1, 1000);
	for (size_t i = 0; i < 1000; i++)
		CHECK(((uint64_t *)g.data)[i] == 0);
	guarded_free(g);
}

static void below_none(void)
{
	struct guarded g = guarded_new(64);
	for (size_t i = 0; i < COUNT(bounds); i++) {
		CHECK_STATUS(SECRETS_OK, secrets_randbelow_batch(bounds[i], NULL, 0));
		CHECK_STATUS(SECRETS_OK, secrets_randbelow_batch(bounds[i], (uint64_t *)g.data, 0));
	}
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void below_invalid(void)
{
	struct guarded g = guarded_new(64);
	uint64_t *out = (uint64_t *)g.data;
	const size_t counts[] = { 0, 1, 8, SIZE_MAX / 8 + 1, SIZE_MAX / 8 + 2, SIZE_MAX / 2, SIZE_MAX };
	for (size_t i = 0; i < COUNT(counts); i++) {
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_batch(0, NULL, counts[i]));
		CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_batch(0, out, counts[i]));
		if (counts[i] > 0)
			CHECK_STATUS(SECRETS_EINVAL, secrets_randbelow_batch(52, NULL, counts[i]));
	}
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

/* Counts whose product with 8 exceeds any object, or wraps to 0 or 8. */
static const size_t too_many[] = { PTRDIFF_MAX / 8 + 1, SIZE_MAX / 8, SIZE_MAX / 8 + 1,
	SIZE_MAX / 8 + 2, SIZE_MAX / 4 + 2, SIZE_MAX / 2, SIZE_MAX / 2 + 2, SIZE_MAX - 1, SIZE_MAX };

static void below_too_many(void)
{
	struct guarded g = guarded_new(64);
	for (size_t i = 0; i < COUNT(too_many); i++) {
		CHECK_STATUS(SECRETS_ENOSPC, secrets_randbelow_batch(1, (uint64_t *)g.data, too_many[i]));
		CHECK_STATUS(SECRETS_ENOSPC, secrets_randbelow_batch(52, (uint64_t *)g.data, too_many[i]));
		CHECK_STATUS(SECRETS_ENOSPC,
			secrets_randbelow_batch(UINT64_MAX, (uint64_t *)g.data, too_many[i]));
	}
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

/* ---- Numbers: every value is reached ---------------------------------- */

/* A value is missing at a place of an array with a probability of (51/52)^5200 < 2^-144; any of 52
   at 20 places: below 2^-133. */
static void below_reaches_all_everywhere(void)
{
	unsigned char reached[20][52] = { { 0 } };
	for (int i = 0; i < 100 * 52; i++) {
		uint64_t values[20];
		CHECK_STATUS(SECRETS_OK, secrets_randbelow_batch(52, values, 20));
		for (size_t j = 0; j < 20; j++)
			reached[j][values[j]] = 1;
	}
	CHECK(memchr(reached, 0, sizeof reached) == NULL);
}

/* ---- secrets_random_batch --------------------------------------------- */

static void random_every_count(void)
{
	for (size_t count = 0; count <= 70; count++) {
		struct guarded g = draw_random(count);
		scaled(g);
		guarded_free(g);
	}
}

static void random_a_million(void)
{
	struct guarded g = draw_random(MILLION);
	scaled(g);
	guarded_free(g);
}

/* Counts how often each bit is 1. */
static void count_bits(int ones[53], const uint64_t *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (unsigned bit = 0; bit < 53; bit++)
			ones[bit] += (int)(values[i] >> bit & 1);
}

/* A bit is the same in 128 draws with a probability of 2^-127; any of 53 at 20 places: below
   2^-116. */
static void random_every_bit_everywhere(void)
{
	int ones[20][53] = { { 0 } };
	for (int i = 0; i < 128; i++) {
		struct guarded g = draw_random(20);
		const uint64_t *values = scaled(g);
		for (size_t j = 0; j < 20; j++)
			count_bits(ones[j], values + j, 1);
		guarded_free(g);
	}
	for (size_t j = 0; j < 20; j++)
		for (unsigned bit = 0; bit < 53; bit++)
			CHECK(0 < ones[j][bit] && ones[j][bit] < 128);
}

static void random_none(void)
{
	struct guarded g = guarded_new(64);
	CHECK_STATUS(SECRETS_OK, secrets_random_batch(NULL, 0));
	CHECK_STATUS(SECRETS_OK, secrets_random_batch((double *)g.data, 0));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void random_refuses(void)
{
	struct guarded g = guarded_new(64);
	CHECK_STATUS(SECRETS_EINVAL, secrets_random_batch(NULL, 1));
	CHECK_STATUS(SECRETS_EINVAL, secrets_random_batch(NULL, MILLION));
	for (size_t i = 0; i < COUNT(too_many); i++) {
		CHECK_STATUS(SECRETS_EINVAL, secrets_random_batch(NULL, too_many[i]));
		CHECK_STATUS(SECRETS_ENOSPC, secrets_random_batch((double *)g.data, too_many[i]));
	}
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

BOTH(exact_buffer)
BOTH(larger_buffer)
BOTH(huge_out_size)
BOTH(one_byte_short)
BOTH(every_short_size)
BOTH(room_beyond_out_size)
BOTH(no_tokens)
BOTH(null)
BOTH(product_overflows)
BOTH(product_beyond_any_object)
BOTH(huge_nbytes)
BOTH(huge_out_size_and_nbytes)
BOTH(every_character)
BOTH(large)

static const struct check_case cases[] = {
	CASES(exact_buffer),
	CASES(larger_buffer),
	CASES(huge_out_size),
	CASES(one_byte_short),
	CASES(every_short_size),
	CASES(room_beyond_out_size),
	CASES(no_tokens),
	CASES(null),
	CASES(product_overflows),
	CASES(product_beyond_any_object),
	CASES(huge_nbytes),
	CASES(huge_out_size_and_nbytes),
	CASES(every_character),
	CASES(large),
	CASE(places_are_of_the_macros),
	CASE(below_every_bound_and_count),
	TAGGED(below_a_million, "slow"),
	CASE(below_one_bound),
	CASE(below_none),
	CASE(below_invalid),
	CASE(below_too_many),
	CASE(below_reaches_all_everywhere),
	CASE(random_every_count),
	CASE(random_a_million),
	CASE(random_every_bit_everywhere),
	CASE(random_none),
	CASE(random_refuses),
};

CHECK_MAIN(cases)
