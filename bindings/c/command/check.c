/* SPDX-License-Identifier: MIT */
/* libsecrets check: API keys by their checksums, or a text against a secret. Both come from files
   or standard input, as other users can read arguments. */
#include "command.h"

#include <stddef.h>

static struct {
	const char *file, *against;
} asked;

/* trimmed returns a size without the end of a line. */
static size_t trimmed(const char *text, size_t size)
{
	size -= size > 0 && text[size - 1] == '\n';
	size -= size > 0 && text[size - 1] == '\r';
	return size;
}

static int check_keys(struct input *keys)
{
	int error = split_lines(keys);
	if (error != DONE)
		return error;
	if (keys->nlines == 0)
		return complain(FAILED, "there is no key to check");
	begin_results(NO_ENTROPY);
	for (size_t i = 0; i < keys->nlines; i++) {
		const struct line *key = &keys->lines[i];
		int valid = secrets_apikey_valid(key->text, trimmed(key->text, key->size));
		print_answer(valid, valid ? "valid" : "not valid");
		error = valid ? error : NO;
	}
	end_results();
	return error;
}

/* compare takes as long for any text: the secret is the second. */
static int compare(const struct input *text)
{
	struct input secret;
	int error = read_input(&secret, asked.against);
	size_t size = error == DONE ? trimmed(secret.bytes, secret.size) : 0;
	if (error == DONE && size == 0)
		error = complain(FAILED, "the secret is empty");
	if (error == DONE) {
		int equal = secrets_compare_digest(text->bytes, trimmed(text->bytes, text->size),
			secret.bytes, size);
		begin_results(NO_ENTROPY);
		print_answer(equal, equal ? "equal" : "not equal");
		end_results();
		error = equal ? DONE : NO;
	}
	drop_input(&secret);
	return error;
}

static int run(int narguments, char **arguments)
{
	struct input input;
	(void)narguments, (void)arguments;
	int error = read_input(&input, asked.file);
	if (error == DONE)
		error = asked.against == NULL ? check_keys(&input) : compare(&input);
	drop_input(&input);
	return error;
}

static const struct option options[] = {
	{ "--file", "FILE", "read this file, not standard input", take_file, &asked.file },
	{ "--against", "FILE", "compare with the secret in this file", take_file, &asked.against },
};

const struct command check_command = { "check", "", "whether API keys are valid, or texts equal",
	"Reads API keys from standard input, one per line, and prints for each whether\n"
	"its form and its checksum are right: \"valid\" or \"not valid\". It cannot say\n"
	"whether a key was issued. With --against it compares what it reads with a\n"
	"secret, both without a newline at the end: \"equal\" or \"not equal\".",
	0, 0, options, LENGTH(options), 0, run };
