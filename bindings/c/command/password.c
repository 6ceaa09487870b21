/* SPDX-License-Identifier: MIT */
/* libsecrets password: uniform over all passwords that meet the policy. */
#include "command.h"

#include <stdlib.h>
#include <string.h>

static struct {
	size_t length, bits;
	secrets_class classes[16];
	size_t nclasses;
	const char *left_out;
	int unambiguous;
} asked;

/* ---- Classes ----------------------------------------------------------- */

static int add_class(const struct option *option, const char *min, const char *characters)
{
	secrets_class added = { characters, 0 };
	uint64_t n;
	if (!parse_number(min, 0, MOST, &n))
		return complain(MISUSED, "%s: MIN must be a number from 0 to %d", option->name, MOST);
	if (secrets_password_size(1, &added, 1) == 0)
		return complain(MISUSED, "%s: CHARS are none, or one is repeated or not UTF-8",
			option->name);
	if (asked.nclasses == LENGTH(asked.classes))
		return complain(MISUSED, "%s: there are 16 classes already", option->name);
	added.min = (size_t)n;
	asked.classes[asked.nclasses++] = added;
	return DONE;
}

/* take_class adds the characters that the option has as its target. */
static int take_class(const struct option *option, const char *value)
{
	return add_class(option, value, (const char *)option->target);
}

/* take_own_class adds the characters that come after MIN and a colon. */
static int take_own_class(const struct option *option, const char *value)
{
	char min[8] = "";
	size_t digits = strcspn(value, ":");
	if (value[digits] == '\0' || digits >= sizeof min)
		return complain(MISUSED, "%s: the value must be MIN:CHARS", option->name);
	memcpy(min, value, digits);
	return add_class(option, min, value + digits + 1);
}

/* ---- Characters that are left out -------------------------------------- */

static int is_left_out(const char *character, size_t size)
{
	static const char all[] = SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS;
	return (asked.left_out != NULL && is_among(character, size, asked.left_out)) ||
		(asked.unambiguous && is_among(character, size, all) &&
			!is_among(character, size, SECRETS_UNAMBIGUOUS));
}

/* copy_what_stays copies the characters of a class that are not left out, and a NUL. */
static char *copy_what_stays(char *out, const char *characters)
{
	for (size_t size; *characters != '\0'; characters += size) {
		size = utf8_size(characters);
		if (is_left_out(characters, size))
			continue;
		memcpy(out, characters, size);
		out += size;
	}
	*out = '\0';
	return out + 1;
}

/* leave_out puts what stays of each class in its place. It returns a buffer to free. */
static char *leave_out(void)
{
	size_t room = 1;
	for (size_t i = 0; i < asked.nclasses; i++)
		room += strlen(asked.classes[i].characters) + 1;
	char *buffer = (char *)malloc(room), *next = buffer;
	for (size_t i = 0; buffer != NULL && i < asked.nclasses; i++) {
		const char *all = asked.classes[i].characters;
		asked.classes[i].characters = next;
		next = copy_what_stays(next, all);
	}
	return buffer;
}

/* ---- Passwords --------------------------------------------------------- */

static int draw(char *out, size_t size, size_t n)
{
	int status = SECRETS_OK;
	for (size_t i = 0; i < n && status == SECRETS_OK; i++)
		status =
			secrets_password(out + i * size, size, asked.length, asked.classes, asked.nclasses);
	return status;
}

/* no_password says what is wrong with classes each of which is valid by itself. */
static int no_password(void)
{
	size_t sum = 0, all = 0;
	for (size_t i = 0; i < asked.nclasses; i++) {
		const secrets_class *class_ = &asked.classes[i];
		if (*class_->characters == '\0' && class_->min > 0)
			return complain(MISUSED, "all characters of a class with a minimum are left out");
		sum += class_->min;
		all += strlen(class_->characters);
	}
	if (all == 0)
		return complain(MISUSED, "all characters are left out");
	if (sum > asked.length)
		return complain(MISUSED, "the minimums add up to %zu, more than the length of %zu", sum,
			asked.length);
	if (sum > 0 && asked.length > 256)
		return complain(MISUSED, "with minimums the length is at most 256, not %zu", asked.length);
	return complain(MISUSED, "a character is in two classes");
}

/* set_length sets the least length that has the bits asked for. */
static int set_length(void)
{
	asked.length = secrets_password_length((double)asked.bits, asked.classes, asked.nclasses);
	if (asked.length > 0)
		return DONE;
	for (size_t i = 0; i < asked.nclasses; i++)
		asked.length += asked.classes[i].min;
	asked.length += asked.length == 0;
	if (secrets_password_size(asked.length, asked.classes, asked.nclasses) == 0)
		return no_password();
	return complain(MISUSED, "no password of these characters has so many bits");
}

static int print_passwords(void)
{
	int error = asked.bits > 0 ? set_length() : DONE;
	if (error != DONE)
		return error;
	size_t size = secrets_password_size(asked.length, asked.classes, asked.nclasses);
	if (size == 0)
		return no_password();
	return print_results("password",
		secrets_password_entropy(asked.length, asked.classes, asked.nclasses), size, draw);
}

static int run(int narguments, char **arguments)
{
	(void)narguments, (void)arguments;
	if (asked.length > 0 && asked.bits > 0)
		return complain(MISUSED, "--length and --bits exclude each other");
	if (asked.length == 0 && asked.bits == 0)
		asked.length = 16;
	if (asked.nclasses == 0) {
		asked.classes[0].characters = SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS;
		asked.nclasses = 1;
	}
	char *buffer = leave_out();
	if (buffer == NULL)
		return complain(FAILED, "no password: out of memory");
	int error = print_passwords();
	free(buffer);
	return error;
}

static const struct option options[] = {
	{ "--length", "N", "how many characters (16)", take_size, &asked.length },
	{ "--bits", "B", "as many characters as have B bits of entropy", take_size, &asked.bits },
	{ "--lower", "MIN", "lower-case letters, at least MIN", take_class, (void *)SECRETS_LOWERCASE },
	{ "--upper", "MIN", "upper-case letters, at least MIN", take_class, (void *)SECRETS_UPPERCASE },
	{ "--digits", "MIN", "digits, at least MIN", take_class, (void *)SECRETS_DIGITS },
	{ "--symbols", "MIN", "punctuation, at least MIN", take_class, (void *)SECRETS_PUNCTUATION },
	{ "--class", "MIN:CHARS", "these characters, at least MIN", take_own_class, NULL },
	{ "--exclude", "CHARS", "leave these out", take_text, &asked.left_out },
	{ "--unambiguous", NULL, "leave out 0 O o, 1 l I, 2 Z, 5 S, 8 B", take_flag,
		&asked.unambiguous },
};

const struct command password_command = { "password", "", "random characters",
	"Prints a password of letters and digits, or of the classes of characters that\n"
	"are given, with at least MIN from each. All such passwords are equally likely.",
	0, 0, options, LENGTH(options), COUNT | ENTROPY, run };
