/* SPDX-License-Identifier: MIT */
/* The static library in a forked child. */
#include "check.h"

#include <sys/wait.h>

static void call(int expected)
{
	unsigned char out[16];
	pattern_fill(out, sizeof out);
	CHECK_STATUS(expected, secrets_token_bytes(out, sizeof out));
	CHECK(pattern_kept(out, 0, sizeof out) == (expected != SECRETS_OK));
}

static void fork_is_refused(void)
{
	int status;
	call(SECRETS_OK);
	pid_t child = fork();
	if (child == 0) {
		alarm(20);
		call(SECRETS_ESTART);
		call(SECRETS_ESTART);
		CHECK(secrets_compare_digest("a", 1, "a", 1) == 0);
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	call(SECRETS_OK);
}

static void unforked_answers(void)
{
	call(SECRETS_OK);
}

/* A program's constructor may need a token, before main. */
static int status_in_constructor = 1;

__attribute__((constructor)) static void early(void)
{
	unsigned char out[16];
	alarm(20);
	status_in_constructor = secrets_token_bytes(out, sizeof out);
	alarm(0);
}

static void constructor_answers(void)
{
	CHECK(status_in_constructor == SECRETS_OK);
}

static const struct check_case cases[] = {
	CASE(fork_is_refused),
	CASE(unforked_answers),
	CASE(constructor_answers),
};

CHECK_MAIN(cases)
