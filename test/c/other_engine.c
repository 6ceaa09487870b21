/* SPDX-License-Identifier: MIT */
/* A forked child on a system where the library cannot start in one, such as macOS. */
#include "check.h"
#include "run.h"

static void call(int expected)
{
	unsigned char out[16];
	pattern_fill(out, sizeof out);
	CHECK_STATUS(expected, secrets_token_bytes(out, sizeof out));
	CHECK(pattern_kept(out, 0, sizeof out) == (expected != SECRETS_OK));
}

static void refused(void)
{
	call(SECRETS_ESTART);
	call(SECRETS_ESTART);
	CHECK(secrets_compare_digest("a", 1, "a", 1) == 0);
}

static void child_is_refused(void)
{
	call(SECRETS_OK);
	run_in_child(refused, 20);
	call(SECRETS_OK);
}

static void child_of_a_parent_that_never_called_is_refused(void)
{
	run_in_child(refused, 20);
	call(SECRETS_OK);
}

static const struct check_case cases[] = {
	CASE(child_is_refused),
	CASE(child_of_a_parent_that_never_called_is_refused),
};

CHECK_MAIN(cases)
