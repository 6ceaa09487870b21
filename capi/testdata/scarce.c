/* SPDX-License-Identifier: MIT */
/*
 * Memory that is refused once the library has started: a status, or nobody notices, and never
 * the end of the process.
 */
#include "recipes.h"

#include "proc.h"

#include <sys/resource.h>

#define MB ((rlim_t)1 << 20)

static void start(void)
{
	unsigned char token[16];
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(token, sizeof token));
}

/* No more of a resource than the process has and so many bytes; spare RLIM_INFINITY lifts it. */
static void spare(int resource, rlim_t bytes)
{
	struct rlimit limit;
	CHECK(getrlimit(resource, &limit) == 0);
	limit.rlim_cur = limit.rlim_max;
	if (bytes != RLIM_INFINITY)
		limit.rlim_cur = proc_memory(resource == RLIMIT_AS ? "VmSize:" : "VmData:") + bytes;
	CHECK(setrlimit(resource, &limit) == 0);
}

/* ---- Word lists ------------------------------------------------------- */

#define WORDS 1000000

static char words[WORDS][8];
static const char *list[WORDS];

static void make_list(void)
{
	for (int i = 0; i < WORDS; i++) {
		snprintf(words[i], sizeof words[i], "%d", i);
		list[i] = words[i];
	}
}

static int phrase_status(void)
{
	struct guarded out = guarded_new(64);
	errno = CHECK_ERRNO;
	int status = secrets_passphrase((char *)out.data, out.size, 4, NULL, list, WORDS);
	CHECK(errno == CHECK_ERRNO);
	CHECK(guarded_kept(out, status == SECRETS_OK ? out.size : 0));
	guarded_free(out);
	return status;
}

/* Garbage of Go's, if there were any, would have found room for a call or two. */
static void check_no_room(void)
{
	int refused = 0;
	for (int i = 0; i < 5; i++)
		refused += phrase_status() == SECRETS_ENOMEM;
	CHECK(refused == 5);
}

static void check_long_list(int resource)
{
	start();
	make_list();
	spare(resource, 8 * MB);
	check_no_room();
	CHECK(secrets_passphrase_size(4, NULL, list, WORDS) == 0);
	spare(resource, 24 * MB); /* for the list, and not for the check of it */
	check_no_room();
	start();
	spare(resource, RLIM_INFINITY);
	CHECK(phrase_status() == SECRETS_OK);
	CHECK(secrets_passphrase_size(4, NULL, list, WORDS) == 4 * (6 + 1));
}

static void long_list_addresses(void)
{
	check_long_list(RLIMIT_AS);
}

static void long_list_data(void)
{
	check_long_list(RLIMIT_DATA);
}

/* What a call had it has given back, whatever it returned. */
static void lists_are_given_back(void)
{
	start();
	make_list();
	CHECK(phrase_status() == SECRETS_OK);
	unsigned long before = proc_memory("VmSize:");
	for (int i = 0; i < 6; i++) {
		list[1] = i % 3 == 0 ? words[0] : i % 3 == 1 ? NULL : words[1];
		CHECK(phrase_status() == (i % 3 == 2 ? SECRETS_OK : SECRETS_EINVAL));
	}
	CHECK(proc_memory("VmSize:") < before + 16 * MB);
}

static const struct check_case cases[] = {
	CASE(long_list_addresses),
	CASE(long_list_data),
	CASE(lists_are_given_back),
};

CHECK_MAIN(cases)
