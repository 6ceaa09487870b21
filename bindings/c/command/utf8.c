/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
#include "command.h"

#include <string.h>

/* second_is_valid reports whether a character of several bytes may begin with these two. */
static int second_is_valid(unsigned char first, unsigned char second)
{
	switch (first) {
	case 0xE0:
		return 0xA0 <= second && second <= 0xBF;
	case 0xED:
		return 0x80 <= second && second <= 0x9F;
	case 0xF0:
		return 0x90 <= second && second <= 0xBF;
	case 0xF4:
		return 0x80 <= second && second <= 0x8F;
	default:
		return 0x80 <= second && second <= 0xBF;
	}
}

size_t utf8_size(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;
	if (c[0] < 0x80)
		return 1;
	if (c[0] < 0xC2 || 0xF4 < c[0] || !second_is_valid(c[0], c[1]))
		return 0;
	size_t size = c[0] < 0xE0 ? 2 : c[0] < 0xF0 ? 3 : 4;
	for (size_t i = 2; i < size; i++)
		if ((c[i] & 0xC0) != 0x80)
			return 0;
	return size;
}

/* is_utf8 reads no further than the byte behind the text, which is no part of a character: a NUL
   or the end of a line. */
int is_utf8(const char *text, size_t size)
{
	size_t i = 0, more = 1;
	for (; i < size && more > 0; i += more)
		more = utf8_size(text + i);
	return i == size && more > 0;
}

int is_among(const char *character, size_t size, const char *characters)
{
	for (; *characters != '\0'; characters += utf8_size(characters))
		if (strncmp(characters, character, size) == 0)
			return 1;
	return 0;
}
