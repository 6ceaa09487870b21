/* SPDX-License-Identifier: MIT */
/* Threads of Windows that draw concurrently, that come and go, and that outlive main's calls. */
#include "../check.h"

enum { THREADS = 8, ROUNDS = 20, TOKENS = 50, NBYTES = 16 };

static unsigned char drawn[ROUNDS][THREADS][TOKENS][NBYTES];

static DWORD WINAPI draw(void *place)
{
	unsigned char(*tokens)[NBYTES] = (unsigned char(*)[NBYTES])place;
	for (int i = 0; i < TOKENS; i++)
		CHECK_STATUS(SECRETS_OK, secrets_token_bytes(tokens[i], NBYTES));
	return 0;
}

/* Of 8,000 tokens of 128 bits two are equal with a probability below 2^-102. */
static void all_different(void)
{
	for (int round = 0; round < ROUNDS; round++) {
		HANDLE threads[THREADS];
		for (int i = 0; i < THREADS; i++)
			CHECK((threads[i] = CreateThread(NULL, 0, draw, drawn[round][i], 0, NULL)) != NULL);
		CHECK(WaitForMultipleObjects(THREADS, threads, TRUE, 60000) == WAIT_OBJECT_0);
		for (int i = 0; i < THREADS; i++)
			CloseHandle(threads[i]);
	}
	CHECK(repeats(drawn, NBYTES, sizeof drawn / NBYTES) == 0);
}

static const struct check_case cases[] = {
	CASE(all_different),
};

CHECK_MAIN(cases)
