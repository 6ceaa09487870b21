/* SPDX-License-Identifier: MIT */
/* Calls every function of a library whose core panics in each: the host survives, and gets an
   error. */
#include "check.h"

#include <math.h>

static char out[256];

static void statuses(void)
{
	const int fault = SECRETS_EINTERNAL;
	uint64_t word;
	int64_t number;
	double real;
	size_t index;
	uint8_t big[4] = { 1, 2, 3, 4 };
	CHECK_STATUS(fault, secrets_token_bytes(out, 16));
	CHECK_STATUS(fault, secrets_token_hex(out, sizeof out, 16));
	CHECK_STATUS(fault, secrets_token_urlsafe(out, sizeof out, 16));
	CHECK_STATUS(fault, secrets_token_hex_batch(out, sizeof out, 16, 2));
	CHECK_STATUS(fault, secrets_token_urlsafe_batch(out, sizeof out, 16, 2));
	CHECK_STATUS(fault, secrets_randbelow(52, &word));
	CHECK_STATUS(fault, secrets_randbits(7, &word));
	CHECK_STATUS(fault, secrets_randrange(-5, 5, &number));
	CHECK_STATUS(fault, secrets_random(&real));
	CHECK_STATUS(fault, secrets_randbelow_batch(52, &word, 1));
	CHECK_STATUS(fault, secrets_random_batch(&real, 1));
	CHECK_STATUS(fault, secrets_randbelow_big(big, sizeof big, big));
	CHECK_STATUS(fault, secrets_randbits_big(9, big, sizeof big));
	CHECK_STATUS(fault, secrets_shuffle(out, 4, 1));
	CHECK_STATUS(fault, secrets_sample(4, 1, &index));
	CHECK_STATUS(fault, secrets_password(out, sizeof out, 8, NULL, 0));
	CHECK_STATUS(fault, secrets_passphrase(out, sizeof out, 4, NULL, NULL, 0));
	CHECK_STATUS(fault, secrets_apikey(out, sizeof out, "test", 32));
}

static void answers(void)
{
	CHECK(secrets_choice(out, 4, 1) == NULL);
	CHECK(secrets_password_size(8, NULL, 0) == 0);
	CHECK(isnan(secrets_password_entropy(8, NULL, 0)));
	CHECK(secrets_password_length(128, NULL, 0) == 0);
	CHECK(secrets_passphrase_size(4, NULL, NULL, 0) == 0);
	CHECK(isnan(secrets_passphrase_entropy(4, 7776)));
	CHECK(secrets_passphrase_words(128, 7776) == 0);
	CHECK(secrets_apikey_size("test", 32) == 0);
	CHECK(secrets_apikey_valid("a_3dqvoC", 8) == 0);
	CHECK(secrets_compare_digest("a", 1, "a", 1) == 0);
}

static void again_and_again(void)
{
	for (int i = 0; i < 1000; i++) {
		statuses();
		answers();
	}
}

static const struct check_case cases[] = {
	CASE(statuses),
	CASE(answers),
	CASE(again_and_again),
};

CHECK_MAIN(cases)
