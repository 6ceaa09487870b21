/* SPDX-License-Identifier: MIT */
/*
 * Forks while threads call the library, and has the children call it.
 *
 *   fork WAY PARENT-THREADS CHILD-THREADS DEPTH CHILDREN DEADLINE
 *
 * WAY is fork, clone (the bare system call), daemon (a double fork), vfork or
 * spawn (both with exec). Every child, its child and so on down to DEPTH calls
 * from CHILD-THREADS threads and records some of the tokens. A child that has
 * not ended after DEADLINE seconds counts as hung.
 *
 * Prints: children N hung N failed N tokens N repeated N
 */
#define _GNU_SOURCE
#include "check.h"

#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { TOKEN = 16, KEPT = 8, CALLS = 300, THREADS = 64, ROOM = 1 << 20 };

/* Shared by all processes; descriptor SHARED_FILE passes it on through exec. */
enum { SHARED_FILE = 99 };
struct shared {
	size_t count;
	unsigned char tokens[ROOM][TOKEN];
};
static struct shared *shared;

static const char *way;
static int threads_in_child;

static void share(int create)
{
	if (create) {
		int file = memfd_create("tokens", 0);
		if (file < 0 || ftruncate(file, sizeof *shared) != 0 || dup2(file, SHARED_FILE) < 0)
			abort();
		close(file);
	}
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, SHARED_FILE, 0);
	if (shared == MAP_FAILED)
		abort();
}

static void keep(const unsigned char *token)
{
	size_t at = __atomic_fetch_add(&shared->count, 1, __ATOMIC_RELAXED);
	if (at >= ROOM)
		abort();
	memcpy(shared->tokens[at], token, TOKEN);
}

/* ---- The threads ------------------------------------------------------ */

static int call_all(unsigned char *token)
{
	char text[SECRETS_TOKEN_HEX_SIZE(TOKEN)];
	uint64_t number;
	return secrets_token_bytes(token, TOKEN) || secrets_token_hex(text, sizeof text, TOKEN) ||
		secrets_randbelow(52, &number) || number >= 52 ||
		secrets_compare_digest(token, TOKEN, token, TOKEN) != 1;
}

static void *call_some(void *failed)
{
	unsigned char token[TOKEN];
	for (int i = 0; i < CALLS; i++) {
		if (call_all(token))
			return failed;
		if (i < KEPT)
			keep(token);
	}
	return NULL;
}

static void *call_for_ever(void *unused)
{
	unsigned char token[TOKEN];
	while (!call_all(token))
		;
	abort();
	return unused;
}

static int call_from_threads(int count)
{
	pthread_t threads[THREADS];
	int failed = 0;
	void *result;
	for (int i = 0; i < count; i++)
		failed |= pthread_create(&threads[i], NULL, call_some, &failed);
	for (int i = 0; i < count; i++)
		failed |= pthread_join(threads[i], &result) || result != NULL;
	return failed;
}

/* ---- The processes ---------------------------------------------------- */

static pid_t new_process(void)
{
	return strcmp(way, "clone") == 0 ? (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) : fork();
}

/* Creates the descendants down to depth. Their parent calls while they start. */
static int descend(int depth)
{
	int status = 0;
	pid_t child = depth > 1 ? new_process() : -1;
	if (child == 0)
		_exit(descend(depth - 1));
	int failed = call_from_threads(threads_in_child);
	if (child > 0 && (waitpid(child, &status, 0) != child || status != 0))
		failed = 1;
	return failed;
}

/* The child leaves its work to a child of its own, which this program adopts. */
static pid_t start_daemon(int depth)
{
	int status;
	pid_t child = fork();
	if (child == 0) {
		setpgid(0, 0);
		_exit(fork() == 0 ? descend(depth) : 0);
	}
	waitpid(child, &status, 0);
	return -child;
}

static pid_t start_vfork(char *const argv[])
{
	pid_t child = vfork();
	if (child == 0) {
		execv("/proc/self/exe", argv);
		_exit(127);
	}
	return child;
}

static pid_t start_child(int depth)
{
	char threads[16], levels[16];
	char name[] = "fork", mode[] = "exec", fork_way[] = "fork";
	char *const argv[] = { name, mode, fork_way, threads, levels, NULL };
	extern char **environ;
	pid_t child = -1;

	snprintf(threads, sizeof threads, "%d", threads_in_child);
	snprintf(levels, sizeof levels, "%d", depth);
	if (strcmp(way, "vfork") == 0)
		return start_vfork(argv);
	if (strcmp(way, "spawn") == 0)
		return posix_spawn(&child, "/proc/self/exe", NULL, NULL, argv, environ) == 0 ? child : -1;
	if (strcmp(way, "daemon") == 0)
		return start_daemon(depth);
	child = new_process();
	if (child == 0) {
		setpgid(0, 0);
		_exit(descend(depth));
	}
	return child;
}

enum outcome { PASSED, FAILED, HUNG };

/* who is as for waitpid(2): negative for any process in that group. */
static enum outcome wait_for(pid_t who, int deadline)
{
	int status;
	for (long ms = 0; ms < 1000L * deadline; ms++) {
		pid_t ended = waitpid(who, &status, WNOHANG);
		if (ended != 0)
			return ended > 0 && status == 0 ? PASSED : FAILED;
		usleep(1000);
	}
	kill(who < 0 ? who : -who, SIGKILL);
	kill(who, SIGKILL);
	while (waitpid(who, &status, 0) < 0 && errno == EINTR)
		;
	return HUNG;
}

int main(int argc, char **argv)
{
	int outcomes[3] = { 0 };
	unsigned char token[TOKEN];
	pthread_t thread;

	if (argc == 5) { /* a child after exec */
		way = argv[2];
		threads_in_child = atoi(argv[3]);
		share(0);
		return descend(atoi(argv[4]));
	}
	if (argc != 7)
		return 2;
	way = argv[1];
	threads_in_child = atoi(argv[3]);
	share(1);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	if (call_all(token))
		return 1;
	keep(token);
	for (int i = 0; i < atoi(argv[2]); i++)
		if (pthread_create(&thread, NULL, call_for_ever, NULL) != 0)
			return 1;
	for (int i = 0; i < atoi(argv[5]); i++)
		outcomes[wait_for(start_child(atoi(argv[4])), atoi(argv[6]))]++;
	printf("children %s hung %d failed %d tokens %zu repeated %zu\n", argv[5], outcomes[HUNG],
		outcomes[FAILED], shared->count, repeats(shared->tokens, TOKEN, shared->count));
	fflush(stdout);
	_exit(0); /* without waiting for the busy threads */
}
