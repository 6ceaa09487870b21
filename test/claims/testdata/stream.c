/* SPDX-License-Identifier: MIT */
/*
 * Tokens for the test batteries.
 *
 *   stream draw MIB    writes the random bytes of tokens of 32 bytes to standard output: MIB
 *                      mebibytes, or without end if that is 0. They come in turn from
 *                      secrets_token_bytes, from hexadecimal and from base64url
 *   stream repeat N    draws N tokens of 16 bytes, and fails if two are equal
 */
#include "check.h"
#include "token_format.h"

#include <signal.h>

#define TOKEN ((size_t)SECRETS_DEFAULT_ENTROPY)
#define TOKENS 2048 /* at once, in one format: 64 KiB */

static unsigned char raw[TOKENS * TOKEN];
static char text[TOKENS * SECRETS_TOKEN_HEX_SIZE(TOKEN)];

/* ---- Formats of a token, decoded -------------------------------------- */

static void draw_bytes(void)
{
	for (size_t i = 0; i < TOKENS; i++)
		CHECK_STATUS(SECRETS_OK, secrets_token_bytes(raw + i * TOKEN, TOKEN));
}

/* An alphabet of 2^width digits, and the value of each character in it, or 255. */
struct alphabet {
	const char *digits;
	unsigned width;
	unsigned char values[256];
};

static struct alphabet hex = { HEX_ALPHABET, 4, { 0 } };
static struct alphabet urlsafe = { URLSAFE_ALPHABET, 6, { 0 } };

static void find_values(struct alphabet *alphabet)
{
	memset(alphabet->values, 255, sizeof alphabet->values);
	for (unsigned i = 0; i < 1U << alphabet->width; i++)
		alphabet->values[(unsigned char)alphabet->digits[i]] = (unsigned char)i;
}

/* Writes the bytes of the token that the digits encode. */
static void decode(unsigned char *token, const char *digits, const struct alphabet *alphabet)
{
	unsigned held = 0, bits = 0;
	for (size_t n = 0; n < TOKEN; digits++) {
		unsigned value = alphabet->values[(unsigned char)*digits];
		CHECK(value != 255);
		held = held << alphabet->width | value;
		bits += alphabet->width;
		if (bits >= 8) {
			bits -= 8;
			token[n++] = (unsigned char)(held >> bits);
		}
	}
}

static void draw_hex(void)
{
	CHECK_STATUS(SECRETS_OK, secrets_token_hex_batch(text, sizeof text, TOKEN, TOKENS));
	for (size_t i = 0; i < TOKENS; i++)
		decode(raw + i * TOKEN, text + i * SECRETS_TOKEN_HEX_SIZE(TOKEN), &hex);
}

static void draw_urlsafe(void)
{
	CHECK_STATUS(SECRETS_OK, secrets_token_urlsafe_batch(text, sizeof text, TOKEN, TOKENS));
	for (size_t i = 0; i < TOKENS; i++)
		decode(raw + i * TOKEN, text + i * SECRETS_TOKEN_URLSAFE_SIZE(TOKEN), &urlsafe);
}

/* ---- Commands --------------------------------------------------------- */

static void draw(size_t mebibytes)
{
	void (*const forms[])(void) = { draw_bytes, draw_hex, draw_urlsafe };
	signal(SIGPIPE, SIG_DFL); /* the reader may stop, which ends this program */
	find_values(&hex);
	find_values(&urlsafe);
	size_t left = mebibytes == 0 ? SIZE_MAX : mebibytes * (1 << 20) / sizeof raw;
	for (size_t i = 0; i < left; i++) {
		forms[i % 3]();
		CHECK(fwrite(raw, sizeof raw, 1, stdout) == 1);
	}
	CHECK(fflush(stdout) == 0);
}

static void repeat(size_t count)
{
	unsigned char(*tokens)[16] = (unsigned char(*)[16])malloc(count * sizeof *tokens);
	CHECK(count > 0 && tokens != NULL);
	for (size_t i = 0; i < count; i++)
		CHECK_STATUS(SECRETS_OK, secrets_token_bytes(tokens + i, sizeof *tokens));
	size_t found = repeats(tokens, sizeof *tokens, count);
	printf("%zu repeats\n", found);
	exit(found != 0);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "draw") == 0)
		draw((size_t)strtoull(argv[2], NULL, 10));
	else if (argc == 3 && strcmp(argv[1], "repeat") == 0)
		repeat((size_t)strtoull(argv[2], NULL, 10));
	else
		return 2;
	return 0;
}
