/* SPDX-License-Identifier: MIT */
/* The library does not touch the host's signals. Loads $LIBRARY, so that a case can prepare
   something before. */
#define _GNU_SOURCE
#include "check.h"
#include "load.h"
#include "run.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>

enum { REPEATS = 50 };

static int (*token_bytes)(void *out, size_t nbytes);
static int (*token_hex)(char *out, size_t out_size, size_t nbytes);

static void call(void)
{
	unsigned char out[32];
	CHECK(token_bytes(out, sizeof out) == SECRETS_OK);
}

static void load_only(void)
{
	void *library = load_library("LIBRARY");
	find_function(library, "secrets_token_bytes", &token_bytes);
	find_function(library, "secrets_token_hex", &token_hex);
}

static void load(void)
{
	load_only();
	call();
}

static void *call_in_thread(void *unused)
{
	call();
	return unused;
}

/* glibc uses the first two real-time signals itself. */
static int of_host(int number)
{
	return number != 32 && number != 33;
}

static volatile sig_atomic_t caught;

static void count(int number)
{
	(void)number;
	caught++;
}

static void handle(int number, void (*handler)(int), int flags)
{
	struct sigaction action;
	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	action.sa_flags = flags;
	CHECK(sigaction(number, &action, NULL) == 0);
}

/* ---- Handlers --------------------------------------------------------- */

static void check_handlers_stay(void)
{
	struct sigaction before[NSIG], after;
	memset(before, 0, sizeof before);
	for (int i = 1; i < NSIG; i++)
		if (of_host(i))
			CHECK(sigaction(i, NULL, &before[i]) == 0);
	load();
	run_in_thread(call_in_thread, NULL);
	for (int i = 1; i < NSIG; i++) {
		if (!of_host(i))
			continue;
		CHECK(sigaction(i, NULL, &after) == 0);
		CHECK(after.sa_handler == before[i].sa_handler && after.sa_flags == before[i].sa_flags);
	}
}

static void defaults_stay(void)
{
	check_handlers_stay();
}

static void handlers_stay(void)
{
	for (int i = 1; i < NSIG; i++)
		if (of_host(i) && i != SIGKILL && i != SIGSTOP)
			handle(i, count, i % 2 ? SA_RESTART : 0);
	check_handlers_stay();
}

static void ignored_sigpipe_stays_across_exec(void)
{
	handle(SIGPIPE, SIG_IGN, 0);
	load();
	execl("/proc/self/exe", "signals", "sigpipe_is_ignored", (char *)NULL);
	CHECK(!"exec failed");
}

static void sigpipe_is_ignored(void)
{
	struct sigaction action;
	CHECK(sigaction(SIGPIPE, NULL, &action) == 0);
	CHECK(action.sa_handler == SIG_IGN);
}

static void handlers_are_called(void)
{
	static const int numbers[] = { SIGPROF, SIGALRM, SIGCHLD, SIGTERM, SIGUSR1, SIGURG, SIGPIPE,
		SIGHUP };
	load();
	for (size_t i = 0; i < COUNT(numbers); i++) {
		handle(numbers[i], count, 0);
		caught = 0;
		for (int n = 0; n < REPEATS; n++)
			CHECK(kill(getpid(), numbers[i]) == 0 && caught == n + 1);
	}
}

/* ---- Faults ----------------------------------------------------------- */

static sigjmp_buf recovered;
static char alternate[65536];
static volatile int on_alternate;

static void jump(int number)
{
	char here;
	on_alternate = &here >= alternate && &here < alternate + sizeof alternate;
	siglongjmp(recovered, number);
}

static void fault(void)
{
	*(volatile char *)16 = 0;
}

static void check_fault_is_caught(void)
{
	if (sigsetjmp(recovered, 1) == 0)
		fault();
	CHECK(on_alternate);
}

static void use_alternate_stack(void)
{
	stack_t stack;
	memset(&stack, 0, sizeof stack);
	stack.ss_sp = alternate;
	stack.ss_size = sizeof alternate;
	CHECK(sigaltstack(&stack, NULL) == 0);
	handle(SIGSEGV, jump, SA_ONSTACK);
	handle(SIGBUS, jump, SA_ONSTACK);
}

static void fault_handler_from_before_load(void)
{
	use_alternate_stack();
	load();
	check_fault_is_caught();
	call();
	check_fault_is_caught();
}

static void fault_handler_from_after_load(void)
{
	load();
	use_alternate_stack();
	call();
	check_fault_is_caught();
	call();
}

static void end_well(int number)
{
	_exit(number == SIGSEGV ? 0 : 1);
}

/* An invalid pointer is the caller's fault, and goes to the caller's handler. */
static void fault_inside_a_call(void)
{
	handle(SIGSEGV, end_well, 0);
	load();
	CHECK(token_bytes((void *)16, 16) == SECRETS_OK);
	CHECK(!"no fault");
}

/* ---- Threads ---------------------------------------------------------- */

static void check_thread_keeps_its_own(void)
{
	sigset_t mask, after;
	stack_t stack, stack_after;
	CHECK(pthread_sigmask(SIG_SETMASK, NULL, &mask) == 0 && sigaltstack(NULL, &stack) == 0);
	for (int n = 0; n < 3; n++)
		call();
	CHECK(pthread_sigmask(SIG_SETMASK, NULL, &after) == 0 && sigaltstack(NULL, &stack_after) == 0);
	for (int i = 1; i < NSIG; i++)
		CHECK(sigismember(&mask, i) == sigismember(&after, i));
	CHECK(stack.ss_sp == stack_after.ss_sp && stack.ss_flags == stack_after.ss_flags);
}

static void *keep_own(void *unused)
{
	sigset_t mask;
	sigfillset(&mask);
	sigdelset(&mask, SIGUSR1);
	CHECK(pthread_sigmask(SIG_SETMASK, &mask, NULL) == 0);
	check_thread_keeps_its_own();
	return unused;
}

static void mask_and_alternate_stack_stay(void)
{
	load_only(); /* the first call, which starts the library, is one of them */
	check_thread_keeps_its_own();
	run_in_thread(keep_own, NULL);
	use_alternate_stack();
	check_thread_keeps_its_own();
}

/* Blocked in all threads of the host, to be received by sigtimedwait(2). */
static void block_all(void)
{
	sigset_t all;
	sigfillset(&all);
	CHECK(pthread_sigmask(SIG_SETMASK, &all, NULL) == 0);
}

static void check_waited_signals_arrive(void)
{
	static const int numbers[] = { SIGTERM, SIGURG, SIGCHLD, SIGPROF, SIGPIPE, SIGUSR2, SIGWINCH };
	struct timespec patience = { 10, 0 };
	for (size_t i = 0; i < COUNT(numbers); i++) {
		sigset_t one;
		sigemptyset(&one);
		sigaddset(&one, numbers[i]);
		for (int n = 0; n < REPEATS; n++) {
			CHECK(kill(getpid(), numbers[i]) == 0);
			call();
			CHECK(sigtimedwait(&one, NULL, &patience) == numbers[i]);
		}
	}
}

static void signals_blocked_before_load_arrive(void)
{
	block_all();
	load();
	check_waited_signals_arrive();
}

static void signals_blocked_after_load_arrive(void)
{
	load();
	block_all();
	check_waited_signals_arrive();
}

/* ---- Interruptions ---------------------------------------------------- */

static void *fill_much(void *unused)
{
	static unsigned char much[32 << 20];
	for (int n = 0; n < 4; n++)
		CHECK(token_bytes(much, sizeof much) == SECRETS_OK);
	return unused;
}

static void no_sigurg(void)
{
	int ends[2];
	char byte;
	load();
	handle(SIGURG, count, 0); /* without SA_RESTART: read(2) would fail with EINTR */
	CHECK(pipe(ends) == 0);
	run_in_thread(fill_much, NULL);
	CHECK(caught == 0);
	CHECK(write(ends[1], "x", 1) == 1 && read(ends[0], &byte, 1) == 1);
}

/* Uses as much stack as a handler that does some work. */
static void use_stack(int number)
{
	volatile char space[49152];
	(void)number;
	for (size_t i = 0; i < sizeof space; i += 64)
		space[i] = 0x55;
	caught++;
}

static void handler_needs_stack(void)
{
	struct itimerval often = { { 0, 20 }, { 0, 20 } };
	/* Mostly encoding, which runs on Go's own small stack. */
	char out[SECRETS_TOKEN_HEX_SIZE(32)];
	load(); /* first, as a plain library adds SA_ONSTACK to the handlers it finds */
	handle(SIGALRM, use_stack, SA_RESTART);
	CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
	while (caught < 20000)
		CHECK(token_hex(out, sizeof out, 32) == SECRETS_OK);
}

static void handler_needs_stack_at_first_calls(void)
{
	struct itimerval often = { { 0, 20 }, { 0, 20 } };
	load();
	handle(SIGALRM, use_stack, SA_RESTART);
	CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
	while (caught < 20000)
		run_in_thread(call_in_thread, NULL);
}

static sigjmp_buf before_the_call;

static void jump_back(int number)
{
	siglongjmp(before_the_call, number);
}

/* The alarm comes while a first call has signals blocked, and is delivered when the call ends:
   after a jump from there the thread must be in order. */
static void jump_out_of_a_first_call(void)
{
	struct itimerval soon = { { 0, 0 }, { 0, 1000 } };
	int cancel = -1;
	handle(SIGALRM, jump_back, 0);
	if (sigsetjmp(before_the_call, 1) == 0) {
		CHECK(setitimer(ITIMER_REAL, &soon, NULL) == 0);
		call();
		for (;;)
			pause();
	}
	CHECK(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &cancel) == 0 &&
		cancel == PTHREAD_CANCEL_ENABLE);
	handle(SIGALRM, SIG_DFL, 0);
	alarm(20);
	call();
	run_in_thread(call_in_thread, NULL);
}

static void handler_jumps_out_of_first_calls(void)
{
	load_only();
	for (int i = 0; i < 20; i++)
		run_in_child(jump_out_of_a_first_call, 60);
}

static const struct check_case cases[] = {
	CASE(defaults_stay),
	CASE(handlers_stay),
	TAGGED(ignored_sigpipe_stays_across_exec, "unwatched"),
	TAGGED(sigpipe_is_ignored, "inner"),
	CASE(handlers_are_called),
	CASE(fault_handler_from_before_load),
	CASE(fault_handler_from_after_load),
	CASE(fault_inside_a_call),
	CASE(mask_and_alternate_stack_stay),
	CASE(signals_blocked_before_load_arrive),
	CASE(signals_blocked_after_load_arrive),
	CASE(no_sigurg),
	CASE(handler_jumps_out_of_first_calls),
	CASE(handler_needs_stack),
	TAGGED(handler_needs_stack_at_first_calls, "slow"),
};

CHECK_MAIN(cases)
