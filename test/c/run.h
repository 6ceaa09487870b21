/* SPDX-License-Identifier: MIT */
/* Functions run in a thread of their own, or in a forked child. After check.h. */
#ifndef RUN_H
#define RUN_H

#include <pthread.h>
#include <sys/wait.h>

static inline pthread_t start_thread(void *(*body)(void *), void *argument)
{
	pthread_t thread;
	CHECK(pthread_create(&thread, NULL, body, argument) == 0);
	return thread;
}

static inline void join_thread(pthread_t thread)
{
	CHECK(pthread_join(thread, NULL) == 0);
}

static inline void run_in_thread(void *(*body)(void *), void *argument)
{
	join_thread(start_thread(body, argument));
}

/* Returns how many thread-specific keys can still be created. */
static inline int keys_left(void)
{
	static pthread_key_t keys[PTHREAD_KEYS_MAX];
	int count = 0;
	while (count < PTHREAD_KEYS_MAX && pthread_key_create(&keys[count], NULL) == 0)
		count++;
	for (int i = 0; i < count; i++)
		CHECK(pthread_key_delete(keys[i]) == 0);
	return count;
}

/* Waits for a child, which has to exit by itself, and returns its status. */
static inline int exit_of(pid_t child)
{
	int status = 0;
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	CHECK(WIFEXITED(status)); /* else a signal ended it */
	return WEXITSTATUS(status);
}

static inline void check_exit(pid_t child)
{
	CHECK(exit_of(child) == 0);
}

/* Forks a child that runs body and exits with 0; SIGALRM ends it after so many seconds. */
static inline pid_t start_child(void (*body)(void), unsigned seconds)
{
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		alarm(seconds);
		body();
		_exit(0);
	}
	return child;
}

static inline void run_in_child(void (*body)(void), unsigned seconds)
{
	check_exit(start_child(body, seconds));
}

#endif
