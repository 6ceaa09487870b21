/* SPDX-License-Identifier: MIT */
//go:build linux && library

/*
 * Sleep, start, settle, rewind: how a Go runtime lives in the process of a host.
 *
 * Sleep. Loading the library runs no code. Go's own constructor is removed from the object
 * when the library is linked (packaging/object.sh), so the runtime does nothing until a call.
 *
 * Start. The first call in a process saves a copy of the image's writable data, some 60 KB,
 * and then calls what the constructor would have called. The runtime gets none of the host's
 * arguments and environment, and its threads start with all signals blocked.
 *
 * Settle. Once it has started, its threads end (threads.c). What remains is memory, and a few
 * goroutines for the threads of the host to borrow (slots.c).
 *
 * Rewind. fork() may happen while a thread starts the runtime or is in a call. It copies the
 * locks that the thread holds but not the thread, so whoever needs one would wait for ever. A
 * child is recognised by the page below, which the kernel fills with zeros (MADV_WIPEONFORK).
 * Its first call restores the image as it was asleep, and starts it. When the library is
 * unloaded, the image is restored too, and not started.
 */
#define _GNU_SOURCE
#include "engine.h"
#include "entropy.h"
#include "heap.h"
#include "runtime.h"
#include "slots.h"
#include "threads.h"

#include "_cgo_export.h"

#include <elf.h>
#include <errno.h>
#include <sched.h>
#include <semaphore.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif

/* From <linux/futex.h>, which musl does not have. */
#define FUTEX_WAKE_PRIVATE (1 | 128)

/* Aligned zeros of whole pages: anonymous memory, as MADV_WIPEONFORK needs. */
__attribute__((aligned(PROCESS_SIZE), section(".bss.process"))) union process_pages engine_pages;

static struct process *const process = &engine_pages.process;

static KEEP struct {
	int marked;   /* the page is wiped in children */
	int awake;    /* the image has changed since it was asleep */
	void *asleep; /* the copy of the writable data */
	sem_t *exits; /* above 0 once the process is exiting */
} keep;

/* ---- The page --------------------------------------------------------- */

static void forget(void)
{
	memset(process, 0, sizeof *process);
}

/* Called before anything is written to the page, so that no child inherits that; several threads
   may do so at the same time. On kernels before 4.14 a handler of fork() clears it instead, which
   a raw clone(2) does not call. */
static void mark_page(void)
{
	if (__atomic_load_n(&keep.marked, __ATOMIC_ACQUIRE))
		return;
	if (madvise(&engine_pages, sizeof engine_pages, MADV_WIPEONFORK) != 0)
		pthread_atfork(NULL, NULL, forget);
	__atomic_store_n(&keep.marked, 1, __ATOMIC_RELEASE);
}

/* ---- The image -------------------------------------------------------- */

static size_t data_size(void)
{
	return (size_t)(__stop_libsecrets_data - __start_libsecrets_data);
}

/* Saves a copy of the writable data, in pages that are read-only from then on. */
static int put_aside(void)
{
	void *copy =
		__real_mmap(NULL, data_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (copy == MAP_FAILED)
		return 0;
	memcpy(copy, __start_libsecrets_data, data_size());
	mprotect(copy, data_size(), PROT_READ);
	keep.asleep = copy;
	return 1;
}

/* Sets the bytes from one address up to another to zero, by giving whole pages back. If that
   fails, it writes only to pages that are not zero: most of the 33 MB never were written to. */
static void clear(char *from, char *to)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *first = from + (-(uintptr_t)from & (page - 1));
	char *last = to - ((uintptr_t)to & (page - 1));
	memset(from, 0, (size_t)(first - from));
	memset(last, 0, (size_t)(to - last));
	if (madvise(first, (size_t)(last - first), MADV_DONTNEED) == 0)
		return;
	for (; first < last; first += page)
		if (*first != 0 || memcmp(first, first + 1, page - 1) != 0)
			memset(first, 0, page);
}

static void rewind_image(void)
{
	heap_forget();
	memcpy(__start_libsecrets_data, keep.asleep, data_size());
	clear(__start_libsecrets_zero, __stop_libsecrets_zero);
}

/* ---- Exit ------------------------------------------------------------- */

void *__real_malloc(size_t size);
extern int __cxa_atexit(void (*handler)(void *), void *argument, void *object);

/* Neither the handler nor the semaphore is in this object: exit(3) reaches them even if that has
   been unloaded. */
static void watch_exit(void)
{
	sem_t *exits = keep.exits != NULL ? NULL : __real_malloc(sizeof *exits);
	if (exits == NULL)
		return;
	sem_init(exits, 0, 0);
	if (__cxa_atexit((void (*)(void *))(void (*)(void))sem_post, exits, NULL) == 0)
		keep.exits = exits;
}

/* Whether dlclose(3) calls the destructor, and not exit(3); no if that is not known. */
static int is_unloaded(void)
{
	int exits = 1;
	return keep.exits != NULL && sem_getvalue(keep.exits, &exits) == 0 && exits == 0;
}

/* ---- Starting --------------------------------------------------------- */

/* What the kernel would pass to a program: one argument, an environment of our own, and those
   entries of the auxiliary vector that the runtime reads. It reads them as long as the process
   lives, and writes to the bytes at AT_RANDOM. The collector is off, as no call leaves garbage,
   and the runtime starts on one processor, where it needs the fewest threads. */
static void *arguments[24];
static unsigned char seed[ENTROPY_SIZE];

static void write_arguments(void)
{
	static const unsigned long tags[] = { AT_PAGESZ, AT_HWCAP, AT_HWCAP2, AT_SECURE,
		AT_SYSINFO_EHDR };
	static char name[] = "libsecrets", collector[] = "GOGC=off", processors[] = "GOMAXPROCS=1";
	void **end = arguments;
	*end++ = name;
	*end++ = NULL;
	*end++ = collector;
	*end++ = processors;
#ifdef ENGINE_INSTRUMENT
	static char godebug[] = "GODEBUG=cpu.rdtscp=off";
	*end++ = godebug;
#endif
	*end++ = NULL;
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		*end++ = (void *)tags[i];
		*end++ = (void *)getauxval(tags[i]);
	}
	*end++ = (void *)AT_RANDOM;
	*end++ = seed;
	*end++ = AT_NULL;
}

/* The runtime ignores a signal without flags: it installs no handler, does not add SA_ONSTACK to
   the host's, and unblocks it in no thread. 32 and 33 are the C library's own and must be
   unblocked in every thread (setuid waits for all of them). */
static void leave_signals_alone(void)
{
	for (int i = 0; i < NSIG; i++)
		go_signals[i].flags = i == 32 || i == 33 ? GO_SIGNAL_DEFAULT | GO_SIGNAL_UNBLOCK : 0;
}

/* Package syscall starts by raising the limit of descriptors as far as the process may. A host
   that has set a limit has a reason, such as select(2), and programs that it starts inherit it. */
static void leave_limits_alone(void)
{
	struct go_begins *begins = &go_syscall_begins;
	for (uint32_t i = 0; i < begins->count; i++)
		if (begins->functions[i] == go_raise_limit)
			begins->functions[i] = begins->functions[--begins->count];
}

/* The template is a thread of the runtime that starts others for it, so that they inherit nothing
   from a thread of the host. Here a host's thread has nothing to be inherited. */
static void leave_template_out(void)
{
	go_new_threads.have_template = 1;
}

/* Go makes these calls without checking the result, or ends the process if they fail. */
static int calls_are_allowed(void)
{
	int word = 0;
	stack_t stack;
	return sigaltstack(NULL, &stack) == 0 &&
		(!(stack.ss_flags & SS_DISABLE) || sigaltstack(&stack, NULL) == 0) &&
		syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1) == 0;
}

/* As many calls can run at once as the process has processors. There are at least four, as a call
   may lose its processor to a thread that waits for it. */
static int slots_wanted(void)
{
	cpu_set_t set;
	int processors = sched_getaffinity(getpid(), sizeof set, &set) == 0 ? CPU_COUNT(&set) : SLOTS;
	return processors < 4 ? 4 : processors < SLOTS ? processors : SLOTS;
}

/* The runtime sets an alternate signal stack for the thread, for handlers that it does not have
   here: it is disabled again. */
static void run(void)
{
	stack_t before, none = { .ss_flags = SS_DISABLE };
	sigaltstack(NULL, &before);
	go_start(1, arguments);
	slots_make(slots_wanted());
	if (before.ss_flags & SS_DISABLE)
		sigaltstack(&none, NULL);
}

/* The caller holds the lock. */
static int start(const unsigned char random[ENTROPY_SIZE])
{
	if (keep.awake)
		rewind_image();
	else if (!put_aside())
		return 0;
	__atomic_store_n(&keep.awake, 1, __ATOMIC_RELEASE);
	watch_exit();
	if (!calls_are_allowed() || !heap_fits() || !threads_make())
		return 0;
	memcpy(seed, random, sizeof seed);
	write_arguments();
	leave_signals_alone();
	leave_limits_alone();
	leave_template_out();
	/* At its first use crypto/rand starts a timer, to warn if the kernel is not ready in a minute.
	   The timer starts the runtime's network poller, which keeps two descriptors open. */
	go_random_used = 1;
	run();
	__atomic_store_n(&process->started, 1, __ATOMIC_RELEASE);
	return 1;
}

/* This precedes every call that draws, as those wait for the lock: what Go's generator does once,
   no two threads do at the same time. If there is no getrandom(2), Go reads a file under a lock of
   its own, and no call may wait inside Go: so only one call runs at a time then. */
static void draw_first(enum entropy from)
{
	if (from == ENTROPY_FROM_FILE)
		slots_keep_one();
	struct slot *slot;
	if (engine_take(&slot, 0)) {
		goFirstDraw();
		engine_leave(slot);
	}
}

/* The caller holds the lock. A call that needs no randomness starts the runtime without: it is
   seeded with the bytes that the kernel gave the process at its start. */
static int answer(int randomness)
{
	unsigned char random[ENTROPY_SIZE] = { 0 };
	const void *from_kernel = (const void *)getauxval(AT_RANDOM);
	if (process->ready != 0 || (process->started != 0 && !randomness))
		return SECRETS_OK;
	enum entropy from = randomness ? entropy_read(random) : ENTROPY_REFUSED;
	if (randomness && from == ENTROPY_REFUSED)
		return SECRETS_EENTROPY;
	if (!randomness && from_kernel != NULL)
		memcpy(random, from_kernel, sizeof random);
	if (process->started == 0 && !start(random))
		return SECRETS_ESTART;
	if (randomness) {
		draw_first(from);
		__atomic_store_n(&process->ready, 1, __ATOMIC_RELEASE);
	}
	return SECRETS_OK;
}

/* ---- Entering --------------------------------------------------------- */

/* All signals except those for a fault in the thread itself, which a crash handler of the host
   should see. */
static sigset_t all_but_faults(void)
{
	static const int faults[] = { SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP };
	sigset_t mask;
	sigfillset(&mask);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		sigdelset(&mask, faults[i]);
	return mask;
}

/* Signals are blocked meanwhile, for three reasons: the runtime's threads inherit the mask; a
   handler of the host that interrupts Go code runs on its stack, which is 4 KB until goGrowStack;
   and a thread whose handler jumps out of here, or that is cancelled, would keep the lock. */
int engine_start(int randomness)
{
	int cancel, error = errno;
	sigset_t mask = all_but_faults(), host;

	if (pthread_sigmask(SIG_SETMASK, &mask, &host) != 0)
		return SECRETS_ESTART;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel);
	mark_page();
	pthread_mutex_lock(&process->starting);
	int status = answer(randomness);
	pthread_mutex_unlock(&process->starting);
	pthread_setcancelstate(cancel, &cancel);
	errno = error;
	pthread_sigmask(SIG_SETMASK, &host, NULL); /* last: a handler may jump out of here */
	return status;
}

/* ---- Leaving ---------------------------------------------------------- */

/* The caller holds the lock, for which other threads may wait: so it is not cleared. A child that
   is forked meanwhile has an image to restore, or one that is asleep. */
static void fall_asleep(void)
{
	rewind_image();
	__atomic_store_n(&keep.awake, 0, __ATOMIC_SEQ_CST);
	__real_munmap(keep.asleep, data_size());
	memset(process->slots, 0, sizeof process->slots);
	process->slots_count = 0;
	__atomic_store_n(&process->started, 0, __ATOMIC_RELEASE);
}

/* Runs when the library is unloaded. If the process exits, it changes nothing: other threads may
   be in calls, or go on calling, and a filter may allow nothing but to exit. The destructors of an
   object that the library is linked into may call, too, so this is the last of them: 101 is the
   last priority that is not reserved. */
__attribute__((destructor(101))) static void unload(void)
{
	if (!keep.awake || !is_unloaded() || pthread_mutex_trylock(&process->starting) != 0)
		return;
	__atomic_store_n(&process->ready, 0, __ATOMIC_RELEASE);
	if (slots_close())
		fall_asleep();
	pthread_mutex_unlock(&process->starting);
}
