/* SPDX-License-Identifier: MIT */
/* libsecrets token: random bytes as text, or as they are. */
#ifndef _WIN32
#define _POSIX_C_SOURCE 200809L /* for isatty and fileno */
#endif
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#else
#include <unistd.h>
#endif

static struct {
	size_t nbytes;
	int hex, urlsafe, raw;
} asked = { SECRETS_DEFAULT_ENTROPY, 0, 0, 0 };

static int draw(char *out, size_t size, size_t n)
{
	if (asked.hex)
		return secrets_token_hex_batch(out, size * n, asked.nbytes, n);
	return secrets_token_urlsafe_batch(out, size * n, asked.nbytes, n);
}

/* prepare_for_bytes returns 0 if stdout is a terminal: that may take some of the bytes for
   commands, such as one that sets its title. */
static int prepare_for_bytes(void)
{
#ifdef _WIN32
	return !_isatty(_fileno(stdout)) && _setmode(_fileno(stdout), _O_BINARY) != -1;
#else
	return !isatty(fileno(stdout));
#endif
}

static int print_raw(void)
{
	if (common.json)
		return complain(MISUSED, "--raw and --json: bytes are no text");
	if (!prepare_for_bytes())
		return complain(MISUSED, "--raw prints bytes to a file or a pipe, not to a terminal");
	unsigned char *bytes = (unsigned char *)malloc(asked.nbytes);
	if (bytes == NULL)
		return complain(FAILED, "no token: out of memory");
	int status = SECRETS_OK;
	print_entropy(8.0 * (double)asked.nbytes);
	for (size_t i = 0; i < common.count && status == SECRETS_OK; i++) {
		status = secrets_token_bytes(bytes, asked.nbytes);
		if (status == SECRETS_OK)
			fwrite(bytes, 1, asked.nbytes, stdout);
	}
	secrets_wipe(bytes, asked.nbytes);
	free(bytes);
	return finish(status, "token");
}

static int run(int narguments, char **arguments)
{
	(void)narguments, (void)arguments;
	if (asked.hex + asked.urlsafe + asked.raw > 1)
		return complain(MISUSED, "--hex, --urlsafe and --raw exclude each other");
	if (asked.raw)
		return print_raw();
	return print_results("token", 8.0 * (double)asked.nbytes,
		asked.hex ? secrets_token_hex_size(asked.nbytes) : secrets_token_urlsafe_size(asked.nbytes),
		draw);
}

static const struct option options[] = {
	{ "--bytes", "N", "how many random bytes (32)", take_size, &asked.nbytes },
	{ "--hex", NULL, "as hexadecimal digits", take_flag, &asked.hex },
	{ "--urlsafe", NULL, "as letters, digits, - and _ (the default)", take_flag, &asked.urlsafe },
	{ "--raw", NULL, "as they are, without a newline", take_flag, &asked.raw },
};

const struct command token_command = { "token", "", "random bytes as text",
	"Prints a token of random bytes: for a link, a cookie, a key.", 0, 0, options, LENGTH(options),
	COUNT | ENTROPY, run };
