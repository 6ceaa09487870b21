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

#endif
