/* SPDX-License-Identifier: MIT */
/* The first draws of a process, by threads that start together. With an argument the runtime has
   been started before, by a call that draws nothing. No thread of the library is left. */
#include "check.h"
#include "proc.h"
#include "run.h"

#define CALLS 100

static pthread_barrier_t all_there;

static void *draw(void *unused)
{
	unsigned char out[16];
	pthread_barrier_wait(&all_there);
	for (int i = 0; i < CALLS; i++)
		CHECK_STATUS(SECRETS_OK, secrets_token_bytes(out, sizeof out));
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t threads[8];
	enum { THREADS = COUNT(threads) };
	if (argc > 1)
		CHECK(secrets_compare_digest(argv[1], 1, argv[1], 1) == 1);
	pthread_barrier_init(&all_there, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		threads[i] = start_thread(draw, NULL);
	for (int i = 0; i < THREADS; i++)
		join_thread(threads[i]);
	for (int tries = 0; tries < 100 && proc_threads() > 1; tries++)
		usleep(1000); /* a joined thread may still be there for a moment */
	CHECK(proc_threads() == 1);
	return 0;
}
