/* SPDX-License-Identifier: MIT */
/* Shared by the tests of passwords, passphrases and API keys. */
#ifndef RECIPES_H
#define RECIPES_H

#include "check.h"

/* A buffer for calls that must not write to it: one for all. */
static inline struct guarded untouched(void)
{
	static struct guarded g;
	if (g.size == 0)
		g = guarded_new(128);
	return g;
}

/* A read-only copy of a text, followed by a guard page. */
static inline const char *guarded_text(const char *text)
{
	struct guarded g = guarded_new(strlen(text) + 1);
	memcpy(g.data, text, g.size);
	CHECK(mprotect(g.pages, g.pages_size, PROT_READ) == 0);
	return (const char *)g.data;
}

/* The CRC-32 of IEEE 802.3, computed bit by bit. */
static inline uint32_t crc32_of(const char *text, size_t size)
{
	uint32_t crc = 0xffffffff;
	for (size_t i = 0; i < size; i++) {
		crc ^= (unsigned char)text[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return crc ^ 0xffffffff;
}

/* ---- API keys --------------------------------------------------------- */

#define BASE62 "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

enum { CHECKSUM = 6 }; /* base62 digits */

static inline int among(char c, const char *characters)
{
	return c != '\0' && strchr(characters, c) != NULL;
}

/* Writes the checksum of the size bytes at text, the most significant digit first. */
static inline void write_checksum(char digits[CHECKSUM], const char *text, size_t size)
{
	uint32_t crc = crc32_of(text, size);
	for (size_t i = CHECKSUM; i-- > 0; crc /= 62)
		digits[i] = BASE62[crc % 62];
}

static inline int prefix_valid(const char *prefix, size_t size)
{
	if (size < 1 || size > 32 || !among(prefix[0], SECRETS_LOWERCASE SECRETS_UPPERCASE))
		return 0;
	for (size_t i = 0; i < size; i++)
		if (!among(prefix[i], BASE62 "_"))
			return 0;
	return 1;
}

/* What secrets_apikey_valid has to return, found in another way: from the end. */
static inline int key_valid(const char *key, size_t size)
{
	char checksum[CHECKSUM];
	size_t body = size;
	while (body > 0 && among(key[body - 1], BASE62))
		body--;
	if (body == 0 || size - body < CHECKSUM || key[body - 1] != '_' || !prefix_valid(key, body - 1))
		return 0;
	write_checksum(checksum, key, size - CHECKSUM);
	return memcmp(key + size - CHECKSUM, checksum, CHECKSUM) == 0;
}

/* ---- Texts ------------------------------------------------------------ */

/* Stray, missing and repeated continuation bytes; overlong forms; surrogates; code points beyond
   U+10FFFF; bytes that UTF-8 does not have. */
static const char *const not_utf8[] = { "\x80", "\xbf", "\xfe", "\xff", "\x80\x80", "\xc3\xa9\xa9",
	"\xc3\xc3\xa9", "\xc0\x80", "\xc1\xbf", "\xc0\xaf", "\xe0\x80\x80", "\xe0\x9f\xbf",
	"\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80", "\xed\xad\xbf", "\xed\xae\x80",
	"\xed\xbf\xbf", "\xed\xa0\xbd\xed\xb8\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
	"\xf7\xbf\xbf\xbf", "\xf8\x88\x80\x80\x80", "\xfc\x84\x80\x80\x80\x80", "\xc3", "\xe2",
	"\xe2\x9c", "\xf0", "\xf0\x9f", "\xf0\x9f\x98", "\xe2\xc3\xa9", "\xf0\x9f\xc3\xa9" };

/* The binary logarithm, computed bit by bit: libm is not linked everywhere. */
static inline double log2_of(double x)
{
	long double rest = x, digit = 1, sum = 0;
	for (; rest >= 2; rest /= 2)
		sum += 1;
	for (int i = 0; i < 50; i++) {
		digit /= 2;
		rest *= rest;
		if (rest >= 2) {
			rest /= 2;
			sum += digit;
		}
	}
	return (double)sum;
}

/* Splits text at any byte of separators, and returns the number of parts. */
static inline size_t split(char *text, const char *separators, char **parts, size_t most)
{
	size_t n = 0;
	for (char *part = strtok(text, separators); part != NULL; part = strtok(NULL, separators)) {
		CHECK(n < most);
		parts[n++] = part;
	}
	return n;
}

/* ---- The table of all languages: recipes.tsv -------------------------- */

/* Calls check with the fields of each row of that kind, and returns the number of rows. */
static inline int each_row(const char *kind, size_t nfields, void (*check)(char **fields))
{
	char line[512], *fields[8];
	int rows = 0;
	FILE *table = fopen("../vectors/recipes.tsv", "r");
	CHECK(table != NULL && nfields <= 8);
	while (fgets(line, sizeof line, table) != NULL) {
		if (strncmp(line, kind, strlen(kind)) != 0 || line[strlen(kind)] != '\t')
			continue;
		CHECK(split(line, "\t\n", fields, nfields) == nfields);
		check(fields);
		rows++;
	}
	CHECK(fclose(table) == 0);
	return rows;
}

/* Returns the text of a field that may be empty. */
static inline const char *text_of(const char *field)
{
	return strcmp(field, "''") == 0 ? "" : field;
}

static inline size_t size_of(const char *field)
{
	return strtoul(field, NULL, 10);
}

#endif
