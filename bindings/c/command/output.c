/* SPDX-License-Identifier: MIT */
/* Results on standard output, as lines or as one JSON object, and messages on standard error. */
#include "command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 65536 /* bytes of results that are drawn at once */

static char shown[4096]; /* the buffer of stdout: our own, to wipe it */
static size_t nresults;  /* printed so far */

int complain(int exit_status, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	fputs("libsecrets: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	return exit_status;
}

int finish(int status, const char *what)
{
	if (status == SECRETS_OK)
		return DONE;
	return complain(FAILED, "no %s: %s", what, secrets_strerror(status));
}

void open_output(void)
{
	setvbuf(stdout, shown, _IOFBF, sizeof shown);
}

/* close_output returns FAILED if not all of the output was written, unless something else has
   failed, and otherwise the status. */
int close_output(int exit_status)
{
	int failed = ferror(stdout);
	if ((fclose(stdout) != 0 || failed) && (exit_status == DONE || exit_status == NO))
		exit_status = complain(FAILED, "cannot write the output: %s", strerror(errno));
	secrets_wipe(shown, sizeof shown);
	return exit_status;
}

/* ---- Results ----------------------------------------------------------- */

void print_entropy(double bits)
{
	if (common.entropy)
		fprintf(stderr, "%.1f bits\n", bits);
}

void begin_results(double bits)
{
	if (common.json && bits >= 0)
		printf("{\"entropy\":%.14g,\"results\":[", bits);
	else if (common.json)
		fputs("{\"results\":[", stdout);
}

void end_results(void)
{
	if (common.json)
		puts("]}");
}

/* Before each result but the first, and after each. */
static void separate(void)
{
	if (common.json && nresults++ > 0)
		putchar(',');
}

static void terminate(void)
{
	if (!common.json)
		putchar('\n');
}

/* print_json prints a string. printf would keep a copy of what it formats. */
static void print_json(const char *text, size_t size)
{
	putchar('"');
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c < 0x20)
			printf("\\u%04x", c);
		else if (c == '"' || c == '\\')
			putchar('\\');
		if (c >= 0x20)
			putchar(c);
	}
	putchar('"');
}

void print_text(const char *text, size_t size)
{
	separate();
	if (common.json)
		print_json(text, size);
	else
		fwrite(text, 1, size, stdout);
	terminate();
}

/* print_integer makes the digits here: printf would keep a copy. */
void print_integer(uint64_t magnitude, int negative)
{
	char digits[20];
	size_t first = sizeof digits;
	separate();
	do
		digits[--first] = (char)('0' + magnitude % 10);
	while ((magnitude /= 10) > 0);
	if (negative)
		putchar('-');
	fwrite(digits + first, 1, sizeof digits - first, stdout);
	secrets_wipe(digits, sizeof digits);
	terminate();
}

void print_answer(int yes, const char *text)
{
	separate();
	fputs(!common.json ? text : yes ? "true" : "false", stdout);
	terminate();
}

static int print_block(char *out, size_t size, size_t n, drawing *draw)
{
	int status = draw(out, size, n);
	for (size_t i = 0; i < n && status == SECRETS_OK; i++)
		print_text(out + i * size, strlen(out + i * size));
	return status;
}

int print_results(const char *what, double bits, size_t size, drawing *draw)
{
	size_t block = size < BLOCK ? BLOCK / size : 1, n = 0;
	int status = SECRETS_OK;
	char *out = (char *)calloc(block, size);
	if (out == NULL)
		return complain(FAILED, "no %s: out of memory", what);
	print_entropy(bits);
	begin_results(bits);
	for (size_t left = common.count; left > 0 && status == SECRETS_OK; left -= n) {
		n = left < block ? left : block;
		status = print_block(out, size, n, draw);
	}
	if (status == SECRETS_OK)
		end_results();
	secrets_wipe(out, block * size);
	free(out);
	return finish(status, what);
}
