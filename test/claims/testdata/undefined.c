/* SPDX-License-Identifier: MIT */
/*
 * Marks secret bytes as undefined, so that memcheck reports every branch and every address that
 * depends on one, as in Adam Langley's ctgrind. To be run by valgrind.
 */
#include "check.h"
#include "token_format.h"

#include <valgrind/memcheck.h>

enum { MOST = 100, TOKENS = 3, ROOM = TOKENS * (2 * MOST + 1) };

static unsigned char vbits(const void *byte)
{
	unsigned char bits = 0;
	CHECK(VALGRIND_GET_VBITS(byte, &bits, 1) == 1);
	return bits;
}

/* marked reports whether the marks have reached each of the bytes. Otherwise no report might only
   mean that they were lost on the way. A report removes the marks, so from then on there need not
   be any. */
static int marked(const void *bytes, size_t size)
{
	const unsigned char *all = (const unsigned char *)bytes;
	size_t n = 0;
	while (n < size && vbits(all + n) != 0)
		n++;
	return n == size || VALGRIND_COUNT_ERRORS > 0;
}

/* ---- Comparing -------------------------------------------------------- */

/* If differs is below a_size, that byte of a is another. */
static void compare(size_t a_size, size_t b_size, size_t differs)
{
	unsigned char a[2 * MOST], b[MOST], answer;
	pattern_fill(a, sizeof a);
	pattern_fill(b, sizeof b);
	if (differs < a_size)
		a[differs] ^= 1;
	VALGRIND_MAKE_MEM_UNDEFINED(a, sizeof a);
	VALGRIND_MAKE_MEM_UNDEFINED(b, sizeof b);
	answer = (unsigned char)secrets_compare_digest(a, a_size, b, b_size);
	CHECK(a_size != b_size || b_size == 0 || marked(&answer, sizeof answer));
	/* The answer is not secret. */
	VALGRIND_MAKE_MEM_DEFINED(&answer, sizeof answer);
	CHECK(answer == (a_size == b_size && differs >= a_size));
}

static void comparison(void)
{
	for (size_t size = 0; size <= MOST; size++) {
		for (size_t differs = 0; differs <= size; differs++)
			compare(size, size, differs);
		for (size_t other = 0; other <= 2 * MOST; other++)
			compare(other, size, other);
	}
}

/* ---- Tokens ----------------------------------------------------------- */

/* Defined before a call, so that every mark in it comes from what was drawn. */
static char out[ROOM];

static void clean(void)
{
	VALGRIND_MAKE_MEM_DEFINED(out, sizeof out);
	pattern_fill(out, sizeof out);
}

/* A token of that size at text: each character is marked, and the NUL is not. */
static void token(char *text, size_t size, const char *alphabet)
{
	CHECK(marked(text, size - 1));
	CHECK(vbits(text + size - 1) == 0);
	VALGRIND_MAKE_MEM_DEFINED(text, size);
	CHECK(is_token(text, size, alphabet));
}

static void bytes(void)
{
	for (size_t n = 0; n <= MOST; n++) {
		clean();
		CHECK_STATUS(SECRETS_OK, secrets_token_bytes(out, n));
		CHECK(marked(out, n) && vbits(out + n) == 0);
	}
}

static void tokens(const char *alphabet, size_t (*size)(size_t), int (*one)(char *, size_t, size_t),
	int (*batch)(char *, size_t, size_t, size_t))
{
	for (size_t n = 0; n <= MOST; n++) {
		clean();
		CHECK_STATUS(SECRETS_OK, one(out, sizeof out, n));
		token(out, size(n), alphabet);
		clean();
		CHECK_STATUS(SECRETS_OK, batch(out, sizeof out, n, TOKENS));
		for (size_t i = 0; i < TOKENS; i++)
			token(out + i * size(n), size(n), alphabet);
	}
}

static void hex(void)
{
	tokens(HEX_ALPHABET, secrets_token_hex_size, secrets_token_hex, secrets_token_hex_batch);
}

static void urlsafe(void)
{
	tokens(URLSAFE_ALPHABET, secrets_token_urlsafe_size, secrets_token_urlsafe,
		secrets_token_urlsafe_batch);
}

static const struct check_case cases[] = { CASE(comparison), CASE(bytes), CASE(hex),
	CASE(urlsafe) };

CHECK_MAIN(cases)
