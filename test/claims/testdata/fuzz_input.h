/* SPDX-License-Identifier: MIT */
/*
 * How the bytes of a fuzzer's input become arguments. Each take_ function consumes bytes from the
 * front; after the end all are 0. The corpus depends on what a byte means here, so meanings may be
 * added but not changed.
 *
 *   size    a kind, modulo 8, and its value: 0 the next byte; 1 near what the call needs; 2 two
 *           bytes; 3 SIZE_MAX minus a byte; 4 near PTRDIFF_MAX; 5 eight bytes; 6 near the power of
 *           two in a byte; 7 near SIZE_MAX divided by a byte plus one, where a product overflows.
 *           Near means plus a signed byte.
 *   place   bit 0: the memory begins directly after a guard page, instead of ending directly
 *           before one. Bits 1 to 3 all set: NULL.
 *   output  a place, and the size that is passed to the library
 *   array   a place, and the number of elements
 *   string  a kind below 32: one of strings[], of which 0 is NULL; others: that many bytes minus
 *           32, up to the first NUL
 *   count   a number of strings or classes: a byte below 224, modulo a little more than is allowed
 *           or useful; others: a size
 */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include "check.h"

/* Little-endian, like all integers here. */
struct input {
	const uint8_t *at;
	size_t left;
};

static unsigned take_byte(struct input *in)
{
	if (in->left == 0)
		return 0;
	in->left--;
	return *in->at++;
}

static uint64_t take_number(struct input *in, int bytes)
{
	uint64_t number = 0;
	for (int i = 0; i < bytes; i++)
		number |= (uint64_t)take_byte(in) << 8 * i;
	return number;
}

/* From -128 to 127, as a size that wraps. */
static size_t take_offset(struct input *in)
{
	return (size_t)(take_byte(in) ^ 128) - 128;
}

static size_t take_size(struct input *in, size_t need)
{
	size_t divisor;
	switch (take_byte(in) % 8) {
	case 0:
		return take_byte(in);
	case 1:
		return need + take_offset(in);
	case 2:
		return (size_t)take_number(in, 2);
	case 3:
		return SIZE_MAX - take_byte(in);
	case 4:
		return (size_t)PTRDIFF_MAX + take_offset(in);
	case 5:
		return (size_t)take_number(in, 8);
	case 6:
		divisor = take_byte(in) % 64;
		return ((size_t)1 << divisor) + take_offset(in);
	default:
		divisor = take_byte(in) + 1;
		return SIZE_MAX / divisor + take_offset(in);
	}
}

static size_t times(size_t a, size_t b)
{
	return b != 0 && a > SIZE_MAX / b ? SIZE_MAX : a * b;
}

static size_t plus(size_t a, size_t b)
{
	return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

/* ---- Memory ----------------------------------------------------------- */

/* The most bytes that a call here may write or read. */
#define ROOM 4096

/* An area for each pointer argument of a call. */
enum role { OUT, FIRST, SECOND, ROLES };

/* size bytes at data, in a room that has the pattern, between guard pages. data is at the
   beginning or at the end of the room. */
struct slot {
	enum role role;
	unsigned char *room, *data;
	size_t size;
};

static struct area {
	unsigned char *start;
	size_t size;
} areas[ROLES];

static unsigned char pattern[ROOM];

static void areas_map(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), size = (ROOM + page - 1) / page * page;
	pattern_fill(pattern, ROOM);
	for (int i = 0; i < ROLES; i++) {
		void *map = mmap(NULL, size + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		CHECK(map != MAP_FAILED);
		areas[i].start = (unsigned char *)map + page;
		areas[i].size = size;
	}
}

static void protect(enum role role, int access)
{
	CHECK(mprotect(areas[role].start, areas[role].size, access) == 0);
}

static struct slot slot_new(enum role role, size_t size, int front)
{
	struct slot s;
	struct area area = areas[role];
	CHECK(size <= ROOM);
	protect(role, PROT_READ | PROT_WRITE);
	s.role = role;
	s.room = front ? area.start : area.start + area.size - ROOM;
	s.data = front ? s.room : s.room + ROOM - size;
	s.size = size;
	memcpy(s.room, pattern, ROOM);
	return s;
}

/* Whether the room is unchanged except for the first written bytes of data. */
static int slot_kept(struct slot s, size_t written)
{
	size_t front = (size_t)(s.data - s.room), behind = front + written;
	return memcmp(s.room, pattern, front) == 0 &&
		memcmp(s.room + behind, pattern + behind, ROOM - behind) == 0;
}

static int take_place(struct input *in, int *front)
{
	unsigned place = take_byte(in);
	*front = place & 1;
	return (place & 14) != 14;
}

/* ---- Outputs and arrays ----------------------------------------------- */

/* No object is as large. Sizes between ROOM and this would be used as they are, so they are made
   smaller. */
#define IMPOSSIBLE ((size_t)PTRDIFF_MAX)

struct output {
	struct slot slot;
	char *data;
	size_t told;
};

/* For a call that needs so many bytes. If the size it is told exceeds ROOM, the buffer has no
   byte that is not needed. */
static struct output take_output(struct input *in, size_t need)
{
	struct output out;
	int front, there = take_place(in, &front);
	size_t size;
	out.told = take_size(in, need);
	size = out.told;
	if (out.told > ROOM) {
		if (need > ROOM && need <= out.told && need < IMPOSSIBLE)
			out.told = ROOM;
		size = need <= ROOM ? need : 0;
	}
	out.slot = slot_new(OUT, size, front);
	out.data = there ? (char *)out.slot.data : NULL;
	return out;
}

struct array {
	struct slot slot;
	void *data;
	size_t count, total; /* elements, and bytes */
};

static struct array take_array(struct input *in, enum role role, size_t element)
{
	struct array a;
	int front, there = take_place(in, &front);
	a.count = take_size(in, ROOM / element);
	a.total = times(a.count, element);
	if (there && a.total > ROOM && a.total < IMPOSSIBLE) {
		a.count %= ROOM / element + 1;
		a.total = a.count * element;
	}
	a.slot = slot_new(role, there && a.total <= ROOM ? a.total : 0, front);
	a.data = there ? a.slot.data : NULL;
	return a;
}

/* Memory that the library may only read. */
static void array_write(struct array *a, struct input *in)
{
	for (size_t i = 0; i < a->slot.size; i++)
		a->slot.data[i] = (unsigned char)take_byte(in);
	protect(a->slot.role, PROT_READ);
}

/* ---- Strings ---------------------------------------------------------- */

static const char *const strings[32] = { NULL, "", "a", "b", "ab", "aa", SECRETS_LOWERCASE,
	SECRETS_UPPERCASE, SECRETS_DIGITS, SECRETS_PUNCTUATION,
	SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS, "\xc3\xa9", "\xe2\x9c\x93",
	"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x81\xe2\x9c\x94\xc3\xaa", "c\xc3\xab", "\xff", "\xc3",
	"\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\x80", " ", "-", "my_shop", "a_", "_a", "9a",
	"key_for_32_bytes_and_not_for_33_", "key_for_33_bytes_and_not_for_32__", "on", "one", "input" };

/* Consecutive strings, the last NUL of which is at the end of the room. */
struct texts {
	char bytes[ROOM];
	size_t used;
};

#define NO_TEXT SIZE_MAX

/* Returns where in texts the string begins, or NO_TEXT for NULL. A string that does not fit is
   cut off. */
static size_t take_string(struct input *in, struct texts *t)
{
	size_t start = t->used, kind = take_byte(in);
	if (kind == 0 || start == ROOM)
		return NO_TEXT;
	const char *from = kind < 32 ? strings[kind] : (const char *)in->at;
	size_t size = kind < 32 ? strlen(from) : kind - 32;
	if (kind >= 32) {
		size = size < in->left ? size : in->left;
		in->at += size;
		in->left -= size;
	}
	if (size > ROOM - 1 - start)
		size = ROOM - 1 - start;
	for (size_t i = 0; i < size && from[i] != '\0'; i++)
		t->bytes[t->used++] = from[i];
	t->bytes[t->used++] = '\0';
	return start;
}

static struct slot texts_write(const struct texts *t, enum role role)
{
	struct slot s = slot_new(role, t->used, 0);
	if (t->used > 0)
		memcpy(s.data, t->bytes, t->used);
	protect(role, PROT_READ);
	return s;
}

static const char *text_at(struct slot s, size_t start)
{
	return start == NO_TEXT ? NULL : (const char *)s.data + start;
}

/* A number of strings or classes: a byte below 224, modulo most + 4; others: a size. */
static size_t take_count(struct input *in, size_t most)
{
	unsigned byte = take_byte(in);
	return byte < 224 ? byte % (most + 4) : take_size(in, most);
}

#endif /* FUZZ_INPUT_H */
