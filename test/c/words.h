/* SPDX-License-Identifier: MIT */
/* The largest work for the runtime: a word list of the caller's, which each call sorts in memory
   of the C library. After check.h. */
#ifndef WORDS_H
#define WORDS_H

enum { WORDS = 5000 };
static const char *word_list[WORDS];

/* To be called before any thread calls: while the list is written, a call may find a word twice.
   */
static inline void make_words(void)
{
	static char words[WORDS][8];
	for (int i = 0; i < WORDS; i++) {
		snprintf(words[i], sizeof words[i], "w%d", i);
		word_list[i] = words[i];
	}
}

static inline void call_with_words(void)
{
	char phrase[64];
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(phrase, sizeof phrase, 4, NULL, word_list, WORDS));
}

#endif
