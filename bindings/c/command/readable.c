/* SPDX-License-Identifier: MIT */
/*
 * Whether two passphrases could read the same, such as "in put" and "input" without a separator:
 * then their entropy would be less than stated.
 *
 * Read from left to right, a text is that of one passphrase only if each character says what it
 * belongs to. A word has been read as far as it goes if no other begins with it, or if what follows
 * cannot be in the other one. Then comes the digit, or not: nothing else there begins with a digit.
 */
#include "command.h"

#include <stdlib.h>
#include <string.h>

/* A part of a text. */
struct part {
	const char *text;
	size_t size;
};

static int by_beginning(const void *part, const void *word)
{
	const struct part *p = (const struct part *)part;
	return strncmp(p->text, *(const char *const *)word, p->size);
}

/* by_whole is the order of strcmp, which the words have. */
static int by_whole(const void *part, const void *word)
{
	const struct part *p = (const struct part *)part;
	int order = by_beginning(part, word);
	return order != 0 ? order : -((*(const char *const *)word)[p->size] != '\0');
}

static int is_found(const struct wordlist *list, const char *text, size_t size,
	int (*order)(const void *part, const void *word))
{
	const struct part part = { text, size };
	return list->nwords > 0 &&
		bsearch(&part, list->words, list->nwords, sizeof *list->words, order) != NULL;
}

/* may_follow reports whether a character may follow a word. */
static int may_follow(const char *c, const struct wordlist *list, const struct style *style)
{
	if (style->digit && '0' <= *c && *c <= '9')
		return 1;
	if (style->separators != NULL)
		return is_among(c, utf8_size(c), style->separators);
	if (*style->separator != '\0')
		return strncmp(c, style->separator, utf8_size(c)) == 0;
	return is_found(list, c, utf8_size(c), by_beginning);
}

/* is_continued reports whether another word begins this one, which may go on behind that. */
static int is_continued(const char *word, const struct wordlist *list, const struct style *style)
{
	for (const char *c = word + utf8_size(word); *c != '\0'; c += utf8_size(c))
		if (may_follow(c, list, style) && is_found(list, word, (size_t)(c - word), by_whole))
			return 1;
	return 0;
}

int is_readable(const struct wordlist *list, const struct style *style)
{
	struct style without = *style;
	without.digit = 0;
	for (const char *digit = SECRETS_DIGITS; style->digit && *digit != '\0'; digit++)
		if (may_follow(digit, list, &without))
			return 0;
	for (size_t i = 0; i < list->nwords; i++)
		if (is_continued(list->words[i], list, style))
			return 0;
	return 1;
}
