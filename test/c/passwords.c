/* SPDX-License-Identifier: MIT */
/* The section "Passwords" of secrets.h. */
#include "recipes.h"

#include <math.h>

#define MOST 16 /* classes */

struct policy {
	size_t nclasses;
	secrets_class classes[MOST];
};

/* Policies that are valid for every length from the sum of their minimums. The widest characters
   are in a class with a minimum, in one without, and in several. */
static const struct policy policies[] = {
	{ 0, { { NULL, 0 } } },
	{ 1, { { "x", 0 } } },
	{ 1, { { "x", 3 } } },
	{ 1, { { SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS SECRETS_PUNCTUATION, 0 } } },
	{ 2, { { "a", 0 }, { "b", 0 } } },
	{ 2, { { "a", 1 }, { "b", 1 } } },
	{ 3, { { "", 0 }, { "a", 1 }, { "", 0 } } },
	{ 3, { { SECRETS_LOWERCASE, 1 }, { SECRETS_UPPERCASE, 1 }, { SECRETS_DIGITS, 3 } } },
	{ 4,
		{ { SECRETS_LOWERCASE, 1 }, { SECRETS_UPPERCASE, 1 }, { SECRETS_DIGITS, 1 },
			{ SECRETS_PUNCTUATION, 1 } } },
	{ 1, { { "é✓😀", 2 } } },
	{ 2, { { "é", 2 }, { "ab", 0 } } },
	{ 3, { { "é✓", 2 }, { "ab", 3 }, { "😀", 0 } } },
	{ 4, { { "a😀", 0 }, { "é", 2 }, { "✓", 0 }, { "b", 1 } } },
	{ 16,
		{ { "a", 1 }, { "b", 1 }, { "c", 1 }, { "d", 1 }, { "e", 1 }, { "f", 1 }, { "g", 1 },
			{ "h", 1 }, { "i", 1 }, { "j", 1 }, { "k", 1 }, { "l", 1 }, { "m", 1 }, { "n", 1 },
			{ "o", 1 }, { "é", 1 } } },
};

static const secrets_class letters_and_digits = {
	SECRETS_DIGITS SECRETS_LOWERCASE SECRETS_UPPERCASE, 0
};

/* The policy for a ten-character password in Python's documentation. */
static const secrets_class recipe[3] = {
	{ SECRETS_LOWERCASE, 1 },
	{ SECRETS_UPPERCASE, 1 },
	{ SECRETS_DIGITS, 3 },
};

/* ---- What a password has to be ---------------------------------------- */

/* Returns the size in bytes of the first character of text. */
static size_t width(const char *text)
{
	unsigned char first = (unsigned char)*text;
	return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static size_t widest(const char *text)
{
	size_t most = 0;
	for (; *text != '\0'; text += width(text))
		if (width(text) > most)
			most = width(text);
	return most;
}

/* Returns the size that the longest password needs: every minimum in the widest characters of its
   class, the rest in the widest of all. */
static size_t longest(size_t length, const secrets_class *classes, size_t nclasses)
{
	size_t rest = length, size = 1, most = 0;
	if (nclasses == 0)
		return length + 1;
	for (size_t i = 0; i < nclasses; i++) {
		size_t w = widest(classes[i].characters);
		most = w > most ? w : most;
		size += w * classes[i].min;
		rest -= classes[i].min;
	}
	return size + rest * most;
}

/* Returns the class of the first character of text; nclasses if there is none. */
static size_t class_of(const char *text, const secrets_class *classes, size_t nclasses)
{
	char character[5] = { 0 };
	size_t i = 0;
	memcpy(character, text, width(text));
	while (i < nclasses && strstr(classes[i].characters, character) == NULL)
		i++;
	return i;
}

/* Counts the characters by class, and returns their number. */
static size_t count_classes(size_t counts[MOST], const char *password, const secrets_class *classes,
	size_t nclasses)
{
	size_t length = 0;
	memset(counts, 0, MOST * sizeof *counts);
	for (; *password != '\0'; password += width(password), length++) {
		size_t i = class_of(password, classes, nclasses);
		CHECK(i < nclasses);
		counts[i]++;
	}
	return length;
}

static void check_satisfied(const char *password, size_t length, const secrets_class *classes,
	size_t nclasses)
{
	size_t counts[MOST];
	if (nclasses == 0) {
		check_satisfied(password, length, &letters_and_digits, 1);
		return;
	}
	CHECK(count_classes(counts, password, classes, nclasses) == length);
	for (size_t i = 0; i < nclasses; i++)
		CHECK(counts[i] >= classes[i].min);
}

/* After the NUL nothing of the password is left, and nothing beyond size was written. */
static void check_behind(struct guarded g, size_t size)
{
	size_t front = g.pages_size - g.size;
	for (size_t i = strlen((const char *)g.data) + 1; i < size; i++)
		CHECK(g.data[i] == 0 || g.data[i] == pattern_byte(front + i));
	CHECK(guarded_kept(g, size));
}

/* One call with a buffer of room bytes, whose size it passes as out_size. The caller frees it. */
static struct guarded draw_into(size_t room, size_t out_size, size_t length,
	const secrets_class *classes, size_t nclasses)
{
	struct guarded g = guarded_new(room);
	CHECK_STATUS(SECRETS_OK, secrets_password((char *)g.data, out_size, length, classes, nclasses));
	check_satisfied((const char *)g.data, length, classes, nclasses);
	check_behind(g, longest(length, classes, nclasses));
	return g;
}

static void check_password(size_t room, size_t out_size, size_t length, const struct policy *policy)
{
	guarded_free(draw_into(room, out_size, length, policy->classes, policy->nclasses));
}

/* Calls rule for every policy, with lengths from the sum of its minimums. */
static void for_all(void (*rule)(size_t length, const struct policy *policy), size_t more)
{
	for (size_t i = 0; i < COUNT(policies); i++) {
		size_t least = 0;
		for (size_t j = 0; j < policies[i].nclasses; j++)
			least += policies[i].classes[j].min;
		for (size_t length = least; length <= least + more; length++)
			rule(length, &policies[i]);
	}
}

/* ---- Sizes ------------------------------------------------------------ */

static size_t size_for(size_t length, const struct policy *policy)
{
	return longest(length, policy->classes, policy->nclasses);
}

static void check_size(size_t length, const struct policy *policy)
{
	errno = CHECK_ERRNO;
	CHECK(secrets_password_size(length, policy->classes, policy->nclasses) ==
		size_for(length, policy));
	CHECK(errno == CHECK_ERRNO);
}

static void sizes(void)
{
	for_all(check_size, 70);
	for (size_t length = 0; length <= 100; length++)
		CHECK(secrets_password_size(length, NULL, 0) == length + 1);
	CHECK(secrets_password_size((size_t)1 << 40, NULL, 0) == ((size_t)1 << 40) + 1);
	CHECK(secrets_password_size(256, recipe, 3) == 257);
}

static void check_exact(size_t length, const struct policy *policy)
{
	check_password(size_for(length, policy), size_for(length, policy), length, policy);
}

static void exact_buffer(void)
{
	for_all(check_exact, 70);
}

static void check_larger(size_t length, const struct policy *policy)
{
	for (size_t more = 1; more < 9; more++)
		check_password(size_for(length, policy) + more, size_for(length, policy) + more, length,
			policy);
}

static void larger_buffer(void)
{
	for_all(check_larger, 9);
}

/* Sizes that no object has, which callers pass for "enough". */
static void check_enough(size_t length, const struct policy *policy)
{
	check_password(size_for(length, policy), SIZE_MAX, length, policy);
	check_password(size_for(length, policy), SIZE_MAX / 2 + 1, length, policy);
	check_password(size_for(length, policy), SIZE_MAX / 2, length, policy);
}

static void huge_out_size(void)
{
	for_all(check_enough, 9);
}

/* One call for which the buffer is too small. */
static void check_no_space(size_t room, size_t out_size, size_t length,
	const secrets_class *classes, size_t nclasses)
{
	struct guarded g = guarded_new(room);
	CHECK_STATUS(SECRETS_ENOSPC,
		secrets_password((char *)g.data, out_size, length, classes, nclasses));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void check_short(size_t length, const struct policy *policy)
{
	size_t size = size_for(length, policy);
	check_no_space(size - 1, size - 1, length, policy->classes, policy->nclasses);
	check_no_space(size + 9, size - 1, length, policy->classes, policy->nclasses);
	CHECK_STATUS(SECRETS_ENOSPC,
		secrets_password(NULL, 0, length, policy->classes, policy->nclasses));
}

/* Also if the password that would have been drawn is shorter than the longest. */
static void one_byte_short(void)
{
	for_all(check_short, 70);
}

static void check_every_short(size_t length, const struct policy *policy)
{
	for (size_t out_size = 0; out_size < size_for(length, policy); out_size++)
		check_no_space(out_size, out_size, length, policy->classes, policy->nclasses);
}

static void every_short_size(void)
{
	for_all(check_every_short, 5);
}

static void empty(void)
{
	const secrets_class nothing[2] = { { "", 0 }, { "", 0 } };
	for (size_t n = 0; n <= 2; n++) {
		CHECK(secrets_password_size(0, nothing, n) == 1);
		CHECK(secrets_password_entropy(0, nothing, n) == 0);
		guarded_free(draw_into(1, 1, 0, nothing, n));
		guarded_free(draw_into(9, 9, 0, nothing, n));
		check_no_space(0, 0, 0, nothing, n);
		check_no_space(1, 0, 0, nothing, n);
		CHECK_STATUS(SECRETS_ENOSPC, secrets_password(NULL, 0, 0, nothing, n));
	}
}

/* ---- Errors ----------------------------------------------------------- */

/* Arguments that are an error with any buffer. */
static void check_invalid(size_t length, const secrets_class *classes, size_t nclasses)
{
	struct guarded g = untouched();
	char *out = (char *)g.data;
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(out, 128, length, classes, nclasses));
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(out, 1, length, classes, nclasses));
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(out, 0, length, classes, nclasses));
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(out, SIZE_MAX, length, classes, nclasses));
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(NULL, 0, length, classes, nclasses));
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(NULL, 64, length, classes, nclasses));
	CHECK(guarded_kept(g, 0));
	errno = CHECK_ERRNO;
	double bits = secrets_password_entropy(length, classes, nclasses);
	CHECK(secrets_password_size(length, classes, nclasses) == 0 && bits != bits);
	CHECK(errno == CHECK_ERRNO);
}

static void null_out(void)
{
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(NULL, 1, 0, NULL, 0));
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(NULL, 9, 8, NULL, 0));
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(NULL, SIZE_MAX, 8, NULL, 0));
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(NULL, SIZE_MAX, SIZE_MAX, NULL, 0));
	CHECK_STATUS(SECRETS_EINVAL, secrets_password(NULL, 11, 10, recipe, 3));
}

static void null_classes(void)
{
	const size_t numbers[] = { 1, 2, 16, 17, SIZE_MAX / 16, SIZE_MAX / 16 + 1, SIZE_MAX };
	for (size_t i = 0; i < COUNT(numbers); i++) {
		check_invalid(0, NULL, numbers[i]);
		check_invalid(8, NULL, numbers[i]);
	}
}

static void null_characters(void)
{
	for (size_t n = 1; n <= MOST; n++)
		for (size_t i = 0; i < n; i++) {
			struct policy policy = policies[COUNT(policies) - 1];
			policy.classes[i].characters = NULL;
			check_invalid(16, policy.classes, n);
			policy.classes[i].min = 0;
			check_invalid(16, policy.classes, n);
			check_invalid(0, policy.classes, n);
		}
}

/* There are 17 classes, whatever the number passed: no more are read. */
static void too_many_classes(void)
{
	const size_t numbers[] = { 17, 18, 64, SIZE_MAX / 16 + 1, SIZE_MAX / 2 + 1, SIZE_MAX };
	struct guarded g = guarded_new(17 * sizeof(secrets_class));
	secrets_class *classes = (secrets_class *)(void *)g.data;
	const char *characters = "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q";
	for (size_t i = 0; i < 17; i++) {
		classes[i].characters = characters + 2 * i;
		classes[i].min = 0;
	}
	guarded_free(draw_into(41, 41, 40, classes, 16));
	for (size_t i = 0; i < COUNT(numbers); i++) {
		check_invalid(0, classes, numbers[i]);
		check_invalid(40, classes, numbers[i]);
	}
	guarded_free(g);
}

static void repeated_within(void)
{
	const char *bad[] = { "aa", "aba", "abcdefghijklmnopqrstuvwxyza", SECRETS_PUNCTUATION "~", "éé",
		"aéa", "é✓😀é", "😀abc😀", "✓✓", "\x01\x01", "\177b\177" };
	for (size_t i = 0; i < COUNT(bad); i++)
		for (size_t min = 0; min < 2; min++) {
			secrets_class classes[2] = { { bad[i], min }, { "5", min } };
			check_invalid(8, classes, 1);
			check_invalid(8, classes, 2);
			check_invalid(0, classes, 1);
		}
}

/* The character of each of 16 classes repeats that of each other one. */
static void repeated_across(void)
{
	const char *characters[MOST] = { "a", "b", "é", "c", "d", "✓", "e", "f", "g", "😀", "h", "i",
		"j", "k", "l", "m" };
	for (size_t i = 0; i < MOST; i++)
		for (size_t j = 0; j < MOST; j++) {
			secrets_class classes[MOST];
			for (size_t k = 0; k < MOST; k++) {
				classes[k].characters = characters[k == j ? i : k];
				classes[k].min = (i + k) % 2;
			}
			if (i == j)
				guarded_free(draw_into(longest(16, classes, MOST), SIZE_MAX, 16, classes, MOST));
			else
				check_invalid(16, classes, MOST);
		}
}

/* One class is ASCII and the other is not. */
static void repeated_across_kinds(void)
{
	const secrets_class classes[][2] = {
		{ { "abc", 0 }, { "éc", 0 } },
		{ { "éc", 1 }, { "abc", 0 } },
		{ { "é", 1 }, { "aé", 1 } },
		{ { "x✓é", 0 }, { "😀é", 0 } },
		{ { SECRETS_DIGITS, 3 }, { "é7", 0 } },
	};
	for (size_t i = 0; i < COUNT(classes); i++)
		check_invalid(8, classes[i], 2);
}

/* Before, between and after valid characters, in each of three classes. */
static void check_bad_text(const char *bad)
{
	const char *formats[] = { "%s", "%sx", "x%s", "x%sy", "é%s", "%sé" };
	for (size_t i = 0; i < COUNT(formats); i++)
		for (size_t place = 0; place < 3; place++) {
			char text[32];
			secrets_class classes[3] = { { "abc", 1 }, { "def", 0 }, { "ghi", 1 } };
			snprintf(text, sizeof text, formats[i], bad);
			classes[place].characters = text;
			check_invalid(8, classes + place, 1);
			check_invalid(8, classes, 3);
			check_invalid(0, classes + place, 1);
		}
}

static void classes_not_utf8(void)
{
	for (size_t i = 0; i < COUNT(not_utf8); i++)
		check_bad_text(not_utf8[i]);
}

/* The first and the last character of each width, those beside the surrogates, and the
   replacement character. */
static void utf8_to_its_edges(void)
{
	static const char characters[] =
		"\x01\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbd\xef\xbf\xbe"
		"\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf";
	const secrets_class edges = { characters, 0 };
	CHECK(secrets_password_size(100, &edges, 1) == 401);
	guarded_free(draw_into(401, 401, 100, &edges, 1));
}

static void no_characters(void)
{
	const secrets_class classes[][3] = {
		{ { "", 0 }, { "", 0 }, { "", 0 } },
		{ { "", 1 }, { "a", 0 }, { "b", 0 } },
		{ { "a", 0 }, { "b", 3 }, { "", 1 } },
		{ { "a", 1 }, { "", 7 }, { "b", 0 } },
		{ { "", 1 }, { "", 1 }, { "", 1 } },
	};
	for (size_t i = 0; i < COUNT(classes); i++) {
		check_invalid(8, classes[i], 3);
		check_invalid(1, classes[i], 3);
	}
	check_invalid(8, classes[0], 1);
	check_invalid(SIZE_MAX, classes[0], 3);
	check_invalid(0, classes[1], 1);
}

/* The minimums of 4 classes, and a length that they exceed; some sums wrap to something small. */
static void minimums_over_length(void)
{
	const size_t half = SIZE_MAX / 2 + 1;
	const size_t rows[][5] = {
		{ 1, 0, 0, 0, 0 },
		{ 3, 3, 3, 3, 11 },
		{ 0, 0, 0, 9, 8 },
		{ 9, 0, 0, 0, 8 },
		{ 2, 2, 2, 2, 7 },
		{ SIZE_MAX, 0, 0, 0, 8 },
		{ SIZE_MAX, 2, 0, 0, 8 },
		{ 2, SIZE_MAX, 0, 0, 1 },
		{ half, half, 0, 0, 8 },
		{ half, half, 1, 1, 8 },
		{ half / 2, half / 2, half / 2, half / 2, 8 },
		{ half, half, half, half, 8 },
		{ SIZE_MAX, SIZE_MAX, SIZE_MAX, 3, 8 },
		{ 8, SIZE_MAX, 0, 1, 8 },
		{ half - 1, half - 1, 2, 0, 10000 },
		{ half - 1, 0, 0, 0, 8 },
		{ half, half, 0, 0, SIZE_MAX },
		{ 0, 0, 0, SIZE_MAX, half },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const secrets_class classes[4] = {
			{ "a", rows[i][0] },
			{ "bc", rows[i][1] },
			{ "é", rows[i][2] },
			{ "d", rows[i][3] },
		};
		check_invalid(rows[i][4], classes, 4);
	}
}

/* A single class may have any minimum. That no object can be as long is reported after that. */
static void minimum_over_any_length(void)
{
	const size_t lengths[] = { 0, 1, 8, 10001, SIZE_MAX / 2 - 1, SIZE_MAX / 2, SIZE_MAX / 2 + 1,
		SIZE_MAX - 2, SIZE_MAX - 1 };
	for (size_t i = 0; i < COUNT(lengths); i++) {
		const secrets_class one_more = { "a", lengths[i] + 1 }, any = { "é", SIZE_MAX };
		check_invalid(lengths[i], &one_more, 1);
		check_invalid(lengths[i], &any, 1);
	}
}

static void too_long_to_count(void)
{
	const size_t lengths[] = { 257, 258, 65536, (size_t)1 << 32, SIZE_MAX / 2, SIZE_MAX / 2 + 1,
		SIZE_MAX };
	const secrets_class classes[][2] = {
		{ { "a", 1 }, { "b", 0 } },
		{ { "a", 0 }, { "b", 1 } },
		{ { "a", 128 }, { "b", 129 } },
	};
	for (size_t i = 0; i < COUNT(lengths); i++)
		for (size_t j = 0; j < COUNT(classes); j++)
			check_invalid(lengths[i], classes[j], 2);
}

/* Nothing has to be counted without a minimum, or with one class. */
static void longer_without_counting(void)
{
	const secrets_class several[2] = { { "ab", 0 }, { "é", 0 } }, one = { "abc", 10001 };
	guarded_free(draw_into(100001, 100001, 100000, NULL, 0));
	guarded_free(draw_into(200001, 200001, 100000, several, 2));
	guarded_free(draw_into(100001, 100001, 100000, &one, 1));
}

/* Lengths at which a careless product with the width wraps to something small, and fits; and
   those that no object can have. */
static void huge_lengths(void)
{
	const char *characters[] = { "a", "é", "✓", "😀", "a😀" };
	const size_t lengths[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2 + 2, SIZE_MAX / 2 + 1,
		SIZE_MAX / 2 };
	for (size_t i = 0; i < COUNT(characters); i++)
		for (size_t j = 0; j < COUNT(lengths); j++)
			for (size_t min = 0; min < 3; min++) {
				const secrets_class class_ = { characters[i], min };
				check_no_space(64, 64, lengths[j], &class_, 1);
				check_no_space(64, SIZE_MAX, lengths[j], &class_, 1);
				CHECK_STATUS(SECRETS_ENOSPC, secrets_password(NULL, 0, lengths[j], &class_, 1));
			}
}

static void huge_lengths_have_no_size(void)
{
	const size_t lengths[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2 + 2, SIZE_MAX / 2 + 1,
		SIZE_MAX / 2 };
	const secrets_class two[2] = { { "a", 0 }, { "é", 0 } };
	for (size_t i = 0; i < COUNT(lengths); i++)
		for (size_t n = 0; n <= 2; n++) {
			double bits = secrets_password_entropy(lengths[i], two, n);
			CHECK(secrets_password_size(lengths[i], two, n) == 0 && bits != bits);
		}
}

static void huge_products(void)
{
	for (size_t w = 2; w <= 4; w++)
		for (size_t more = 0; more < 9; more++) {
			const secrets_class class_ = { w == 2 ? "é" : w == 3 ? "✓" : "😀", 0 };
			size_t length = SIZE_MAX / w - 4 + more;
			check_no_space(64, 64, length, &class_, 1);
			check_no_space(64, SIZE_MAX, length, &class_, 1);
			CHECK(secrets_password_size(length, &class_, 1) == 0);
		}
}

/* ---- Arguments are only read ------------------------------------------ */

/* Each text and the array are read-only, and followed by a guard page. */
static void arguments_read_only(void)
{
	for (size_t i = 1; i < COUNT(policies); i++) {
		size_t n = policies[i].nclasses;
		struct guarded g = guarded_new(n * sizeof(secrets_class));
		secrets_class *classes = (secrets_class *)(void *)g.data;
		for (size_t j = 0; j < n; j++) {
			classes[j].characters = guarded_text(policies[i].classes[j].characters);
			classes[j].min = policies[i].classes[j].min;
		}
		CHECK(mprotect(g.pages, g.pages_size, PROT_READ) == 0);
		size_t size = longest(32, classes, n);
		CHECK(secrets_password_size(32, classes, n) == size);
		guarded_free(draw_into(size, size, 32, classes, n));
	}
}

static void header_example(void)
{
	const secrets_class classes[] = {
		{ SECRETS_LOWERCASE, 1 },
		{ SECRETS_UPPERCASE, 1 },
		{ SECRETS_DIGITS, 3 },
	};
	char password[10 + 1];
	CHECK_STATUS(SECRETS_OK, secrets_password(password, sizeof password, 10, classes, 3));
	check_satisfied(password, 10, classes, 3);
}

/* Together they are the printable ASCII characters, except for the space. */
static void macros(void)
{
	char ascii[127 - ' '];
	for (int c = ' ' + 1; c < 127; c++)
		ascii[c - ' ' - 1] = (char)c;
	CHECK(sizeof SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS SECRETS_PUNCTUATION == 94 + 1);
	CHECK(memcmp(SECRETS_LOWERCASE, ascii + 'a' - '!', 26) == 0 && sizeof SECRETS_LOWERCASE == 27);
	CHECK(memcmp(SECRETS_UPPERCASE, ascii + 'A' - '!', 26) == 0 && sizeof SECRETS_UPPERCASE == 27);
	CHECK(memcmp(SECRETS_DIGITS, ascii + '0' - '!', 10) == 0 && sizeof SECRETS_DIGITS == 11);
	for (size_t i = 0, j = 0; i < 94; i++)
		if (strchr(SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS, ascii[i]) == NULL)
			CHECK(ascii[i] == SECRETS_PUNCTUATION[j++]);
}

/* The letters and digits without those that look alike; none may be repeated in a policy. */
static void unambiguous(void)
{
	const char *all = SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS, *alike = "0Oo1lI2Z5S8B";
	const char *others[] = { SECRETS_LOWERCASE, SECRETS_UPPERCASE, SECRETS_DIGITS,
		SECRETS_UNAMBIGUOUS };
	CHECK(sizeof SECRETS_UNAMBIGUOUS == 50 + 1 && strlen(all) - strlen(alike) == 50);
	for (const char *c = all; *c != '\0'; c++)
		CHECK(among(*c, SECRETS_UNAMBIGUOUS) == !among(*c, alike));
	for (size_t i = 0; i < COUNT(others); i++) {
		const secrets_class both[2] = { { SECRETS_UNAMBIGUOUS, 0 }, { others[i], 0 } };
		check_invalid(8, both, 2);
		guarded_free(draw_into(9, 9, 8, both, 1));
	}
}

/* ---- Policies that are hard to meet ----------------------------------- */

static void check_often(size_t length, const secrets_class *classes, size_t nclasses, int draws)
{
	size_t size = longest(length, classes, nclasses);
	CHECK(secrets_password_size(length, classes, nclasses) == size);
	while (draws-- > 0)
		guarded_free(draw_into(size, size, length, classes, nclasses));
}

/* Of all strings one in 10^8, in 16^16 / 16!, or in 11^255 meets the policy. */
static void rare(void)
{
	const secrets_class digits[2] = {
		{ SECRETS_DIGITS, 8 },
		{ SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_PUNCTUATION, 0 },
	};
	const secrets_class all_but_one[2] = { { "a", 255 }, { SECRETS_DIGITS, 0 } };
	const secrets_class halves[2] = { { "é", 128 }, { "b", 128 } };
	const secrets_class all[2] = { { "a", 256 }, { SECRETS_DIGITS, 0 } };
	check_often(8, digits, 2, 100);
	check_often(16, policies[COUNT(policies) - 1].classes, 16, 100);
	check_often(256, all_but_one, 2, 20);
	check_often(256, halves, 2, 20);
	check_often(256, all, 2, 2);
}

/* Fills classes with texts of 1, 2, 3, ... characters from U+0100 on. */
static void make_classes(secrets_class classes[MOST], char text[MOST][2 * MOST + 1], size_t min)
{
	unsigned code = 0x100;
	for (size_t i = 0; i < MOST; i++) {
		memset(text[i], 0, 2 * MOST + 1);
		for (size_t j = 0; j <= i; j++, code++) {
			text[i][2 * j] = (char)(0xc0 | code >> 6);
			text[i][2 * j + 1] = (char)(0x80 | (code & 0x3f));
		}
		classes[i].characters = text[i];
		classes[i].min = min;
	}
}

static void largest_policy(void)
{
	secrets_class classes[MOST];
	char text[MOST][2 * MOST + 1];
	make_classes(classes, text, 1);
	check_often(256, classes, MOST, 1);
}

/* The minimums add up to the length, or to less. */
static void large_policies(void)
{
	secrets_class classes[MOST];
	char text[MOST][2 * MOST + 1];
	make_classes(classes, text, 16);
	check_often(256, classes, MOST, 3);
	make_classes(classes, text, 15);
	check_often(256, classes, MOST, 3);
	check_often(240, classes, MOST, 3);
}

/* ---- Every character is reached --------------------------------------- */

/* By place, class and index in the class. */
static unsigned char seen[16][MOST][40];

static void note(const char *password, const secrets_class *classes, size_t nclasses)
{
	for (size_t place = 0; *password != '\0'; place++) {
		char character[5] = { 0 };
		size_t i = class_of(password, classes, nclasses);
		memcpy(character, password, width(password));
		seen[place][i][strstr(classes[i].characters, character) - classes[i].characters] = 1;
		password += width(password);
	}
}

static void check_seen(size_t length, const secrets_class *classes, size_t nclasses)
{
	for (size_t place = 0; place < length; place++)
		for (size_t i = 0; i < nclasses; i++)
			for (const char *c = classes[i].characters; *c != '\0'; c += width(c))
				CHECK(seen[place][i][c - classes[i].characters]);
}

static void check_reaches(size_t length, const secrets_class *classes, size_t nclasses, int draws)
{
	char password[4 * 16 + 1];
	memset(seen, 0, sizeof seen);
	while (draws-- > 0) {
		CHECK_STATUS(SECRETS_OK,
			secrets_password(password, sizeof password, length, classes, nclasses));
		note(password, classes, nclasses);
	}
	check_seen(length, classes, nclasses);
}

/* 162 of the 1536 passwords have 😀 at a given place, and no character is in fewer. One is missing
   with a probability of (1 - 162/1536)^1024 < 2^-164; any of 7 at 4 places: below 2^-159. */
static void reaches_all_of_any_width(void)
{
	const secrets_class classes[3] = { { "é✓a", 1 }, { "bß", 1 }, { "😀c", 0 } };
	check_reaches(4, classes, 3, 1024);
}

/* Letters and digits: (61/62)^4096 < 2^-96, for 62 at 16 places below 2^-86. */
static void reaches_all_by_default(void)
{
	const secrets_class *all = &letters_and_digits;
	char password[17];
	unsigned char reached[16][62] = { { 0 } };
	for (int i = 0; i < 4096; i++) {
		CHECK_STATUS(SECRETS_OK, secrets_password(password, sizeof password, 16, NULL, 0));
		for (size_t place = 0; place < 16; place++)
			reached[place][strchr(all->characters, password[place]) - all->characters] = 1;
	}
	CHECK(memchr(reached, 0, sizeof reached) == NULL);
}

/* ---- Entropy ---------------------------------------------------------- */

static int near(double a, double b)
{
	return a - b <= 1e-9 && b - a <= 1e-9;
}

static void check_entropy(double expected, size_t length, const secrets_class *classes,
	size_t nclasses)
{
	errno = CHECK_ERRNO;
	CHECK(near(secrets_password_entropy(length, classes, nclasses), expected));
	CHECK(errno == CHECK_ERRNO);
}

/* Without minimums; with a minimum of 1, of all but one, and of all characters. */
static void entropy_by_formula(void)
{
	for (size_t n = 1; n <= 100; n++) {
		const secrets_class one[2] = { { "a", 1 }, { "b", 0 } };
		const secrets_class but_one[2] = { { "a", n - 1 }, { SECRETS_DIGITS, 0 } };
		const secrets_class all[2] = { { SECRETS_DIGITS, n }, { "a", 0 } };
		check_entropy((double)n * log2_of(62), n, NULL, 0);
		check_entropy((double)n * log2_of(10), n, all, 1);
		check_entropy((double)n * log2_of(10), n, all, 2);
		check_entropy(log2_of((double)(1 + 10 * n)), n, but_one, 2);
		if (n < 53)
			check_entropy(log2_of((double)(((uint64_t)1 << n) - 1)), n, one, 2);
	}
}

/* ---- Length for wanted bits ------------------------------------------- */

static void check_length(size_t expected, double bits, const secrets_class *classes,
	size_t nclasses)
{
	errno = CHECK_ERRNO;
	CHECK(secrets_password_length(bits, classes, nclasses) == expected);
	CHECK(errno == CHECK_ERRNO);
}

static size_t minimums(const struct policy *policy)
{
	size_t sum = 0;
	for (size_t i = 0; i < policy->nclasses; i++)
		sum += policy->classes[i].min;
	return sum;
}

/* The bits of each length from the shortest on, and a little less and more. A policy of one
   character has none. */
static void lengths_for_bits(void)
{
	for (size_t i = 0; i < COUNT(policies); i++) {
		const struct policy *p = &policies[i];
		size_t least = minimums(p), n = p->nclasses;
		check_length(least, 0, p->classes, n);
		for (size_t length = least; length < least + 40; length++) {
			double bits = secrets_password_entropy(length, p->classes, n);
			double next = secrets_password_entropy(length + 1, p->classes, n);
			CHECK(bits >= 0 && next >= bits);
			check_length(bits > 0 ? length : least, bits, p->classes, n);
			if (next > 0) {
				check_length(length + 1, bits + 1e-9, p->classes, n);
				check_length(length + 1, next - 1e-9, p->classes, n);
			}
		}
	}
}

static void lengths_by_formula(void)
{
	const secrets_class bit = { "ab", 0 }, single = { "a", 9 }, many = { "ab", 1000 };
	const secrets_class unambiguous_ = { SECRETS_UNAMBIGUOUS, 0 };
	check_length(0, -0.0, NULL, 0);
	check_length(22, 128, NULL, 0);
	check_length(43, 256, NULL, 0);
	check_length(23, 128, &unambiguous_, 1);
	check_length(128, 128, &bit, 1);
	check_length(1000000000, 1e9, &bit, 1);
	check_length(1000, 128, &many, 1);
	check_length(9, 0, &single, 1);
	check_length(11, 60, recipe, 3);
}

/* What has no length: bits that are no number, or that no password has, and bad classes. */
static void no_length(void)
{
	const double bad[] = { -1e-300, -1, 1e9 + 1, 1e300, HUGE_VAL, -HUGE_VAL, NAN };
	const secrets_class single = { "a", 9 }, empty_ = { "", 0 }, twice = { "aa", 0 };
	const secrets_class more[2] = { { "a", 1 }, { "b", 256 } },
						rest[2] = { { "a", 1 }, { "b", 0 } };
	const secrets_class huge[2] = { { "ab", SIZE_MAX }, { "cd", SIZE_MAX / 2 } };
	for (size_t i = 0; i < COUNT(bad); i++) {
		check_length(0, bad[i], NULL, 0);
		check_length(0, bad[i], recipe, 3);
	}
	check_length(0, 1, &single, 1);
	check_length(0, 1, &empty_, 1);
	check_length(0, 1, &twice, 1);
	check_length(0, 1, more, 2);
	check_length(256, 255.99, rest, 2);
	check_length(0, 256.01, rest, 2);
	check_length(0, 1e9, rest, 2);
	check_length(0, 1, huge, 1);
	check_length(0, 1, huge, 2);
	check_length(0, 1, huge + 1, 1);
	check_length(0, 1, NULL, 1);
	check_length(0, 1, NULL, SIZE_MAX);
	check_length(0, 1, recipe, MOST + 1);
}

/* ---- The table of all languages --------------------------------------- */

static size_t parse_classes(secrets_class classes[MOST + 1], char *text)
{
	char *parts[MOST + 1], *end;
	if (strcmp(text, "-") == 0)
		return 0;
	size_t n = split(text, " ", parts, MOST + 1);
	for (size_t i = 0; i < n; i++) {
		classes[i].min = strtoul(parts[i], &end, 10);
		CHECK(*end == ':');
		classes[i].characters = end + 1;
	}
	return n;
}

static void check_row(size_t length, char *text, size_t size, double bits)
{
	secrets_class classes[MOST + 1];
	size_t n = parse_classes(classes, text);
	CHECK(secrets_password_size(length, classes, n) == size);
	if (size == 0) {
		check_invalid(length, classes, n);
		return;
	}
	CHECK(longest(length, classes, n) == size);
	check_entropy(bits, length, classes, n);
	CHECK(secrets_password_length(bits - 1e-9, classes, n) <= length);
	check_often(length, classes, n, 10);
}

static void check_fields(char **fields)
{
	check_row(size_of(fields[1]), fields[2], size_of(fields[3]), strtod(fields[4], NULL));
}

static void shared_table(void)
{
	CHECK(each_row("password", 5, check_fields) >= 20);
}

static const struct check_case cases[] = {
	CASE(sizes),
	CASE(exact_buffer),
	CASE(larger_buffer),
	CASE(huge_out_size),
	CASE(one_byte_short),
	CASE(every_short_size),
	CASE(empty),
	CASE(null_out),
	CASE(null_classes),
	CASE(null_characters),
	CASE(too_many_classes),
	CASE(repeated_within),
	CASE(repeated_across),
	CASE(repeated_across_kinds),
	CASE(classes_not_utf8),
	CASE(utf8_to_its_edges),
	CASE(no_characters),
	CASE(minimums_over_length),
	CASE(minimum_over_any_length),
	CASE(too_long_to_count),
	CASE(longer_without_counting),
	CASE(huge_lengths),
	CASE(huge_lengths_have_no_size),
	CASE(huge_products),
	CASE(arguments_read_only),
	CASE(header_example),
	CASE(macros),
	CASE(unambiguous),
	CASE(rare),
	TAGGED(largest_policy, "slow"),
	CASE(large_policies),
	CASE(reaches_all_of_any_width),
	CASE(reaches_all_by_default),
	CASE(entropy_by_formula),
	CASE(lengths_for_bits),
	CASE(lengths_by_formula),
	CASE(no_length),
	CASE(shared_table),
};

CHECK_MAIN(cases)
