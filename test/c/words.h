/* SPDX-License-Identifier: MIT */
/* The most that a call has the runtime do: a list of words of one's own, which each call sorts in
   memory of the C library's. After check.h. */
#ifndef WORDS_H
#define WORDS_H

enum { WORDS = 5000 };
static const char *word_list[WORDS];

/* Before any thread calls: while one writes the words, another would find some repeated. */
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
