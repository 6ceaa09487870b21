/* SPDX-License-Identifier: MIT */
/* libsecrets apikey: keys that a secret scanner can recognise. */
#include "command.h"

static struct {
	const char *prefix;
	size_t nbytes;
} asked = { NULL, SECRETS_DEFAULT_ENTROPY };

static int draw(char *out, size_t size, size_t n)
{
	int status = SECRETS_OK;
	for (size_t i = 0; i < n && status == SECRETS_OK; i++)
		status = secrets_apikey(out + i * size, size, asked.prefix, asked.nbytes);
	return status;
}

static int run(int narguments, char **arguments)
{
	(void)narguments;
	asked.prefix = arguments[0];
	size_t size = secrets_apikey_size(asked.prefix, asked.nbytes);
	if (size == 0)
		return complain(MISUSED, "PREFIX must be a letter and at most 31 letters, digits or _");
	return print_results("key", 8.0 * (double)asked.nbytes, size, draw);
}

static const struct option options[] = {
	{ "--bytes", "N", "how many random bytes (32)", take_size, &asked.nbytes },
};

const struct command apikey_command = { "apikey", "PREFIX", "an API key with a checksum",
	"Prints PREFIX, _, random digits and letters, and a checksum by which a scanner\n"
	"recognises a key that has leaked. PREFIX says what it is for, as in acme_live.",
	1, 1, options, LENGTH(options), COUNT | ENTROPY, run };
