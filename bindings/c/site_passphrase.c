/* SPDX-License-Identifier: MIT */
/*
 * A passphrase for a site that demands capital letters, a digit and special characters,
 * such as Ocean+Tacky3-Unwed.Cupid_Sly. The library draws every part. The entropy is
 * exact, since two draws never read the same: no word of the built-in list is a prefix of
 * another, and none has a digit in it.
 *
 * Compiles as C99 and as C++17.
 */
#include <secrets.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { WORDS = 5, WORD_SIZE = 9 + 1, SEPARATORS = 4 };

/* append_word writes a word with a capital to text, and its length to size. */
static int append_word(char *text, size_t *size)
{
	int status = secrets_passphrase(text, WORD_SIZE, 1, NULL, NULL, 0);
	if (status != SECRETS_OK)
		return status;
	text[0] = (char)toupper((unsigned char)text[0]);
	*size = strlen(text);
	return SECRETS_OK;
}

static int make(char *text)
{
	uint64_t gaps[WORDS], digit = 0; /* the gap behind the last word is not used */
	int status = secrets_randbelow_batch(SEPARATORS, gaps, WORDS);
	/* One number says which word the digit follows, and which digit that is. */
	if (status == SECRETS_OK)
		status = secrets_randbelow(10 * WORDS, &digit);
	for (size_t i = 0; i < WORDS && status == SECRETS_OK; i++) {
		size_t size = 0;
		status = append_word(text, &size);
		text += size;
		if (status == SECRETS_OK && i == digit / 10)
			*text++ = (char)('0' + digit % 10);
		if (status == SECRETS_OK && i < WORDS - 1)
			*text++ = "-_.+"[gaps[i]];
	}
	secrets_wipe(gaps, sizeof gaps);
	secrets_wipe(&digit, sizeof digit);
	return status;
}

/* entropy returns the bits of all draws. One of n has as many as one word from a list of n. */
static double entropy(void)
{
	return secrets_passphrase_entropy(WORDS, 0) + secrets_passphrase_entropy(1, 10 * WORDS) +
		secrets_passphrase_entropy(WORDS - 1, SEPARATORS);
}

int main(void)
{
	char text[WORDS * WORD_SIZE + 1]; /* each word with a separator or a NUL, and the digit */

	int status = make(text);
	if (status == SECRETS_OK)
		printf("%s  (%.1f bits)\n", text, entropy());
	else
		fprintf(stderr, "no passphrase: %s\n", secrets_strerror(status));
	secrets_wipe(text, sizeof text);
	return status != SECRETS_OK;
}
