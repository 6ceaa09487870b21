/* SPDX-License-Identifier: MIT */
/*
 * What the library needs to start is refused, one thing at a time, in a process that never
 * called and in a forked child. In every case the call has to return a status, and must not
 * change the process. Needs root, for chroot(2) and to give up rights.
 */
#define _GNU_SOURCE
#include "check.h"
#include "proc.h"
#include "rights.h"
#include "run.h"

#include <fcntl.h>

#define DEADLINE 20 /* seconds */

/* ---- Processes -------------------------------------------------------- */

static void in_child(void (*body)(void))
{
	run_in_child(body, DEADLINE);
}

/* The exit status of a child that was refused something. */
enum { REFUSED = 42 };

/* Reports whether a forked child that runs body is refused nothing. */
static int answers_in_child(void (*body)(void))
{
	int status = exit_of(start_child(body, DEADLINE));
	CHECK(status == 0 || status == REFUSED);
	return status == 0;
}

static int descriptors(void)
{
	int count = 0;
	for (int i = 0; i < 1024; i++)
		count += fcntl(i, F_GETFD) >= 0;
	return count;
}

/* One call, which must change nothing but its output. */
static void call(int expected)
{
	int before = descriptors();
	unsigned char out[32];
	pattern_fill(out, sizeof out);
	CHECK_STATUS(expected, secrets_token_bytes(out, sizeof out));
	CHECK(pattern_kept(out, 0, sizeof out) == (expected != SECRETS_OK));
	/* While a runtime starts, it opens one file after another for a moment: it is enough that
	   at some moment there is none. */
	int after = descriptors();
	for (int ms = 0; after > before && ms < 5000; ms++) {
		usleep(1000);
		after = descriptors();
	}
	CHECK(after <= before);
}

/* A call that fails once fails again, at once. */
static void refused(int expected)
{
	call(expected);
	call(expected);
	CHECK(secrets_compare_digest("a", 1, "a", 1) == (expected == SECRETS_EENTROPY));
}

static void first_call(void)
{
	call(SECRETS_OK);
}

/* The library has been called in this process; body makes the first call in a child. */
static void after_fork(void (*body)(void))
{
	call(SECRETS_OK);
	in_child(body);
	call(SECRETS_OK);
	in_child(first_call);
}

/* ---- Refusals --------------------------------------------------------- */

/* Makes a system call fail with error if that argument has all the bits of value. */
static void refuse_when(long number, int error, unsigned argument, unsigned value)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			(unsigned)offsetof(struct seccomp_data, args) + 8 * argument),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, value),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	install_filter(filter, COUNT(filter), 0);
}

static void refuse(long number, int error)
{
	refuse_call(number, error, 0);
}

static void give_up_rights(void)
{
	become_user(64123);
}

/* A call fails below the limit, and the next one above it succeeds. */
static void limited(int resource, rlim_t value)
{
	struct rlimit before;
	CHECK(getrlimit(resource, &before) == 0);
	set_limit(resource, value);
	refused(SECRETS_ESTART);
	set_limit(resource, before.rlim_cur);
	call(SECRETS_OK);
}

/* body makes the first call in a process that never called, and in a child of one that did. */
static void first(void (*body)(void))
{
	in_child(body);
	after_fork(body);
}

/* ---- What is not needed ----------------------------------------------- */

/* Changes the root to an empty folder: without /proc, /dev and /tmp. */
static void change_root(void)
{
	char root[] = "/tmp/libsecrets-root-XXXXXX";
	CHECK(mkdtemp(root) != NULL && chroot(root) == 0 && chdir("/") == 0);
}

static void in_bare_root(void)
{
	change_root();
	call(SECRETS_OK);
}

static void chroot_answers(void)
{
	first(in_bare_root);
}

static void without_files(void)
{
	set_limit(RLIMIT_FSIZE, 0);
	set_limit(RLIMIT_NOFILE, 0);
	refuse(SYS_memfd_create, EPERM);
	first_call();
}

static void file_limits_answer(void)
{
	first(without_files);
}

static void without_executable_memory(void)
{
	refuse_when(SYS_mmap, EPERM, 2, 4 /* PROT_EXEC */);
	call(SECRETS_OK);
}

static void executable_memory_refused_answers(void)
{
	first(without_executable_memory);
}

/* The rewind uses it to give pages back, and does without. */
static void without_dontneed(void)
{
	refuse_when(SYS_madvise, EPERM, 2, 4 /* MADV_DONTNEED */);
	call(SECRETS_OK);
}

static void dontneed_refused_answers(void)
{
	first(without_dontneed);
}

/* ---- Memory ----------------------------------------------------------- */

static void few_addresses(void)
{
	limited(RLIMIT_AS, 1 << 20);
}
static void address_limit(void)
{
	first(few_addresses);
}

static void few_pages(void)
{
	limited(RLIMIT_DATA, 1 << 20);
}
static void data_limit(void)
{
	first(few_pages);
}

/* Under mlockall(2) all mappings are locked, and count. */
static void few_locked(void)
{
	struct rlimit limit;
	CHECK(getrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	set_limit(RLIMIT_MEMLOCK,
		limit.rlim_max < (rlim_t)256 << 20 ? limit.rlim_max : (rlim_t)256 << 20);
	give_up_rights();
	CHECK(mlockall(MCL_FUTURE) == 0);
	refused(SECRETS_ESTART);
	CHECK(munlockall() == 0);
	call(SECRETS_OK);
}

static void locked_limit(void)
{
	first(few_locked);
}

/* With any amount of memory, from far too little to plenty, there is an answer or a status; the
   runtime never ends the process. The limit is what the process has, and more. */
static rlim_t more;
static int resource, answers;

static void with_more(void)
{
	unsigned char out[16];
	set_limit(resource, proc_memory(resource == RLIMIT_AS ? "VmSize:" : "VmData:") + more);
	int status = secrets_token_bytes(out, sizeof out);
	CHECK(status == SECRETS_OK || status == SECRETS_ESTART);
	_exit(status == SECRETS_OK ? 0 : REFUSED);
}

static void sweep(int of, rlim_t step, rlim_t end)
{
	resource = of;
	for (more = 0; more < end; more += step)
		answers += answers_in_child(with_more);
}

/* From some limit on there are answers, and below it there are errors. */
static void sweep_all(int of, rlim_t step, rlim_t end)
{
	sweep(of, step, end);
	call(SECRETS_OK);
	sweep(of, step, end);
	CHECK(answers > 0 && (rlim_t)answers < 2 * (end / step));
}

static void every_address_limit(void)
{
	sweep_all(RLIMIT_AS, (rlim_t)32 << 20, (rlim_t)1600 << 20);
}

static void every_data_limit(void)
{
	sweep_all(RLIMIT_DATA, (rlim_t)2 << 20, (rlim_t)100 << 20);
}

/* ---- Threads ---------------------------------------------------------- */

static void few_threads(void)
{
	give_up_rights(); /* root has no such limit */
	limited(RLIMIT_NPROC, 1);
}

static void thread_limit(void)
{
	first(few_threads);
}

/* From no thread to enough: threads that were created before one is refused end again. */
static rlim_t threads;

static void with_threads(void)
{
	give_up_rights();
	set_limit(RLIMIT_NPROC, threads);
	unsigned char out[16];
	int status = secrets_token_bytes(out, sizeof out);
	CHECK(status == SECRETS_OK || status == SECRETS_ESTART);
	if (status == SECRETS_ESTART)
		CHECK(proc_threads() == 1);
	set_limit(RLIMIT_NPROC, 100);
	call(SECRETS_OK);
	_exit(status == SECRETS_OK ? 0 : REFUSED);
}

static void every_thread_limit(void)
{
	for (int n = 0; n < 2; n++) {
		for (threads = 1; threads < 12; threads++)
			answers += answers_in_child(with_threads);
		call(SECRETS_OK); /* from now on in children */
	}
	CHECK(answers > 0 && answers < 2 * 11);
}

static void without_clone(void)
{
	refuse(SYS_clone3, EPERM);
	refuse(SYS_clone, EPERM);
	refused(SECRETS_ESTART);
}

static void clone_refused(void)
{
	first(without_clone);
}

/* ---- Randomness ------------------------------------------------------- */

static void entropy_refused_body(void)
{
	refuse(SYS_getrandom, EPERM);
	refused(SECRETS_EENTROPY);
}

static void entropy_refused_in_child(void)
{
	after_fork(entropy_refused_body);
}

/* Nothing has been called before: this is the first process itself. */
static void entropy_refused_at_first_call(void)
{
	entropy_refused_body();
}

/* If there is no getrandom(2), Go keeps /dev/urandom open, so call() is not used. */
static void entropy_from_urandom(void)
{
	unsigned char out[32];
	refuse(SYS_getrandom, ENOSYS);
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(out, sizeof out));
}

static void entropy_missing(void)
{
	change_root();
	refuse(SYS_getrandom, ENOSYS);
	refused(SECRETS_EENTROPY);
}

/* Runs this program again, with a filter in place before the library is loaded. */
static void again(const char *name)
{
	char path[4096];
	ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
	CHECK(size > 0);
	path[size] = '\0';
	execl(path, path, name, (char *)NULL);
	CHECK(!"exec failed");
}

static void loaded_without_entropy(void)
{
	refuse(SYS_getrandom, EPERM);
	again("refused_from_start");
}

static void refused_from_start(void)
{
	refused(SECRETS_EENTROPY);
}

/* ---- Kernels ---------------------------------------------------------- */

static void without_wipeonfork(void)
{
	refuse_when(SYS_madvise, EINVAL, 2, 18);
	again("fork_alone");
}

static void fork_alone(void)
{
	call(SECRETS_OK);
	in_child(first_call);
}

static const struct check_case cases[] = {
	TAGGED(chroot_answers, "forks unwatched"),
	TAGGED(file_limits_answer, "forks unwatched"),
	TAGGED(executable_memory_refused_answers, "forks unwatched"),
	TAGGED(dontneed_refused_answers, "forks unwatched"),
	TAGGED(address_limit, "forks unwatched"),
	TAGGED(data_limit, "forks unwatched"),
	TAGGED(locked_limit, "forks unwatched"),
	TAGGED(every_address_limit, "forks unwatched slow"),
	TAGGED(every_data_limit, "forks unwatched slow"),
	TAGGED(thread_limit, "forks unwatched"),
	TAGGED(every_thread_limit, "forks unwatched"),
	TAGGED(clone_refused, "forks"),
	TAGGED(entropy_refused_in_child, "forks"),
	CASE(entropy_refused_at_first_call),
	CASE(entropy_from_urandom),
	TAGGED(entropy_missing, "unwatched"),
	TAGGED(loaded_without_entropy, "unwatched"),
	TAGGED(refused_from_start, "inner"),
	TAGGED(without_wipeonfork, "forks unwatched"),
	TAGGED(fork_alone, "inner"),
};

CHECK_MAIN(cases)
