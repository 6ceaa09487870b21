/* SPDX-License-Identifier: MIT */
/* libsecrets number: whole numbers, without modulo bias. */
#include "command.h"

#define BLOCK 512 /* numbers that are drawn at once */

/* parse_integer reads a number that may have a minus sign. It returns 1, or 0 if it is none. */
static int parse_integer(const char *text, int64_t *value)
{
	uint64_t magnitude;
	int negative = *text == '-';
	if (!parse_number(text + negative, 0, (uint64_t)INT64_MAX + (uint64_t)negative, &magnitude))
		return 0;
	*value = !negative || magnitude == 0 ? (int64_t)magnitude : -1 - (int64_t)(magnitude - 1);
	return 1;
}

/* print_sum prints a number that is below 0 if the start is, and the value reaches no further. */
static void print_sum(int64_t start, uint64_t value)
{
	int negative = start < 0 && value < 0 - (uint64_t)start;
	uint64_t sum = (uint64_t)start + value;
	print_integer(negative ? 0 - sum : sum, negative);
}

/* print_all prints start + n for random n below the bound. */
static int print_all(uint64_t bound, int64_t start)
{
	uint64_t values[BLOCK];
	size_t n = 0;
	int status = SECRETS_OK;
	begin_results(NO_ENTROPY);
	for (size_t left = common.count; left > 0 && status == SECRETS_OK; left -= n) {
		n = left < BLOCK ? left : BLOCK;
		status = secrets_randbelow_batch(bound, values, n);
		for (size_t i = 0; i < n && status == SECRETS_OK; i++)
			print_sum(start, values[i]);
	}
	if (status == SECRETS_OK)
		end_results();
	secrets_wipe(values, sizeof values);
	return finish(status, "number");
}

static int run(int narguments, char **arguments)
{
	uint64_t bound = 0;
	int64_t start = 0, stop;
	if (narguments == 1 && !parse_number(arguments[0], 1, UINT64_MAX, &bound))
		return complain(MISUSED, "STOP must be a number from 1 to %llu",
			(unsigned long long)UINT64_MAX);
	if (narguments == 2) {
		if (!parse_integer(arguments[0], &start) || !parse_integer(arguments[1], &stop))
			return complain(MISUSED, "START and STOP must be numbers from %lld to %lld",
				(long long)INT64_MIN, (long long)INT64_MAX);
		if (start >= stop)
			return complain(MISUSED, "START must be less than STOP, which is never drawn");
		bound = (uint64_t)stop - (uint64_t)start;
	}
	return print_all(bound, start);
}

const struct command number_command = { "number", "[START] STOP", "a whole number from a range",
	"Prints a number from START (or 0) to STOP - 1, each equally likely. A die is\n"
	"number 1 7.",
	1, 2, NULL, 0, COUNT, run };
