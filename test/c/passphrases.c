/* SPDX-License-Identifier: MIT */
/* The section "Passphrases" of secrets.h. */
#include "recipes.h"

#include <math.h>

#define BUILT_IN 7776 /* words */

typedef const char *word;

/* Word lists: one word, words of many lengths and widths, words that begin or contain others. */
static const word one[] = { "one" };
static const word coins[] = { "heads", "tails" };
static const word three[] = { "a", "bb", "✓✓" };
static const word tangled[] = { "in", "put", "input", " ", "-", "in-put", "é", "éé", "😀" };

struct list {
	const word *words;
	size_t size;
};

static const struct list lists[] = {
	{ NULL, 0 },
	{ one, COUNT(one) },
	{ coins, COUNT(coins) },
	{ three, COUNT(three) },
	{ tangled, COUNT(tangled) },
};

static const word separators[] = { NULL, " ", "", "-", "--", "·✓", "😀", "in",
	"a long separator, with\nlines and\ttabs" };

/* ---- What a passphrase has to be -------------------------------------- */

static const char *said(const char *separator)
{
	return separator == NULL ? " " : separator;
}

/* Returns the size that the longest passphrase needs. */
static size_t longest(size_t nwords, const char *separator, struct list list)
{
	size_t most = list.size == 0 ? 9 : 0;
	for (size_t i = 0; i < list.size; i++)
		if (strlen(list.words[i]) > most)
			most = strlen(list.words[i]);
	return nwords == 0 ? 1 : nwords * most + (nwords - 1) * strlen(said(separator)) + 1;
}

/* Whether the first bytes of text may be a word of the built-in list. */
static int like_built_in(const char *text, size_t bytes)
{
	return bytes >= 3 && bytes <= 9 && strspn(text, SECRETS_LOWERCASE "-") >= bytes &&
		text[0] != '-' && text[bytes - 1] != '-';
}

static int in_list(const char *text, size_t bytes, struct list list)
{
	size_t i = 0;
	if (list.size == 0)
		return like_built_in(text, bytes);
	while (i < list.size &&
		(strlen(list.words[i]) != bytes || memcmp(text, list.words[i], bytes) != 0))
		i++;
	return i < list.size;
}

/* Whether text can be read as nwords words with the separator between them, in any way. */
static int readable(const char *text, size_t nwords, const char *separator, struct list list)
{
	if (nwords == 0 || strlen(text) >= longest(nwords, separator, list))
		return nwords == 0 && *text == '\0';
	for (size_t bytes = 1; bytes <= strlen(text); bytes++) {
		const char *rest = text + bytes;
		if (!in_list(text, bytes, list))
			continue;
		if (nwords == 1 ? *rest == '\0'
						: strncmp(rest, separator, strlen(separator)) == 0 &&
					readable(rest + strlen(separator), nwords - 1, separator, list))
			return 1;
	}
	return 0;
}

/* One call with a buffer of room bytes, whose size it passes as out_size. The caller frees it.
   Nothing beyond size is written, and after the NUL nothing is left of any word. */
static struct guarded draw_into(size_t room, size_t out_size, size_t nwords, const char *separator,
	struct list list)
{
	struct guarded g = guarded_new(room);
	size_t front = g.pages_size - g.size, size = longest(nwords, separator, list);
	char *out = (char *)g.data;
	CHECK_STATUS(SECRETS_OK,
		secrets_passphrase(out, out_size, nwords, separator, list.words, list.size));
	CHECK(readable(out, nwords, said(separator), list));
	for (size_t i = strlen(out) + 1; i < size; i++)
		CHECK(g.data[i] == 0 || g.data[i] == pattern_byte(front + i));
	CHECK(guarded_kept(g, size));
	return g;
}

static void check_passphrase(size_t room, size_t out_size, size_t nwords, const char *separator,
	struct list list)
{
	guarded_free(draw_into(room, out_size, nwords, separator, list));
}

/* Calls rule for every list with every separator, and up to most words. */
static void for_all(void (*rule)(size_t nwords, const char *separator, struct list list),
	size_t most)
{
	for (size_t i = 0; i < COUNT(lists); i++)
		for (size_t j = 0; j < COUNT(separators); j++)
			for (size_t nwords = 0; nwords <= most; nwords++)
				rule(nwords, separators[j], lists[i]);
}

/* ---- Sizes ------------------------------------------------------------ */

static void check_size(size_t nwords, const char *separator, struct list list)
{
	errno = CHECK_ERRNO;
	CHECK(secrets_passphrase_size(nwords, separator, list.words, list.size) ==
		longest(nwords, separator, list));
	CHECK(errno == CHECK_ERRNO);
}

static void sizes(void)
{
	for_all(check_size, 100);
	for (size_t nwords = 1; nwords <= 100; nwords++)
		CHECK(secrets_passphrase_size(nwords, "-", NULL, 0) == 10 * nwords);
	CHECK(secrets_passphrase_size((size_t)1 << 40, NULL, NULL, 0) == (size_t)10 << 40);
	CHECK(secrets_passphrase_size(0, NULL, NULL, 0) == 1);
}

static void check_exact(size_t nwords, const char *separator, struct list list)
{
	size_t size = longest(nwords, separator, list);
	check_passphrase(size, size, nwords, separator, list);
}

static void exact_buffer(void)
{
	for_all(check_exact, 12);
}

static void check_larger(size_t nwords, const char *separator, struct list list)
{
	size_t size = longest(nwords, separator, list);
	for (size_t more = 1; more < 9; more++)
		check_passphrase(size + more, size + more, nwords, separator, list);
}

static void larger_buffer(void)
{
	for_all(check_larger, 3);
}

/* Sizes that no object has, which callers pass for "enough". */
static void check_enough(size_t nwords, const char *separator, struct list list)
{
	size_t size = longest(nwords, separator, list);
	check_passphrase(size, SIZE_MAX, nwords, separator, list);
	check_passphrase(size, SIZE_MAX / 2 + 1, nwords, separator, list);
	check_passphrase(size, SIZE_MAX / 2, nwords, separator, list);
}

static void huge_out_size(void)
{
	for_all(check_enough, 3);
}

/* One call for which the buffer is too small. */
static void check_no_space(size_t room, size_t out_size, size_t nwords, const char *separator,
	struct list list)
{
	struct guarded g = guarded_new(room);
	CHECK_STATUS(SECRETS_ENOSPC,
		secrets_passphrase((char *)g.data, out_size, nwords, separator, list.words, list.size));
	CHECK(guarded_kept(g, 0));
	guarded_free(g);
}

static void check_short(size_t nwords, const char *separator, struct list list)
{
	size_t size = longest(nwords, separator, list);
	check_no_space(size - 1, size - 1, nwords, separator, list);
	check_no_space(size + 9, size - 1, nwords, separator, list);
	CHECK_STATUS(SECRETS_ENOSPC,
		secrets_passphrase(NULL, 0, nwords, separator, list.words, list.size));
}

/* Also if the passphrase that would have been drawn is shorter than the longest. */
static void one_byte_short(void)
{
	for_all(check_short, 12);
}

static void every_short_size(void)
{
	for (size_t i = 0; i < COUNT(lists); i++)
		for (size_t out_size = 0; out_size < longest(4, "·", lists[i]); out_size++)
			check_no_space(out_size, out_size, 4, "·", lists[i]);
}

static void no_words(void)
{
	for (size_t i = 0; i < COUNT(lists); i++)
		for (size_t j = 0; j < COUNT(separators); j++) {
			struct guarded g = draw_into(9, 9, 0, separators[j], lists[i]);
			CHECK(g.data[0] == '\0' && guarded_kept(g, 1));
			guarded_free(g);
			check_no_space(0, 0, 0, separators[j], lists[i]);
			check_no_space(1, 0, 0, separators[j], lists[i]);
		}
}

/* ---- Separators and lists --------------------------------------------- */

static void check_coins(const char *separator, const char *expected)
{
	char out[64];
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(out, sizeof out, 3, separator, one, 1));
	CHECK(strcmp(out, expected) == 0);
}

static void separators_between_words(void)
{
	check_coins(NULL, "one one one");
	check_coins(" ", "one one one");
	check_coins("", "oneoneone");
	check_coins("-", "one-one-one");
	check_coins("·✓", "one·✓one·✓one");
	check_coins("one", "oneoneoneoneone");
	check_coins("\x01\n\x7f", "one\x01\n\x7fone\x01\n\x7fone");
}

static void long_separator_and_words(void)
{
	static char separator[10001], words[2][5001];
	const word list[2] = { words[0], words[1] };
	const struct list both = { list, 2 };
	memset(separator, '-', sizeof separator - 1);
	memset(words[0], 'a', sizeof words[0] - 1);
	memset(words[1], 'a', sizeof words[1] - 1);
	words[1][4999] = 'b';
	CHECK(secrets_passphrase_size(5, separator, list, 2) == 65001);
	check_no_space(65000, 65000, 5, separator, both);
	struct guarded g = guarded_new(65001);
	char *out = (char *)g.data;
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(out, g.size, 5, separator, list, 2));
	CHECK(strlen(out) == 65000 && strspn(out, "a-b") == 65000);
	for (size_t i = 0; i < 5; i++)
		CHECK(strspn(out + 15000 * i, "ab") == 5000);
	guarded_free(g);
}

/* Size 0 means the built-in list, and wordlist is not read. */
static void size_0_is_built_in(void)
{
	const word bad[] = { NULL, "", "\xff" };
	const struct list none = { bad, 0 };
	CHECK(secrets_passphrase_size(4, NULL, bad, 0) == 40);
	check_passphrase(40, 40, 4, NULL, none);
	check_passphrase(40, 40, 4, NULL, lists[0]);
}

/* "word 0" to "word 9999", one per row. */
static char rows[10000][16];
static word row_words[10000];

static void make_rows(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		snprintf(rows[i], sizeof *rows, "word %u", (unsigned)i);
		row_words[i] = rows[i];
	}
}

static void large_list(void)
{
	make_rows();
	CHECK(secrets_passphrase_size(100, "\n", row_words, COUNT(rows)) == 1000);
	struct guarded g = guarded_new(1000);
	char *text = (char *)g.data, *words[100];
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(text, g.size, 100, "\n", row_words, COUNT(rows)));
	CHECK(split(text, "\n", words, 100) == 100);
	for (size_t i = 0; i < 100; i++)
		CHECK(strcmp(words[i], rows[strtoul(words[i] + 5, NULL, 10)]) == 0);
	guarded_free(g);
}

/* Each word, the separator and the array are read-only, and followed by a guard page. */
static void arguments_read_only(void)
{
	struct guarded g = guarded_new(sizeof tangled);
	word *words = (word *)(void *)g.data;
	for (size_t i = 0; i < COUNT(tangled); i++)
		words[i] = guarded_text(tangled[i]);
	CHECK(mprotect(g.pages, g.pages_size, PROT_READ) == 0);
	const struct list list = { words, COUNT(tangled) };
	for (size_t j = 1; j < COUNT(separators); j++) {
		const char *separator = guarded_text(separators[j]);
		size_t size = longest(7, separator, list);
		CHECK(secrets_passphrase_size(7, separator, words, COUNT(tangled)) == size);
		check_passphrase(size, size, 7, separator, list);
	}
}

/* ---- Errors ----------------------------------------------------------- */

static void check_invalid_for(size_t nwords, const char *separator, const word *words, size_t n)
{
	struct guarded g = untouched();
	char *out = (char *)g.data;
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(out, 128, nwords, separator, words, n));
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(out, 1, nwords, separator, words, n));
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(out, 0, nwords, separator, words, n));
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(out, SIZE_MAX, nwords, separator, words, n));
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(NULL, 0, nwords, separator, words, n));
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(NULL, 64, nwords, separator, words, n));
	CHECK(guarded_kept(g, 0));
	errno = CHECK_ERRNO;
	CHECK(secrets_passphrase_size(nwords, separator, words, n) == 0 && errno == CHECK_ERRNO);
}

/* Arguments that are an error with any buffer and any number of words. */
static void check_invalid(const char *separator, const word *words, size_t n)
{
	const size_t numbers[] = { 0, 1, 4, SIZE_MAX / 2, SIZE_MAX };
	for (size_t i = 0; i < COUNT(numbers); i++)
		check_invalid_for(numbers[i], separator, words, n);
}

static void null_out(void)
{
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(NULL, 1, 0, NULL, NULL, 0));
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(NULL, 40, 4, NULL, NULL, 0));
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(NULL, 40, 4, "-", three, 3));
	CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(NULL, SIZE_MAX, SIZE_MAX, NULL, NULL, 0));
}

static void null_wordlist(void)
{
	const size_t sizes[] = { 1, 2, 7776, SIZE_MAX / 8, SIZE_MAX / 8 + 1, SIZE_MAX / 2 + 1,
		SIZE_MAX };
	for (size_t i = 0; i < COUNT(sizes); i++)
		check_invalid(NULL, NULL, sizes[i]);
}

/* A list that no array can hold is reported after these errors. */
static void invalid_comes_first(void)
{
	const size_t sizes[] = { SIZE_MAX / 16 + 1, SIZE_MAX / 8 + 1, SIZE_MAX / 2 + 1, SIZE_MAX };
	for (size_t i = 0; i < COUNT(sizes); i++) {
		CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(NULL, 1, 4, NULL, three, sizes[i]));
		CHECK_STATUS(SECRETS_EINVAL, secrets_passphrase(NULL, 0, 4, "\xff", three, sizes[i]));
	}
}

/* bad at each place of lists of up to 9 words. */
static void check_bad_word(const char *bad)
{
	for (size_t n = 1; n <= COUNT(tangled); n++)
		for (size_t i = 0; i < n; i++) {
			word words[COUNT(tangled)];
			memcpy(words, tangled, sizeof words);
			words[i] = bad;
			check_invalid_for(4, NULL, words, n);
			check_invalid_for(0, "", words, n);
		}
}

static void bad_words(void)
{
	check_bad_word(NULL);
	check_bad_word("");
}

static void words_not_utf8(void)
{
	char text[32];
	for (size_t i = 0; i < COUNT(not_utf8); i++) {
		check_bad_word(not_utf8[i]);
		snprintf(text, sizeof text, "word%s", not_utf8[i]);
		check_bad_word(text);
		snprintf(text, sizeof text, "%sword", not_utf8[i]);
		check_bad_word(text);
	}
}

static void separator_not_utf8(void)
{
	for (size_t i = 0; i < COUNT(not_utf8); i++) {
		char text[32];
		snprintf(text, sizeof text, "é%s-", not_utf8[i]);
		check_invalid(not_utf8[i], NULL, 0);
		check_invalid(not_utf8[i], three, 3);
		check_invalid(text, NULL, 0);
		check_invalid(text, three, 3);
	}
}

/* The first and the last character of each width, and those beside the surrogates. */
static void utf8_to_its_edges(void)
{
	const word edges[] = { "\x01", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
		"\xee\x80\x80", "\xef\xbf\xbd", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf" };
	const struct list list = { edges, COUNT(edges) };
	for (size_t i = 0; i < COUNT(edges); i++)
		check_exact(5, edges[i], list);
}

/* Each of 9 words repeats each other one, by the same pointer or another. */
static void repeated_words(void)
{
	for (size_t i = 0; i < COUNT(tangled); i++)
		for (size_t j = 0; j < COUNT(tangled); j++) {
			word words[COUNT(tangled)];
			char copy[16];
			if (i == j)
				continue;
			memcpy(words, tangled, sizeof words);
			words[j] = words[i];
			check_invalid_for(4, NULL, words, COUNT(tangled));
			words[j] = strcpy(copy, words[i]);
			check_invalid_for(0, "-", words, COUNT(tangled));
		}
}

/* Two of 10,000 words are the same, however far apart. */
static void repeated_in_large_list(void)
{
	const size_t places[] = { 0, 1, 2, 4999, 5000, 9998, 9999 };
	make_rows();
	for (size_t i = 0; i < COUNT(places); i++)
		for (size_t j = 0; j < i; j++) {
			row_words[places[i]] = rows[places[j]];
			CHECK_STATUS(SECRETS_EINVAL,
				secrets_passphrase(NULL, 0, 4, NULL, row_words, COUNT(rows)));
			CHECK(secrets_passphrase_size(4, NULL, row_words, COUNT(rows)) == 0);
			row_words[places[i]] = rows[places[i]];
		}
	CHECK(secrets_passphrase_size(4, NULL, row_words, COUNT(rows)) == 40);
}

/* Numbers of words at which a careless product wraps to something small, and fits; and those that
   no object can have. */
static void huge_nwords(void)
{
	const size_t edges[] = { SIZE_MAX, SIZE_MAX / 2 + 4, SIZE_MAX / 4 + 4, SIZE_MAX / 10 + 4,
		SIZE_MAX / 9 + 4, SIZE_MAX / 12 + 4 };
	for (size_t i = 0; i < COUNT(edges); i++)
		for (size_t less = 0; less < 9; less++) {
			check_no_space(64, 64, edges[i] - less, NULL, lists[0]);
			check_no_space(64, 64, edges[i] - less, "", lists[0]);
			check_no_space(64, 64, edges[i] - less, "···", lists[1]);
			CHECK_STATUS(SECRETS_ENOSPC,
				secrets_passphrase(NULL, 0, edges[i] - less, NULL, NULL, 0));
		}
}

static void huge_nwords_have_no_size(void)
{
	const word a[] = { "a" };
	const struct list letter = { a, 1 };
	const size_t numbers[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2 + 2, SIZE_MAX / 2 + 1,
		SIZE_MAX / 2 };
	for (size_t i = 0; i < COUNT(numbers); i++) {
		check_no_space(64, SIZE_MAX, numbers[i], NULL, lists[0]);
		check_no_space(64, SIZE_MAX, numbers[i], "", letter);
		CHECK(secrets_passphrase_size(numbers[i], NULL, NULL, 0) == 0);
		CHECK(secrets_passphrase_size(numbers[i], "-", a, 1) == 0);
		CHECK(secrets_passphrase_size(numbers[i], "", a, 1) == 0);
	}
}

/* ---- The built-in list ------------------------------------------------ */

static word built_in[BUILT_IN];

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(const word *)a, *(const word *)b);
}

/* Fills built_in, in order, with the words of 60 * 7776 draws. A word is missing with a
   probability of (7775/7776)^(60 * 7776) < 2^-86; any: below 2^-73. */
static void learn_built_in(void)
{
	const size_t draws = (size_t)60 * BUILT_IN;
	static char text[10 * 60 * BUILT_IN];
	static word all[60 * BUILT_IN];
	size_t n = 0, found = 0;
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(text, sizeof text, draws, "\n", NULL, 0));
	for (char *next = strtok(text, "\n"); next != NULL; next = strtok(NULL, "\n"))
		all[n++] = next;
	CHECK(n == draws);
	qsort(all, n, sizeof *all, compare_words);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || strcmp(all[i - 1], all[i]) != 0) {
			CHECK(found < BUILT_IN);
			built_in[found++] = all[i];
		}
	CHECK(found == BUILT_IN);
}

static size_t place_of(const char *text)
{
	const word *found =
		(const word *)bsearch(&text, built_in, BUILT_IN, sizeof *built_in, compare_words);
	CHECK(found != NULL);
	return (size_t)(found - built_in);
}

/* In order, a prefix comes directly before a word that it begins. */
static void built_in_words(void)
{
	size_t shortest = 9, most = 0, hyphens = 0;
	learn_built_in();
	for (size_t i = 0; i < BUILT_IN; i++) {
		size_t bytes = strlen(built_in[i]);
		CHECK(like_built_in(built_in[i], bytes));
		CHECK(i == 0 || strncmp(built_in[i - 1], built_in[i], strlen(built_in[i - 1])) != 0);
		shortest = bytes < shortest ? bytes : shortest;
		most = bytes > most ? bytes : most;
		hyphens += strchr(built_in[i], '-') != NULL;
	}
	CHECK(shortest == 3 && most == 9 && hyphens == 4);
	CHECK(place_of("abacus") == 0 && place_of("zoom") == BUILT_IN - 1);
}

/* ---- Entropy ---------------------------------------------------------- */

static void check_entropy(double expected, size_t nwords, size_t list)
{
	errno = CHECK_ERRNO;
	double off = secrets_passphrase_entropy(nwords, list) - expected;
	double most = expected > 1 ? 1e-11 * expected : 1e-11;
	CHECK(errno == CHECK_ERRNO);
	CHECK(-most <= off && off <= most);
}

static void entropy(void)
{
	const size_t sizes[] = { 1, 2, 3, 10, 1296, 7775, 7776, 7777, 65536, (size_t)1 << 40,
		SIZE_MAX / 2 + 1 };
	const size_t numbers[] = { 0, 1, 2, 4, 6, 100, 10000, (size_t)1 << 40 };
	for (size_t i = 0; i < COUNT(numbers); i++) {
		check_entropy((double)numbers[i] * log2_of(BUILT_IN), numbers[i], 0);
		for (size_t j = 0; j < COUNT(sizes); j++)
			check_entropy((double)numbers[i] * log2_of((double)sizes[j]), numbers[i], sizes[j]);
	}
}

/* Any two numbers have an entropy, up to the largest. */
static void entropy_of_the_largest(void)
{
	check_entropy((double)SIZE_MAX, SIZE_MAX, 2);
	check_entropy((double)SIZE_MAX * log2_of(BUILT_IN), SIZE_MAX, 0);
	check_entropy((double)(SIZE_MAX / 2 + 1), SIZE_MAX / 2 + 1, 2);
	check_entropy(log2_of((double)SIZE_MAX), 1, SIZE_MAX);
	check_entropy((double)SIZE_MAX * log2_of((double)SIZE_MAX), SIZE_MAX, SIZE_MAX);
}

static void check_words(size_t expected, double bits, size_t list)
{
	errno = CHECK_ERRNO;
	CHECK(secrets_passphrase_words(bits, list) == expected);
	CHECK(errno == CHECK_ERRNO);
}

/* For as many bits as some words have, and for a little less and more. */
static void words_for_bits(void)
{
	const size_t sizes[] = { 0, 2, 3, 10, 1296, 7776, (size_t)1 << 40, SIZE_MAX };
	for (size_t i = 0; i < COUNT(sizes); i++)
		for (size_t n = 1; n < 1000; n++) {
			double bits = secrets_passphrase_entropy(n, sizes[i]);
			check_words(n, bits, sizes[i]);
			check_words(n, bits - 1e-9, sizes[i]);
			check_words(n + 1, bits + 1e-9, sizes[i]);
		}
	check_words(0, 0, 0);
	check_words(0, -0.0, 2);
	check_words(10, 128, 0);
	check_words(1000000000, 1e9, 2);
}

static void no_words_for_bits(void)
{
	const double bad[] = { -1e-300, -1, 1e9 + 1, 1e300, HUGE_VAL, -HUGE_VAL, NAN };
	for (size_t i = 0; i < COUNT(bad); i++)
		for (size_t size = 0; size < 3; size++)
			check_words(0, bad[i], size);
	check_words(0, 1, 1);
	check_words(0, 0, 1);
}

/* ---- The table of all languages --------------------------------------- */

static void check_row(size_t nwords, const char *separator, struct list list, size_t size,
	double bits)
{
	CHECK(secrets_passphrase_size(nwords, separator, list.words, list.size) == size);
	if (size == 0) {
		check_invalid_for(nwords, separator, list.words, list.size);
		return;
	}
	CHECK(longest(nwords, separator, list) == size);
	double off = secrets_passphrase_entropy(nwords, list.size) - bits;
	CHECK(-1e-9 <= off && off <= 1e-9);
	struct guarded g = guarded_new(size);
	CHECK_STATUS(SECRETS_OK,
		secrets_passphrase((char *)g.data, size, nwords, separator, list.words, list.size));
	CHECK(guarded_kept(g, size));
	guarded_free(g);
}

static void check_fields(char **fields)
{
	char *words[64];
	struct list list = { NULL, 0 };
	if (strcmp(fields[3], "-") != 0) {
		list.size = split(fields[3], " ", words, COUNT(words));
		list.words = (const word *)words;
	}
	check_row(size_of(fields[1]), text_of(fields[2]), list, size_of(fields[4]),
		strtod(fields[5], NULL));
}

static void shared_table(void)
{
	CHECK(each_row("passphrase", 6, check_fields) >= 10);
}

static const struct check_case cases[] = {
	CASE(sizes),
	CASE(exact_buffer),
	CASE(larger_buffer),
	CASE(huge_out_size),
	CASE(one_byte_short),
	CASE(every_short_size),
	CASE(no_words),
	CASE(separators_between_words),
	CASE(long_separator_and_words),
	CASE(size_0_is_built_in),
	CASE(large_list),
	CASE(arguments_read_only),
	CASE(null_out),
	CASE(null_wordlist),
	CASE(invalid_comes_first),
	CASE(bad_words),
	CASE(words_not_utf8),
	CASE(separator_not_utf8),
	CASE(utf8_to_its_edges),
	CASE(repeated_words),
	TAGGED(repeated_in_large_list, "slow"),
	CASE(huge_nwords),
	CASE(huge_nwords_have_no_size),
	CASE(built_in_words),
	CASE(entropy),
	CASE(entropy_of_the_largest),
	CASE(words_for_bits),
	CASE(no_words_for_bits),
	CASE(shared_table),
};

CHECK_MAIN(cases)
