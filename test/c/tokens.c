/* SPDX-License-Identifier: MIT */
/* The section "Tokens" of secrets.h. */
#include "check.h"
#include "token_format.h"

#define SIZES 301 /* 0 to 300 */
#define POSITIONS 48

/* The macros are constant expressions: these only have to compile. */
static char hex_array[SECRETS_TOKEN_HEX_SIZE(16)];
static char urlsafe_array[SECRETS_TOKEN_URLSAFE_SIZE(16)];
static char default_array[SECRETS_TOKEN_URLSAFE_SIZE(SECRETS_DEFAULT_ENTROPY)];

/* ---- What the two text formats have in common ------------------------- */

struct format {
	int (*token)(char *out, size_t out_size, size_t nbytes);
	size_t (*size)(size_t nbytes);
	size_t (*macro)(size_t nbytes);
	size_t group;
	const char *alphabet;
};

static size_t hex_macro(size_t nbytes)
{
	return SECRETS_TOKEN_HEX_SIZE(nbytes);
}

static size_t urlsafe_macro(size_t nbytes)
{
	return SECRETS_TOKEN_URLSAFE_SIZE(nbytes);
}

static const struct format hex = { secrets_token_hex, secrets_token_hex_size, hex_macro, HEX_GROUP,
	HEX_ALPHABET };
static const struct format urlsafe = { secrets_token_urlsafe, secrets_token_urlsafe_size,
	urlsafe_macro, URLSAFE_GROUP, URLSAFE_ALPHABET };

static size_t expected_size(const struct format *format, size_t nbytes)
{
	return token_size(nbytes, format->group);
}

/* One call that must write exactly size bytes, with a buffer of room bytes, whose size it passes
   as out_size. */
static void check_token(const struct format *format, size_t room, size_t out_size, size_t nbytes)
{
	size_t size = expected_size(format, nbytes);
	struct guarded g = guarded_new(room);
	char *out = (char *)g.data;
	CHECK_STATUS(SECRETS_OK, format->token(out, out_size, nbytes));
	CHECK(is_token(out, size, format->alphabet));
	CHECK(guarded_kept(g, size));
	guarded_free(g);
}

/* One call for which the buffer is too small. */
static void check_no_space(const struct format *format, size_t room, size_t out_size, size_t nbytes)
{
	struct guarded g = guarded_new(room);
	CHECK_STATUS(SECRETS_ENOSPC, format->token((char *)g.data, out_size, nbytes));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

/* ---- Rules for both text formats -------------------------------------- */

static void empty(const struct format *format)
{
	CHECK_STATUS(SECRETS_ENOSPC, format->token(NULL, 0, 0));
	check_no_space(format, 0, 0, 0);
	check_no_space(format, 1, 0, 0);
	check_token(format, 1, 1, 0);
	check_token(format, 9, 9, 0);
}

static void null(const struct format *format)
{
	CHECK_STATUS(SECRETS_ENOSPC, format->token(NULL, 0, 1));
	CHECK_STATUS(SECRETS_ENOSPC, format->token(NULL, 0, SIZE_MAX));
	CHECK_STATUS(SECRETS_EINVAL, format->token(NULL, 1, 0));
	CHECK_STATUS(SECRETS_EINVAL, format->token(NULL, 65, 32));
	CHECK_STATUS(SECRETS_EINVAL, format->token(NULL, SIZE_MAX, 0));
	CHECK_STATUS(SECRETS_EINVAL, format->token(NULL, SIZE_MAX, 32));
}

static void exact_buffer(const struct format *format)
{
	for (size_t n = 0; n < SIZES; n++)
		check_token(format, expected_size(format, n), expected_size(format, n), n);
}

static void one_byte_short(const struct format *format)
{
	for (size_t n = 0; n < SIZES; n++)
		check_no_space(format, expected_size(format, n) - 1, expected_size(format, n) - 1, n);
}

static void every_short_size(const struct format *format)
{
	for (size_t out_size = 0; out_size < expected_size(format, 32); out_size++)
		check_no_space(format, out_size, out_size, 32);
}

/* Only out_size counts, even if there is more room. */
static void room_beyond_out_size(const struct format *format)
{
	for (size_t n = 0; n < 33; n++)
		check_no_space(format, 300, expected_size(format, n) - 1, n);
}

static void larger_buffer(const struct format *format)
{
	for (size_t n = 0; n < 33; n++)
		for (size_t more = 1; more < 9; more++)
			check_token(format, expected_size(format, n) + more, expected_size(format, n) + more,
				n);
}

static void huge_out_size(const struct format *format)
{
	for (size_t n = 0; n < 33; n++) {
		check_token(format, expected_size(format, n), SIZE_MAX, n);
		check_token(format, expected_size(format, n), SIZE_MAX / 2 + 1, n);
		check_token(format, expected_size(format, n), SIZE_MAX / 2, n);
	}
}

/* Sizes around those at which a careless 2n + 1 or 4n / 3 wraps to something small, and fits. */
static void huge_nbytes(const struct format *format)
{
	const size_t edges[] = { SIZE_MAX, SIZE_MAX / 2 + 4, SIZE_MAX / 4 * 3 + 8, SIZE_MAX / 4 + 4,
		SIZE_MAX / 8 + 4 };
	for (size_t i = 0; i < COUNT(edges); i++)
		for (size_t less = 0; less < 9; less++) {
			check_no_space(format, 0, 0, edges[i] - less);
			check_no_space(format, 1, 1, edges[i] - less);
			check_no_space(format, 64, 64, edges[i] - less);
		}
}

/* From SIZE_MAX / 2 on, both formats need more than any object can have. */
static void huge_out_size_and_nbytes(const struct format *format)
{
	const size_t nbytes[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 4 * 3 + 2, SIZE_MAX / 2 + 1,
		SIZE_MAX / 2 };
	for (size_t i = 0; i < COUNT(nbytes); i++)
		check_no_space(format, 64, SIZE_MAX, nbytes[i]);
}

static void size_is_macro(const struct format *format)
{
	for (size_t n = 0; n <= 1000; n++) {
		CHECK(format->size(n) == expected_size(format, n));
		CHECK(format->macro(n) == expected_size(format, n));
	}
}

static void size_at_overflow(const struct format *format)
{
	/* Within these 16 the sum of n and n / group, rounded up, exceeds SIZE_MAX. */
	size_t n = (format->group == 1 ? SIZE_MAX / 2 : SIZE_MAX / 4 * 3) - 8;
	CHECK(format->size(n) != 0);
	for (size_t end = n + 16; n < end; n++)
		CHECK(format->size(n) == expected_size(format, n));
	CHECK(format->size(n) == 0);
}

static void size_of_every_magnitude(const struct format *format)
{
	for (unsigned bit = 1; bit < sizeof(size_t) * CHAR_BIT; bit++)
		for (size_t n = ((size_t)1 << bit) - 2; n <= ((size_t)1 << bit) + 2; n++)
			CHECK(format->size(n) == expected_size(format, n));
	for (size_t less = 0; less < 9; less++)
		CHECK(format->size(SIZE_MAX - less) == 0);
}

static void size_keeps_errno(const struct format *format)
{
	errno = CHECK_ERRNO;
	CHECK(format->size(16) != 0 && errno == CHECK_ERRNO);
	CHECK(format->size(SIZE_MAX) == 0 && errno == CHECK_ERRNO);
}

/* ---- Every character is reached --------------------------------------- */

static unsigned char seen[POSITIONS][256];

static void note(const void *token, size_t length)
{
	const unsigned char *bytes = (const unsigned char *)token;
	for (size_t i = 0; i < length; i++)
		seen[i][bytes[i]] = 1;
}

/* At each position exactly the characters of the alphabet occurred. */
static void check_seen(const void *alphabet, size_t count, size_t length)
{
	for (size_t i = 0; i < length; i++)
		for (int value = 0; value < 256; value++)
			CHECK(seen[i][value] == (memchr(alphabet, value, count) != NULL));
	memset(seen, 0, sizeof seen); /* for another case in this process */
}

/* A character is missing at a position with a probability of (63/64)^4096 or less. At 48
   positions of 64 characters: below 2^12 * 2^-93 = 2^-81. 24 bytes, as a multiple of 3 leaves no
   padding bits in base64url. */
static void every_character(const struct format *format)
{
	char token[POSITIONS + 1];
	size_t length = expected_size(format, 24) - 1;
	CHECK(length <= POSITIONS);
	for (int i = 0; i < 4096; i++) {
		CHECK_STATUS(SECRETS_OK, format->token(token, sizeof token, 24));
		note(token, length);
	}
	check_seen(format->alphabet, strlen(format->alphabet), length);
}

/* A value is missing at a position with a probability of (255/256)^16384. At 48 positions of 256
   values: below 2^14 * 2^-92 = 2^-78. */
static void bytes_every_value(void)
{
	unsigned char values[256], token[POSITIONS];
	for (int i = 0; i < 256; i++)
		values[i] = (unsigned char)i;
	for (int i = 0; i < 16384; i++) {
		CHECK_STATUS(SECRETS_OK, secrets_token_bytes(token, sizeof token));
		note(token, sizeof token);
	}
	check_seen(values, sizeof values, sizeof token);
}

/* ---- Macros ----------------------------------------------------------- */

static void macros_as_array_bounds(void)
{
	CHECK(sizeof hex_array == 33 && sizeof urlsafe_array == 23);
	CHECK_STATUS(SECRETS_OK, secrets_token_hex(hex_array, sizeof hex_array, 16));
	CHECK_STATUS(SECRETS_OK, secrets_token_urlsafe(urlsafe_array, sizeof urlsafe_array, 16));
	CHECK_STATUS(SECRETS_OK,
		secrets_token_urlsafe(default_array, sizeof default_array, SECRETS_DEFAULT_ENTROPY));
	CHECK(strlen(hex_array) == 32 && strlen(urlsafe_array) == 22);
	CHECK(strlen(default_array) == sizeof default_array - 1);
}

static void macros_take_expressions(void)
{
	CHECK(SECRETS_TOKEN_HEX_SIZE(1 + 2) == 7);
	CHECK(2 * SECRETS_TOKEN_HEX_SIZE(3) == 14);
	CHECK(SECRETS_TOKEN_URLSAFE_SIZE(1 + 3) == 7);
	CHECK(2 * SECRETS_TOKEN_URLSAFE_SIZE(1 ? 4 : 0) == 14);
	CHECK(SECRETS_DEFAULT_ENTROPY >= 32);
}

/* ---- Bytes ------------------------------------------------------------ */

static void bytes_empty(void)
{
	struct guarded g = guarded_new(0);
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(NULL, 0));
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(g.data, 0));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void bytes_null(void)
{
	CHECK_STATUS(SECRETS_EINVAL, secrets_token_bytes(NULL, 1));
	CHECK_STATUS(SECRETS_EINVAL, secrets_token_bytes(NULL, 32));
	CHECK_STATUS(SECRETS_EINVAL, secrets_token_bytes(NULL, SIZE_MAX));
}

static void bytes_too_many(void)
{
	struct guarded g = guarded_new(64);
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_bytes(g.data, SIZE_MAX));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_bytes(g.data, SIZE_MAX - 1));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_bytes(g.data, SIZE_MAX / 2 + 2));
	CHECK_STATUS(SECRETS_ENOSPC, secrets_token_bytes(g.data, SIZE_MAX / 2 + 1));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void bytes_beyond_are_kept(void)
{
	struct guarded g = guarded_new(SIZES);
	/* Upwards, so that each call finds the pattern behind it intact. */
	for (size_t n = 0; n < SIZES; n++) {
		CHECK_STATUS(SECRETS_OK, secrets_token_bytes(g.data, n));
		CHECK(guarded_kept(g, n));
	}
	guarded_free(g);
}

static void bytes_exact_buffer(void)
{
	for (size_t n = 0; n < SIZES; n++) {
		struct guarded g = guarded_new(n);
		CHECK_STATUS(SECRETS_OK, secrets_token_bytes(g.data, n));
		CHECK(guarded_kept(g, n));
		guarded_free(g);
	}
}

/* More than getrandom returns in one call (33554431 bytes), so it is called in a loop. Of 2^22
   blocks of 16 bytes two are equal with a probability below 2^43 * 2^-128 = 2^-85; a part left
   out would repeat the pattern every 251 blocks. */
static void bytes_large(void)
{
	const size_t size = (size_t)1 << 26;
	struct guarded g = guarded_new(size);
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(g.data, size));
	CHECK(repeats(g.data, 16, size / 16) == 0);
	guarded_free(g);
}

/* A part left out would still hold the pattern, which has bytes of no alphabet. */
static void large(const struct format *format)
{
	const size_t nbytes = (size_t)1 << 19;
	struct guarded g = guarded_new(expected_size(format, nbytes));
	CHECK_STATUS(SECRETS_OK, format->token((char *)g.data, g.size, nbytes));
	CHECK(is_token((const char *)g.data, g.size, format->alphabet));
	guarded_free(g);
}

BOTH(empty)
BOTH(null)
BOTH(exact_buffer)
BOTH(one_byte_short)
BOTH(every_short_size)
BOTH(room_beyond_out_size)
BOTH(larger_buffer)
BOTH(huge_out_size)
BOTH(huge_nbytes)
BOTH(huge_out_size_and_nbytes)
BOTH(every_character)
BOTH(large)
BOTH(size_is_macro)
BOTH(size_at_overflow)
BOTH(size_of_every_magnitude)
BOTH(size_keeps_errno)

static const struct check_case cases[] = {
	CASE(bytes_empty),
	CASE(bytes_null),
	CASE(bytes_exact_buffer),
	CASE(bytes_beyond_are_kept),
	CASE(bytes_too_many),
	CASE(bytes_every_value),
	TAGGED(bytes_large, "slow"),
	CASES(empty),
	CASES(null),
	CASES(exact_buffer),
	CASES(one_byte_short),
	CASES(every_short_size),
	CASES(room_beyond_out_size),
	CASES(larger_buffer),
	CASES(huge_out_size),
	CASES(huge_nbytes),
	CASES(huge_out_size_and_nbytes),
	CASES(every_character),
	CASES(large),
	CASES(size_is_macro),
	CASES(size_at_overflow),
	CASES(size_of_every_magnitude),
	CASES(size_keeps_errno),
	CASE(macros_as_array_bounds),
	CASE(macros_take_expressions),
};

CHECK_MAIN(cases)
