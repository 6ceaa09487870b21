/* SPDX-License-Identifier: MIT */
/* libsecrets passphrase: random words, with what some sites demand around them. */
#include "command.h"

#include <stdlib.h>
#include <string.h>

static struct {
	size_t nwords, bits;
	struct style style;
	const char *file;
} asked;

static struct wordlist list;
static size_t nseparators;    /* the characters of style.separators */
static size_t separator_size; /* of the longest separator, or more */

/* ---- What is between and behind the words ------------------------------- */

static int set_separators(struct style *style)
{
	const secrets_class all = { style->separators, 0 };
	if (style->separator != NULL && style->separators != NULL)
		return complain(MISUSED, "--separator and --separators exclude each other");
	if (style->separator == NULL)
		style->separator = " ";
	separator_size = strlen(style->separator);
	if (style->separators == NULL)
		return DONE;
	if (secrets_password_size(1, &all, 1) == 0)
		return complain(MISUSED, "--separators: CHARS are none, or one is repeated");
	separator_size = strlen(style->separators);
	for (const char *c = style->separators; *c != '\0'; c += utf8_size(c))
		nseparators++;
	return DONE;
}

static int append_separator(char **out)
{
	const char *separator = asked.style.separator;
	size_t size = strlen(separator);
	int status = SECRETS_OK;
	if (nseparators > 0) {
		uint64_t skipped = 0;
		status = secrets_randbelow(nseparators, &skipped);
		for (separator = asked.style.separators; skipped > 0; skipped--)
			separator += utf8_size(separator);
		size = utf8_size(separator);
	}
	memcpy(*out, separator, size);
	*out += size;
	return status;
}

static void append_word(char **out, const char **words)
{
	size_t size = strcspn(*words, "\n");
	memcpy(*out, *words, size);
	if (asked.style.capitalize)
		capitalize(*out);
	*out += size;
	*words += size + 1;
}

/* compose writes one passphrase of words that have newlines between them, and moves on to those
   behind. One number says which word the digit follows, and which digit that is. */
static int compose(char *out, const char **words)
{
	uint64_t digit = 0;
	int status = asked.style.digit ? secrets_randbelow(10 * asked.nwords, &digit) : SECRETS_OK;
	for (size_t i = 0; i < asked.nwords && status == SECRETS_OK; i++) {
		append_word(&out, words);
		if (asked.style.digit && i == digit / 10)
			*out++ = (char)('0' + digit % 10);
		if (i + 1 < asked.nwords)
			status = append_separator(&out);
	}
	*out = '\0';
	secrets_wipe(&digit, sizeof digit);
	return status;
}

/* ---- Passphrases --------------------------------------------------------- */

/* words_size returns the size of the words of n passphrases, with newlines between them. */
static size_t words_size(size_t n)
{
	return secrets_passphrase_size(asked.nwords * n, "\n", list.words, list.nwords);
}

/* entropy returns the bits of all draws. One of n has as many as one word from a list of n. */
static double entropy(void)
{
	double bits = secrets_passphrase_entropy(asked.nwords, list.nwords);
	if (asked.style.digit)
		bits += secrets_passphrase_entropy(1, 10 * asked.nwords);
	if (nseparators > 0)
		bits += secrets_passphrase_entropy(asked.nwords - 1, nseparators);
	return bits;
}

/* draw gets all words by one call, as each call looks through a list of our own. */
static int draw(char *out, size_t size, size_t n)
{
	size_t room = words_size(n);
	char *words = (char *)malloc(room);
	const char *next = words;
	int status = words == NULL ? SECRETS_ENOMEM : SECRETS_OK;
	if (status == SECRETS_OK)
		status = secrets_passphrase(words, room, asked.nwords * n, "\n", list.words, list.nwords);
	for (size_t i = 0; i < n && status == SECRETS_OK; i++)
		status = compose(out + i * size, &next);
	secrets_wipe(words, room);
	free(words);
	return status;
}

static int print_passphrases(void)
{
	if (asked.bits > 0)
		asked.nwords = secrets_passphrase_words((double)asked.bits, list.nwords);
	if (asked.nwords == 0)
		return complain(FAILED, "--bits: the list has one word, which has no entropy");
	if (!is_readable(&list, &asked.style))
		return complain(list.nwords == 0 ? MISUSED : FAILED,
			"two draws could read the same: choose another separator, or none with a digit");
	size_t size = words_size(1) + (asked.nwords - 1) * separator_size + 1;
	return print_results("passphrase", entropy(), size, draw);
}

static int run(int narguments, char **arguments)
{
	(void)narguments, (void)arguments;
	if (asked.nwords > 0 && asked.bits > 0)
		return complain(MISUSED, "--words and --bits exclude each other");
	if (asked.nwords == 0 && asked.bits == 0)
		asked.nwords = 6;
	int error = set_separators(&asked.style);
	if (error == DONE && asked.file != NULL)
		error = read_wordlist(&list, asked.file, asked.style.capitalize);
	if (error == DONE)
		error = print_passphrases();
	drop_wordlist(&list);
	return error;
}

static const struct option options[] = {
	{ "--words", "N", "how many words (6)", take_size, &asked.nwords },
	{ "--bits", "B", "as many words as have B bits of entropy", take_size, &asked.bits },
	{ "--separator", "TEXT", "the text between words (a space)", take_text,
		&asked.style.separator },
	{ "--separators", "CHARS", "one of these between words, drawn each time", take_text,
		&asked.style.separators },
	{ "--capitalize", NULL, "begin each word with a capital letter", take_flag,
		&asked.style.capitalize },
	{ "--digit", NULL, "a digit behind one of the words", take_flag, &asked.style.digit },
	{ "--wordlist", "FILE", "words of your own, as libsecrets(1) says", take_file, &asked.file },
};

const struct command passphrase_command = { "passphrase", "", "random words",
	"Prints words of the large list of the EFF, 12.9 bits each, or of your own list.", 0, 0,
	options, LENGTH(options), COUNT | ENTROPY, run };
