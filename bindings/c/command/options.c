/* SPDX-License-Identifier: MIT */
/* The words of the command line: options in any order, as --name VALUE or --name=VALUE, and
   arguments. After "--" all words are arguments. */
#include "command.h"

#include <string.h>

struct common common = { 1, 0, 0, 0 };

static const struct option many[] = {
	{ "--count", "N", "how many to print (1)", take_size, &common.count },
};

static const struct option secret[] = {
	{ "--entropy", NULL, "print the entropy of one, in bits, to standard error", take_flag,
		&common.entropy },
};

static const struct option any[] = {
	{ "--json", NULL, "print one JSON object", take_flag, &common.json },
	{ "--help", NULL, "print this help", take_flag, &common.help },
};

/* option_of returns option i of a command, of its own or in common, or NULL behind the last. */
const struct option *option_of(const struct command *command, size_t i)
{
	const struct option *const tables[] = { command->options, many, secret, any };
	const size_t lengths[] = { command->noptions, (command->common & COUNT) != 0,
		(command->common & ENTROPY) != 0, LENGTH(any) };
	for (size_t t = 0; t < LENGTH(tables); i -= lengths[t++])
		if (i < lengths[t])
			return &tables[t][i];
	return NULL;
}

static const struct option *find(const struct command *command, const char *name, size_t size)
{
	const struct option *option;
	for (size_t i = 0; (option = option_of(command, i)) != NULL; i++)
		if (strlen(option->name) == size && memcmp(option->name, name, size) == 0)
			break;
	return option;
}

/* take_option sets the option at argv[*i], and moves *i to its last word. */
static int take_option(const struct command *command, char **argv, int *i)
{
	size_t size = strcspn(argv[*i], "=");
	const char *value = argv[*i][size] == '=' ? argv[*i] + size + 1 : NULL;
	const struct option *option = find(command, argv[*i], size);
	if (option == NULL)
		return complain(MISUSED, "%s has no such option (word %d); see libsecrets %s --help",
			command->name, *i + 2, command->name);
	if (option->value == NULL && value != NULL)
		return complain(MISUSED, "%s takes no value", option->name);
	if (option->value != NULL && value == NULL)
		value = argv[++*i];
	if (option->value != NULL && value == NULL)
		return complain(MISUSED, "%s needs a value, %s", option->name, option->value);
	return option->take(option, value);
}

/* is_option: a negative number is an argument, and so is "-". */
static int is_option(const char *word)
{
	return word[0] == '-' && word[1] != '\0' && (word[1] < '0' || '9' < word[1]);
}

/* parse sets the options that argv has, and moves its arguments to the front. */
int parse(const struct command *command, int argc, char **argv, int *narguments)
{
	int error = DONE, all = 0;
	*narguments = 0;
	for (int i = 0; error == DONE && i < argc; i++)
		if (all || !is_option(argv[i]))
			argv[(*narguments)++] = argv[i];
		else if (strcmp(argv[i], "--") == 0)
			all = 1;
		else
			error = take_option(command, argv, &i);
	return error;
}

int take_flag(const struct option *option, const char *value)
{
	(void)value;
	*(int *)option->target = 1;
	return DONE;
}

/* parse_number reads a text that consists of digits only: no sign, no space. It returns 1, or 0
   if the text is not a number from least to most. */
int parse_number(const char *text, uint64_t least, uint64_t most, uint64_t *value)
{
	uint64_t n = 0;
	const char *c = text;
	for (; '0' <= *c && *c <= '9'; c++) {
		uint64_t digit = (uint64_t)(*c - '0');
		if (digit > most || n > (most - digit) / 10)
			return 0;
		n = 10 * n + digit;
	}
	if (c == text || *c != '\0' || n < least)
		return 0;
	*value = n;
	return 1;
}

int take_size(const struct option *option, const char *value)
{
	uint64_t n;
	if (!parse_number(value, 1, MOST, &n))
		return complain(MISUSED, "%s must be a number from 1 to %d", option->name, MOST);
	*(size_t *)option->target = (size_t)n;
	return DONE;
}

int take_text(const struct option *option, const char *value)
{
	if (!is_utf8(value, strlen(value)))
		return complain(MISUSED, "%s: this is not UTF-8", option->name);
	*(const char **)option->target = value;
	return DONE;
}

int take_file(const struct option *option, const char *value)
{
	*(const char **)option->target = value;
	return DONE;
}
