/* SPDX-License-Identifier: MIT */
/* Capital letters, as Unicode has them for the Latin, Greek and Cyrillic scripts. C knows others
   only by a locale. */
#include "command.h"

/* Letters with the distance to their capitals: all of a range, or every second one. */
static const struct range {
	unsigned first, last, step;
	int distance;
} ranges[] = {
	{ 'a', 'z', 1, -32 },
	{ 0x00E0, 0x00F6, 1, -32 }, /* Latin-1 */
	{ 0x00F8, 0x00FE, 1, -32 },
	{ 0x00FF, 0x00FF, 1, 121 },
	{ 0x0101, 0x012F, 2, -1 }, /* Latin Extended-A */
	{ 0x0133, 0x0137, 2, -1 },
	{ 0x013A, 0x0148, 2, -1 },
	{ 0x014B, 0x0177, 2, -1 },
	{ 0x017A, 0x017E, 2, -1 },
	{ 0x03AC, 0x03AC, 1, -38 }, /* Greek */
	{ 0x03AD, 0x03AF, 1, -37 },
	{ 0x03B1, 0x03C1, 1, -32 },
	{ 0x03C2, 0x03C2, 1, -31 },
	{ 0x03C3, 0x03CB, 1, -32 },
	{ 0x03CC, 0x03CC, 1, -64 },
	{ 0x03CD, 0x03CE, 1, -63 },
	{ 0x0430, 0x044F, 1, -32 }, /* Cyrillic */
	{ 0x0450, 0x045F, 1, -80 },
};

static unsigned capital(unsigned letter)
{
	for (size_t i = 0; i < LENGTH(ranges); i++) {
		const struct range *r = &ranges[i];
		if (r->first <= letter && letter <= r->last && (letter - r->first) % r->step == 0)
			return (unsigned)((int)letter + r->distance);
	}
	return letter;
}

/* capitalize makes the first letter of a word a capital, which has as many bytes. */
void capitalize(char *word)
{
	unsigned char *c = (unsigned char *)word;
	if (c[0] < 0x80) {
		c[0] = (unsigned char)capital(c[0]);
	} else if (utf8_size(word) == 2) {
		unsigned letter = capital((c[0] & 0x1Fu) << 6 | (c[1] & 0x3Fu));
		c[0] = (unsigned char)(0xC0 | letter >> 6);
		c[1] = (unsigned char)(0x80 | (letter & 0x3F));
	}
}
