/* SPDX-License-Identifier: MIT */
/* libsecrets choose and shuffle: from the arguments or, without any, the lines of a file. */
#include "command.h"

#include <stdlib.h>
#include <string.h>

static struct {
	const char *file;
	int repeat;
	size_t most; /* that shuffle prints, or 0 */
} asked;

static int take_arguments(struct input *items, int narguments, char **arguments)
{
	items->lines = (struct line *)calloc((size_t)narguments, sizeof *items->lines);
	if (items->lines == NULL)
		return complain(FAILED, "out of memory");
	for (; items->nlines < (size_t)narguments; items->nlines++) {
		items->lines[items->nlines].text = arguments[items->nlines];
		items->lines[items->nlines].size = strlen(arguments[items->nlines]);
	}
	return DONE;
}

static int read_items(struct input *items, int narguments, char **arguments)
{
	if (narguments > 0 && asked.file != NULL)
		return complain(MISUSED, "--file and arguments exclude each other");
	int error = narguments > 0 ? take_arguments(items, narguments, arguments)
							   : read_input(items, asked.file);
	if (error == DONE && narguments == 0)
		error = split_lines(items);
	for (size_t i = 0; common.json && i < items->nlines && error == DONE; i++)
		if (!is_utf8(items->lines[i].text, items->lines[i].size))
			error = complain(FAILED, "--json: line %zu is not UTF-8", i + 1);
	return error;
}

/* print_sample prints different items, in random order. */
static int print_sample(const struct input *items)
{
	size_t *indices = (size_t *)calloc(common.count, sizeof *indices);
	if (indices == NULL)
		return complain(FAILED, "out of memory");
	int status = secrets_sample(items->nlines, common.count, indices);
	if (status == SECRETS_OK)
		begin_results(NO_ENTROPY);
	for (size_t i = 0; i < common.count && status == SECRETS_OK; i++)
		print_text(items->lines[indices[i]].text, items->lines[indices[i]].size);
	secrets_wipe(indices, common.count * sizeof *indices);
	free(indices);
	return finish(status, "choice");
}

/* print_choices prints items each of which may be any. */
static int print_choices(const struct input *items)
{
	begin_results(NO_ENTROPY);
	for (size_t i = 0; i < common.count; i++) {
		const struct line *item =
			(const struct line *)secrets_choice(items->lines, items->nlines, sizeof *items->lines);
		if (item == NULL)
			return finish(SECRETS_EENTROPY, "choice");
		print_text(item->text, item->size);
	}
	return DONE;
}

static int choose_items(const struct input *items)
{
	if (items->nlines == 0)
		return complain(FAILED, "there is nothing to choose from");
	if (!asked.repeat && common.count > items->nlines)
		return complain(FAILED, "there are only %zu to choose from; --repeat chooses again",
			items->nlines);
	return asked.repeat ? print_choices(items) : print_sample(items);
}

static int shuffle_items(const struct input *items)
{
	size_t n = asked.most > 0 ? asked.most : items->nlines;
	if (n > items->nlines)
		return complain(FAILED, "there are only %zu to shuffle", items->nlines);
	int status = secrets_shuffle(items->lines, items->nlines, sizeof *items->lines);
	if (status != SECRETS_OK)
		return finish(status, "order");
	begin_results(NO_ENTROPY);
	for (size_t i = 0; i < n; i++)
		print_text(items->lines[i].text, items->lines[i].size);
	return DONE;
}

static int run(int narguments, char **arguments, int (*print)(const struct input *items))
{
	struct input items;
	memset(&items, 0, sizeof items);
	int error = read_items(&items, narguments, arguments);
	if (error == DONE)
		error = print(&items);
	if (error == DONE)
		end_results();
	drop_input(&items);
	return error;
}

static int choose(int narguments, char **arguments)
{
	return run(narguments, arguments, choose_items);
}

static int shuffle(int narguments, char **arguments)
{
	return run(narguments, arguments, shuffle_items);
}

static const struct option choose_options[] = {
	{ "--file", "FILE", "lines of this file, not of standard input", take_file, &asked.file },
	{ "--repeat", NULL, "let the same be chosen again", take_flag, &asked.repeat },
};

static const struct option shuffle_options[] = {
	{ "--file", "FILE", "lines of this file, not of standard input", take_file, &asked.file },
	{ "--count", "N", "print only N of them", take_size, &asked.most },
};

const struct command choose_command = { "choose", "[TEXT...]", "some of many lines or arguments",
	"Prints one TEXT, each equally likely, or N different ones in random order.\n"
	"Without a TEXT it chooses from the lines of standard input.",
	0, MOST, choose_options, LENGTH(choose_options), COUNT, choose };

const struct command shuffle_command = { "shuffle", "[TEXT...]",
	"lines or arguments in random order",
	"Prints every TEXT in random order, each order equally likely. Without a TEXT it\n"
	"prints the lines of standard input.",
	0, MOST, shuffle_options, LENGTH(shuffle_options), 0, shuffle };
