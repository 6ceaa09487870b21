/* SPDX-License-Identifier: MIT */
/* A library that changes as much of its host as it can, at its first call: the control of
   audit.c. */
#define _GNU_SOURCE
#include "check.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <fenv.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <locale.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>

enum { MUCH = 300 << 20, PAGE = 4096 };

static void *sleep_for_ever(void *unused)
{
	for (;;)
		pause();
	return unused;
}

static void change_memory_and_threads(void)
{
	pthread_t thread;
	pthread_key_t key;
	int all = PROT_READ | PROT_WRITE | PROT_EXEC, how = MAP_PRIVATE | MAP_ANONYMOUS;
	char *memory = mmap(NULL, MUCH, all, how, -1, 0);
	CHECK(memory != MAP_FAILED && mlock(memory, PAGE) == 0);
	memset(memory, 1, 8 << 20);
	memset((void *)getauxval(AT_RANDOM), 1, 16);
	CHECK(pthread_create(&thread, NULL, sleep_for_ever, NULL) == 0);
	CHECK(pthread_key_create(&key, NULL) == 0);
	CHECK(dlopen("libresolv.so.2", RTLD_NOW) != NULL && dlopen("none", RTLD_NOW) == NULL);
}

static void change_signals(void)
{
	static char memory[1 << 16];
	stack_t stack = { .ss_sp = memory, .ss_size = sizeof memory };
	struct sigaction action = { .sa_handler = _exit, .sa_flags = SA_NODEFER };
	sigfillset(&action.sa_mask);
	CHECK(sigaction(SIGUSR2, &action, NULL) == 0 && signal(SIGHUP, SIG_IGN) != SIG_ERR);
	CHECK(pthread_sigmask(SIG_BLOCK, &action.sa_mask, NULL) == 0);
	CHECK(sigaltstack(&stack, NULL) == 0);
}

static void change_timers_and_limits(void)
{
	timer_t timer;
	struct rlimit none = { 0, 0 };
	struct itimerval far = { { 0, 0 }, { 1000000, 0 } };
	CHECK(timer_create(CLOCK_MONOTONIC, NULL, &timer) == 0);
	CHECK(setitimer(ITIMER_REAL, &far, NULL) == 0);
	CHECK(setitimer(ITIMER_VIRTUAL, &far, NULL) == 0);
	CHECK(setitimer(ITIMER_PROF, &far, NULL) == 0);
	CHECK(setrlimit(RLIMIT_CORE, &none) == 0);
	CHECK(setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) < 19 ? 19 : 18) == 0);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void change_what_files_say(void)
{
	CHECK(dup(0) >= 0 && chdir("/") == 0 && setenv("GUEST", "bad", 1) == 0);
	CHECK(setlocale(LC_ALL, "C") != NULL);
	write_file("/proc/self/coredump_filter", "1");
	write_file("/proc/self/oom_score_adj", "999");
	CHECK(personality(ADDR_NO_RANDOMIZE) != -1);
	umask(0);
}

static void change_attributes(void)
{
	struct sock_filter allow = { BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW };
	struct sock_fprog filter = { 1, &allow };
	CHECK(prctl(PR_SET_NAME, "guest") == 0 && prctl(PR_SET_TIMERSLACK, 70000UL) == 0);
	CHECK(prctl(PR_SET_PDEATHSIG, SIGURG) == 0 && prctl(PR_SET_KEEPCAPS, 1UL) == 0);
	CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1UL) == 0 && prctl(PR_SET_DUMPABLE, 0UL) == 0);
	CHECK(prctl(PR_SET_THP_DISABLE, 1UL, 0UL, 0UL, 0UL) == 0);
	CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL) == 0);
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0);
}

static void change_thread(void)
{
	struct sched_param parameters = { 0 };
	CHECK(fesetround(FE_UPWARD) == 0);
	CHECK(sched_setscheduler(0, SCHED_BATCH, &parameters) == 0);
	CHECK(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL) == 0);
}

int secrets_token_bytes(void *out, size_t nbytes)
{
	static int called;
	memset(out, 0, nbytes);
	if (called++ > 0)
		return SECRETS_OK;
	change_memory_and_threads();
	change_signals();
	change_timers_and_limits();
	change_thread();
	change_what_files_say();
	change_attributes();
	errno = EINTR;
	return SECRETS_OK;
}
