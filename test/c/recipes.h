/* SPDX-License-Identifier: MIT */
/* What the tests of passwords, passphrases and API keys have in common. */
#ifndef RECIPES_H
#define RECIPES_H

#include "check.h"

/* Memory that no call may write to, and none has: one for all. */
static inline struct guarded untouched(void)
{
	static struct guarded g;
	if (g.size == 0)
		g = guarded_new(128);
	return g;
}

/* A string with a guard page right behind its NUL, which nobody may write to. */
static inline const char *guarded_text(const char *text)
{
	struct guarded g = guarded_new(strlen(text) + 1);
	memcpy(g.data, text, g.size);
	CHECK(mprotect(g.pages, g.pages_size, PROT_READ) == 0);
	return (const char *)g.data;
}

/* The CRC-32 of IEEE 802.3, bit by bit. */
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

/* The binary logarithm, digit by digit: libm is not linked everywhere. */
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

/* Splits text where a byte of separators stands; returns the number of parts. */
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

/* Has check look at the fields of each row of that kind; returns how many there are. */
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

/* What a field that may be empty stands for. */
static inline const char *text_of(const char *field)
{
	return strcmp(field, "''") == 0 ? "" : field;
}

static inline size_t size_of(const char *field)
{
	return strtoul(field, NULL, 10);
}

#endif
