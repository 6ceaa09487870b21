/* SPDX-License-Identifier: MIT */
/* Calls from two threads, for memcheck. With an argument the program itself has a fault. */
#include "check.h"
#include "run.h"

static void numbers(void)
{
	unsigned char big[20];
	uint64_t many[10];
	size_t indices[5];
	CHECK_STATUS(SECRETS_OK, secrets_randbelow_batch(100, many, 10));
	CHECK_STATUS(SECRETS_OK, secrets_randbits_big(150, big, sizeof big));
	CHECK_STATUS(SECRETS_OK, secrets_sample(10, 5, indices));
}

static void texts(void)
{
	const secrets_class classes[] = { { SECRETS_LOWERCASE, 2 }, { SECRETS_DIGITS, 2 } };
	char out[200];
	CHECK_STATUS(SECRETS_OK, secrets_token_urlsafe(out, sizeof out, 32));
	CHECK_STATUS(SECRETS_OK, secrets_password(out, sizeof out, 20, classes, 2));
	CHECK_STATUS(SECRETS_OK, secrets_passphrase(out, sizeof out, 6, NULL, NULL, 0));
	CHECK_STATUS(SECRETS_OK, secrets_apikey(out, sizeof out, "sk", 32));
	CHECK(secrets_compare_digest(out, strlen(out), out, strlen(out)) == 1);
}

static void *call(void *unused)
{
	for (int i = 0; i < 20; i++) {
		numbers();
		texts();
	}
	return unused;
}

int main(int argc, char **argv)
{
	volatile char *allocated = (char *)malloc(10);
	CHECK(allocated != NULL);
	call(NULL);
	run_in_thread(call, NULL);
	if (argc == 2 && strcmp(argv[1], "branch") == 0 && allocated[3] == 'x')
		puts("an x");
	if (argc == 1 || strcmp(argv[1], "leak") != 0)
		free((void *)allocated);
	allocated = NULL;
	return 0;
}
