/* SPDX-License-Identifier: MIT */
/* A forked child where the library cannot start in one, as on macOS. */
#include "check.h"

#include <sys/wait.h>

static void call(int expected)
{
	unsigned char out[16];
	pattern_fill(out, sizeof out);
	CHECK_STATUS(expected, secrets_token_bytes(out, sizeof out));
	CHECK(pattern_kept(out, 0, sizeof out) == (expected != SECRETS_OK));
}

static void check_child(int (*body)(void))
{
	int status;
	pid_t child = fork();
	if (child == 0) {
		alarm(20);
		_exit(body());
	}
	CHECK(waitpid(child, &status, 0) == child && status == 0);
}

static int refused(void)
{
	call(SECRETS_ESTART);
	call(SECRETS_ESTART);
	return secrets_compare_digest("a", 1, "a", 1);
}

static void child_is_refused(void)
{
	call(SECRETS_OK);
	check_child(refused);
	call(SECRETS_OK);
}

static void child_of_a_parent_that_never_called_is_refused(void)
{
	check_child(refused);
	call(SECRETS_OK);
}

static const struct check_case cases[] = {
	CASE(child_is_refused),
	CASE(child_of_a_parent_that_never_called_is_refused),
};

CHECK_MAIN(cases)
