/* SPDX-License-Identifier: MIT */
/* What secrets.h says about texts, computed independently in the simplest way. Sizes include the
   NUL; SIZE_MAX is one that no buffer can have. */
#ifndef FUZZ_ORACLE_H
#define FUZZ_ORACLE_H

#include "fuzz_input.h"
#include "recipes.h"
#include "token_format.h"

#include <math.h>

static size_t max_size(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* ---- Tokens ----------------------------------------------------------- */

struct format {
	const char *alphabet;
	size_t group;
};

static const struct format hex = { HEX_ALPHABET, HEX_GROUP };
static const struct format urlsafe = { URLSAFE_ALPHABET, URLSAFE_GROUP };

static size_t size_in(struct format format, size_t nbytes)
{
	size_t size = token_size(nbytes, format.group);
	return size == 0 ? SIZE_MAX : size;
}

/* ---- UTF-8 ------------------------------------------------------------ */

/* Returns the size in bytes of the first character of text; 0 if it is not valid. */
static size_t decode(const char *text, uint32_t *point)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = (unsigned char)*text;
	size_t width = 0;
	if (first < 0x80)
		width = 1;
	else if (first >= 0xc0 && first < 0xf8)
		width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	*point = width == 1 ? first : first & 0x7fu >> width;
	for (size_t i = 1; i < width; i++) {
		unsigned char byte = (unsigned char)text[i];
		if ((byte & 0xc0) != 0x80)
			return 0;
		*point = *point << 6 | (byte & 0x3f);
	}
	if (width == 0 || *point < least[width] || *point > 0x10ffff ||
		(*point >= 0xd800 && *point < 0xe000))
		return 0;
	return width;
}

static int utf8(const char *text)
{
	uint32_t point;
	size_t width = 1;
	for (; *text != '\0' && width > 0; text += width)
		width = decode(text, &point);
	return width > 0;
}

/* ---- Passwords -------------------------------------------------------- */

#define CLASSES 16
#define COUNTED 256

struct policy {
	size_t length, nclasses;
	const secrets_class *classes;
};

/* What follows from a policy. */
struct demand {
	int valid, counted;
	size_t size, characters;
};

/* The policy and class that a character belongs to: the number of the policy, times 32, and the
   class. */
static uint64_t owners[0x110000], round_number;

static uint64_t owner(size_t class)
{
	return round_number * 32 + class;
}

/* Assigns the characters of text to a class. Fails if one is not UTF-8, or is repeated. */
static int class_take(const char *text, size_t class, size_t *count, size_t *widest)
{
	uint32_t point;
	for (*count = *widest = 0; *text != '\0'; ++*count) {
		size_t width = decode(text, &point);
		if (width == 0 || owners[point] >= owner(0))
			return 0;
		owners[point] = owner(class);
		*widest = max_size(*widest, width);
		text += width;
	}
	return 1;
}

static struct policy policy_default(struct policy p)
{
	static const secrets_class letters_and_digits = { BASE62, 0 };
	if (p.nclasses == 0) {
		p.classes = &letters_and_digits;
		p.nclasses = 1;
	}
	return p;
}

/* The part that depends only on the classes. */
static struct demand classes_demand(struct policy p)
{
	struct demand d = { p.nclasses <= CLASSES && p.classes != NULL, 0, 1, 0 };
	size_t count, width, widest = 0, least = 0, groups = 0, limited = 0;
	round_number++;
	for (size_t i = 0; d.valid && i < p.nclasses; i++) {
		secrets_class class = p.classes[i];
		if (class.characters == NULL || !class_take(class.characters, i, &count, &width) ||
			(count == 0 && class.min > 0)) {
			d.valid = 0;
			break;
		}
		d.characters += count;
		groups += count > 0;
		limited += class.min > 0;
		least = plus(least, class.min);
		widest = max_size(widest, width);
		d.size = plus(d.size, times(class.min, width));
	}
	d.counted = groups > 1 && limited > 0;
	if (least > p.length || (d.characters == 0 && p.length > 0))
		d.valid = 0;
	else
		d.size = plus(d.size, times(p.length - least, widest));
	return d;
}

static struct demand policy_demand(struct policy p)
{
	struct demand d = classes_demand(policy_default(p));
	if (d.counted && p.length > COUNTED)
		d.valid = 0;
	return d;
}

/* For the policy that policy_demand was last called with. */
static void check_password(const char *password, struct policy p)
{
	size_t counts[CLASSES] = { 0 }, length = 0, width;
	uint32_t point;
	p = policy_default(p);
	for (; *password != '\0'; password += width, length++) {
		width = decode(password, &point);
		CHECK(width > 0);
		CHECK(owners[point] >= owner(0));
		counts[owners[point] - owner(0)]++;
	}
	CHECK(length == p.length);
	for (size_t i = 0; i < p.nclasses; i++)
		CHECK(counts[i] >= p.classes[i].min);
}

/* ---- Passphrases ------------------------------------------------------ */

struct phrase {
	size_t nwords, listed;
	const char *separator;
	const char *const *words;
};

static const char *separator_of(struct phrase p)
{
	return p.separator == NULL ? " " : p.separator;
}

static int words_valid(struct phrase p)
{
	if (p.words == NULL && p.listed > 0)
		return 0;
	if (times(p.listed, sizeof *p.words) >= IMPOSSIBLE)
		return 0;
	for (size_t i = 0; i < p.listed; i++) {
		if (p.words[i] == NULL || *p.words[i] == '\0' || !utf8(p.words[i]))
			return 0;
		for (size_t j = 0; j < i; j++)
			if (strcmp(p.words[i], p.words[j]) == 0)
				return 0;
	}
	return 1;
}

static int phrase_valid(struct phrase p)
{
	return words_valid(p) && utf8(separator_of(p));
}

/* The built-in words have up to 9 letters. */
static size_t phrase_size(struct phrase p)
{
	size_t longest = p.listed == 0 ? 9 : 0, separator = strlen(separator_of(p));
	for (size_t i = 0; i < p.listed; i++)
		longest = max_size(longest, strlen(p.words[i]));
	if (p.nwords == 0)
		return 1;
	/* No separator follows the last word. */
	size_t size = times(p.nwords, longest + separator);
	return size >= IMPOSSIBLE ? SIZE_MAX : size - separator + 1;
}

/* Marks in next where a word that begins at text can end. */
static void mark_ends(const char *text, struct phrase p, char *next)
{
	for (size_t i = 0; i < p.listed; i++)
		if (strncmp(text, p.words[i], strlen(p.words[i])) == 0)
			next[strlen(p.words[i])] = 1;
	for (size_t i = 0; p.listed == 0 && i < 9 && among(text[i], SECRETS_LOWERCASE "-"); i++)
		if (i >= 2)
			next[i + 1] = 1;
}

/* A word may be a prefix of another, so every place is tried at which a word can end. */
static void check_phrase(const char *text, struct phrase p)
{
	static char now[ROOM + 16], next[ROOM + 16];
	const char *separator = separator_of(p);
	size_t size = strlen(text), gap = strlen(separator);
	memset(now, 0, size + 1);
	now[0] = 1;
	for (size_t n = 0; n < p.nwords; n++) {
		memset(next, 0, size + 1);
		for (size_t i = 0; i <= size; i++) {
			if (!now[i])
				continue;
			if (n == 0)
				mark_ends(text + i, p, next + i);
			else if (strncmp(text + i, separator, gap) == 0)
				mark_ends(text + i + gap, p, next + i + gap);
		}
		memcpy(now, next, size + 1);
	}
	CHECK(now[size]);
}

/* ---- API keys --------------------------------------------------------- */

/* Returns how many digits 8 * nbytes bits need, not rounded. */
static double key_digits(size_t nbytes)
{
	return (double)nbytes * 8 / log2(62);
}

#endif /* FUZZ_ORACLE_H */
