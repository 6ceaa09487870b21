/* SPDX-License-Identifier: MIT */
/*
 * The code that a program writes if its library only has random bytes. A peer includes it after
 * fill(), and after below() and encode() if its library has those (with HAS_BELOW and HAS_HEX).
 */
#ifndef RECIPES_H
#define RECIPES_H

#include "peer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#ifndef HAS_BELOW
static uint32_t below(uint32_t bound)
{
	uint32_t word, least = -bound % bound; /* 2^32 mod bound words are rejected */
	do
		fill(&word, sizeof word);
	while (word < least);
	return word % bound;
}
#endif

static int bytes(unsigned char *room, size_t size)
{
	return fill(room, size);
}

static int number(unsigned char *room, size_t bound)
{
	if (bound > UINT32_MAX)
		return CANNOT;
	*(uint64_t *)room = below((uint32_t)bound);
	return DONE;
}

static int numbers(unsigned char *room, size_t count)
{
	for (size_t i = 0; i < count; i++)
		((uint64_t *)room)[i] = below(52);
	return DONE;
}

static int shuffle(unsigned char *room, size_t count)
{
	int *cards = (int *)room;
	for (size_t i = count - 1; i > 0; i--) {
		size_t j = below((uint32_t)i + 1);
		int card = cards[i];
		cards[i] = cards[j];
		cards[j] = card;
	}
	return DONE;
}

/* Ten distinct values: a duplicate is drawn again. */
static int sample(unsigned char *room, size_t population)
{
	size_t *indices = (size_t *)room;
	for (int i = 0, j; i < 10; i += j == i) {
		indices[i] = below((uint32_t)population);
		for (j = 0; indices[j] != indices[i]; j++)
			;
	}
	return DONE;
}

static void characters(unsigned char *room, size_t length, const char *alphabet, uint32_t size)
{
	for (size_t i = 0; i < length; i++)
		room[i] = (unsigned char)alphabet[below(size)];
	room[length] = 0;
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define MARKS "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

static int password(unsigned char *room, size_t length)
{
	characters(room, length, LETTERS DIGITS, 62);
	return DONE;
}

static int kinds(const unsigned char *password)
{
	int kinds = 0;
	for (; *password != 0; password++)
		kinds |= islower(*password) ? 1 : isupper(*password) ? 2 : isdigit(*password) ? 4 : 8;
	return kinds;
}

/* At least one character of each kind: otherwise the whole password is drawn again. */
static int policy(unsigned char *room, size_t length)
{
	do
		characters(room, length, LETTERS DIGITS MARKS, 94);
	while (kinds(room) != 15);
	return DONE;
}

/* Returns a word of a list that is made at the first call. */
static const char *word(uint32_t number)
{
	static char words[7776][8];
	if (words[0][0] == 0)
		for (int i = 0; i < 7776; i++)
			sprintf(words[i], "word%d", i % 1000);
	return words[number];
}

static int passphrase(unsigned char *room, size_t nwords)
{
	char *end = (char *)room;
	for (size_t i = 0; i < nwords; i++) {
		end = stpcpy(end, word(below(7776)));
		*end++ = ' ';
	}
	end[-1] = 0;
	return DONE;
}

/* Only the characters, without a checksum. */
static int apikey(unsigned char *room, size_t nbytes)
{
	memcpy(room, "my_shop_", 8);
	characters(room + 8, (nbytes * 8000 + 5953) / 5954, LETTERS DIGITS, 62);
	return DONE;
}

#ifdef HAS_HEX
static int hex(unsigned char *room, size_t nbytes)
{
	unsigned char token[64];
	return fill(token, nbytes) || encode((char *)room, token, nbytes);
}

static int hexes(unsigned char *room, size_t count)
{
	int failed = 0;
	for (size_t i = 0; i < count; i++)
		failed |= hex(room + 65 * i, 32);
	return failed;
}

/* The braces are no function's. */
/* clang-format off */
#define HEX { "hex", hex }, { "hexes", hexes }
#endif

#define RECIPES \
	{ "bytes", bytes }, { "below", number }, { "numbers", numbers }, { "shuffle", shuffle }, \
	{ "sample", sample }, { "password", password }, { "policy", policy }, \
	{ "passphrase", passphrase }, { "apikey", apikey }
/* clang-format on */

#endif
