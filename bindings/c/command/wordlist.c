/* SPDX-License-Identifier: MIT */
/*
 * Word lists as they are published: in lines, with numbers for dice, comments, signed. The rules
 * are in docs/passwords-and-keys.md.
 */
#include "command.h"

#include <stdlib.h>
#include <string.h>

#define SIGNED "-----BEGIN PGP SIGNED MESSAGE-----"
#define SIGNATURE "-----BEGIN PGP SIGNATURE-----"
#define SIGNATURE_END "-----END PGP SIGNATURE-----"

struct entry {
	const char *word;
	size_t line;
};

/* Where a line is: before any text, among words, or in a part of a signed text. */
enum place { BEFORE, WORDS, HEADERS, SIGNED_WORDS, IN_SIGNATURE, BEHIND };

struct reader {
	struct entry *entries;
	size_t nentries;
	enum place place;
	size_t line;  /* that is being read */
	size_t begin; /* of a signed text */
	size_t first; /* with a word */
	int numbered; /* whether that has a number */
	int capitalized;
};

/* ---- Faults ------------------------------------------------------------ */

static int by_word(const void *a, const void *b)
{
	const struct entry *x = (const struct entry *)a, *y = (const struct entry *)b;
	int order = strcmp(x->word, y->word);
	return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static int complain_of(size_t line, const char *what, size_t other)
{
	if (other > 0)
		return complain(FAILED, "--wordlist: line %zu %s line %zu", line, what, other);
	return complain(FAILED, "--wordlist: line %zu %s", line, what);
}

/* find_repeated sorts the words, and complains of the first line that repeats one. */
static int find_repeated(struct reader *r)
{
	size_t line = 0, other = 0;
	qsort(r->entries, r->nentries, sizeof *r->entries, by_word);
	for (size_t i = 1; i < r->nentries; i++) {
		const struct entry *entry = &r->entries[i];
		if (strcmp(entry[-1].word, entry->word) == 0 && (line == 0 || entry->line < line)) {
			line = entry->line;
			other = entry[-1].line;
		}
	}
	return line == 0 ? DONE : complain_of(line, "repeats the word of", other);
}

/* fault complains of a line, unless an earlier one is repeated: that is found at the end only. */
static int fault(struct reader *r, size_t line, const char *what, size_t other)
{
	int error = find_repeated(r);
	return error != DONE ? error : complain_of(line, what, other);
}

/* ---- Lines ------------------------------------------------------------- */

static int is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static int is_empty(const char *text)
{
	return *text == '\0' || *text == '#';
}

static int has_control_character(const struct line *line)
{
	for (size_t i = 0; i < line->size; i++) {
		unsigned char c = (unsigned char)line->text[i];
		if ((c < ' ' && c != '\t') || c == 0x7F)
			return 1;
	}
	return 0;
}

/* trimmed returns the text without blanks around it, and ends it by a NUL. */
static char *trimmed(char *text, size_t size)
{
	while (size > 0 && is_blank(text[size - 1]))
		size--;
	text[size] = '\0';
	while (is_blank(*text))
		text++;
	return text;
}

static int take_word(struct reader *r, char *text)
{
	size_t digits = strspn(text, "0123456789");
	int numbered = digits > 0 && is_blank(text[digits]);
	if (r->first == 0) {
		r->first = r->line;
		r->numbered = numbered;
	}
	if (r->numbered && digits > 0 && text[digits] == '\0')
		return fault(r, r->line, "has a number and no word", 0);
	if (numbered != r->numbered)
		return fault(r, r->line, numbered ? "has a number, unlike" : "has no number, unlike",
			r->first);
	if (numbered)
		text = trimmed(text + digits, strlen(text + digits));
	if (strpbrk(text, " \t") != NULL)
		return fault(r, r->line, "has a blank within the word", 0);
	if (r->capitalized)
		capitalize(text);
	r->entries[r->nentries].word = text;
	r->entries[r->nentries++].line = r->line;
	return DONE;
}

/* take_signed takes a line of a signed text. Those that begin with a dash are escaped there. */
static int take_signed(struct reader *r, char *text)
{
	if (strcmp(text, SIGNATURE) == 0) {
		r->place = IN_SIGNATURE;
		return DONE;
	}
	if (strncmp(text, "- ", 2) == 0)
		text = trimmed(text + 2, strlen(text + 2));
	return is_empty(text) ? DONE : take_word(r, text);
}

/* take_content takes a line without blanks around it. */
static int take_content(struct reader *r, char *text)
{
	switch (r->place) {
	case BEFORE:
		if (strcmp(text, SIGNED) == 0) {
			r->place = HEADERS;
			r->begin = r->line;
			return DONE;
		}
		r->place = is_empty(text) ? BEFORE : WORDS;
		return is_empty(text) ? DONE : take_word(r, text);
	case WORDS:
		return is_empty(text) ? DONE : take_word(r, text);
	case HEADERS:
		r->place = *text == '\0' ? SIGNED_WORDS : HEADERS;
		return DONE;
	case SIGNED_WORDS:
		return take_signed(r, text);
	case IN_SIGNATURE:
		r->place = strcmp(text, SIGNATURE_END) == 0 ? BEHIND : IN_SIGNATURE;
		return DONE;
	default:
		return is_empty(text) ? DONE : fault(r, r->line, "stands after the signature", 0);
	}
}

static int take_line(struct reader *r, struct line line)
{
	if (!is_utf8(line.text, line.size))
		return fault(r, r->line, "is not UTF-8", 0);
	size_t mark = r->line == 1 && strncmp(line.text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	line.text += mark;
	line.size -= mark;
	line.size -= line.size > 0 && line.text[line.size - 1] == '\r';
	if (has_control_character(&line))
		return fault(r, r->line, "has a control character in it", 0);
	return take_content(r, trimmed((char *)line.text, line.size));
}

/* ---- Lists ------------------------------------------------------------- */

static int read_lines(struct reader *r, const struct input *input)
{
	int error = DONE;
	for (size_t i = 0; i < input->nlines && error == DONE; i++) {
		r->line = i + 1;
		error = take_line(r, input->lines[i]);
	}
	if (error != DONE)
		return error;
	if (r->place == HEADERS || r->place == SIGNED_WORDS || r->place == IN_SIGNATURE)
		return fault(r, r->begin, "begins a signed text of which the end is missing", 0);
	if (r->nentries == 0)
		return complain(FAILED, "--wordlist: there is no word");
	return find_repeated(r);
}

static int read_entries(struct reader *r, struct wordlist *list)
{
	const struct input *input = &list->input;
	r->entries = (struct entry *)calloc(input->nlines + 1, sizeof *r->entries);
	list->words = (const char **)calloc(input->nlines + 1, sizeof *list->words);
	if (r->entries == NULL || list->words == NULL)
		return complain(FAILED, "--wordlist: out of memory");
	int error = read_lines(r, input);
	for (size_t i = 0; i < r->nentries && error == DONE; i++)
		list->words[list->nwords++] = r->entries[i].word;
	return error;
}

int read_wordlist(struct wordlist *list, const char *name, int capitalized)
{
	struct reader reader;
	memset(&reader, 0, sizeof reader);
	reader.capitalized = capitalized;
	int error = read_input(&list->input, name);
	if (error == DONE)
		error = split_lines(&list->input);
	if (error == DONE)
		error = read_entries(&reader, list);
	free(reader.entries);
	return error;
}

void drop_wordlist(struct wordlist *list)
{
	drop_input(&list->input);
	free(list->words);
	memset(list, 0, sizeof *list);
}
