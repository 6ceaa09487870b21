/* SPDX-License-Identifier: MIT */
/*
 * Allocations that fail after the library has started: the call returns a status, or does without,
 * and never ends the process.
 */
#include "check.h"
#include "proc.h"
#include "rights.h"

#define MB ((rlim_t)1 << 20)

static void start(void)
{
	unsigned char token[16];
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(token, sizeof token));
}

/* Allows that many bytes beyond what the process has; RLIM_INFINITY removes the limit. */
static void spare(int resource, rlim_t bytes)
{
	if (bytes != RLIM_INFINITY)
		bytes += proc_memory(resource == RLIMIT_AS ? "VmSize:" : "VmData:");
	set_limit(resource, bytes);
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

/* Garbage of Go's would make room for a call or two. */
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
	spare(resource, 24 * MB); /* enough for the list, and not to check it */
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

/* A call frees what it has allocated, whatever it returns. */
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

/* ---- Policies --------------------------------------------------------- */

enum { LENGTH = 256, WIDE = 120, SIZE = 15 + 2 * (LENGTH - 15) + 1 };

static char wide[2 * WIDE + 1];

/* More characters than ASCII has, so that its plan is not cached. */
static const secrets_class large[] = {
	{ "a", 1 },
	{ "b", 1 },
	{ "c", 1 },
	{ "d", 1 },
	{ "e", 1 },
	{ "f", 1 },
	{ "g", 1 },
	{ "h", 1 },
	{ "i", 1 },
	{ "j", 1 },
	{ "k", 1 },
	{ "l", 1 },
	{ "m", 1 },
	{ "n", 1 },
	{ "o", 1 },
	{ wide, 1 },
};

static void make_wide(void)
{
	for (int i = 0; i < WIDE; i++) {
		wide[2 * i] = (char)(0xc4 + i / 64);
		wide[2 * i + 1] = (char)(0x80 + i % 64);
	}
}

static int password_status(void)
{
	struct guarded out = guarded_new(SIZE);
	errno = CHECK_ERRNO;
	int status = secrets_password((char *)out.data, out.size, LENGTH, large, 16);
	CHECK(errno == CHECK_ERRNO);
	CHECK(guarded_kept(out, status == SECRETS_OK ? out.size : 0));
	guarded_free(out);
	return status;
}

/* Each takes 600 KB, which the C library maps. */
static void check_large_policy(int resource)
{
	start();
	make_wide();
	spare(resource, MB / 8);
	for (int i = 0; i < 40; i++)
		CHECK(password_status() == SECRETS_ENOMEM);
	double bits = secrets_password_entropy(LENGTH, large, 16);
	CHECK(bits != bits);
	CHECK(secrets_password_size(LENGTH, large, 16) == SIZE);
	spare(resource, RLIM_INFINITY);
	CHECK(password_status() == SECRETS_OK);
	CHECK(secrets_password_entropy(LENGTH, large, 16) > 1000);
}

static void large_policy_addresses(void)
{
	check_large_policy(RLIMIT_AS);
}

static void large_policy_data(void)
{
	check_large_policy(RLIMIT_DATA);
}

static const struct check_case cases[] = {
	CASE(long_list_addresses),
	CASE(long_list_data),
	CASE(lists_are_given_back),
	CASE(large_policy_addresses),
	CASE(large_policy_data),
};

CHECK_MAIN(cases)
