/* SPDX-License-Identifier: MIT */
/*
 * What the library needs to start again in a forked child, refused one thing
 * at a time. Every refusal has to end in an answer or in a status, and to leave
 * the child as it was. Needs root, for chroot(2).
 */
#define _GNU_SOURCE
#include "check.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>

#define DEADLINE 20 /* seconds */

/* ---- Processes -------------------------------------------------------- */

/* Runs body in a forked child; it has to end by itself, with 0. */
static void in_child(void (*body)(void))
{
	int status;
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		alarm(DEADLINE);
		body();
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFEXITED(status)); /* else a signal ended it */
	CHECK(WEXITSTATUS(status) == 0);
}

static int descriptors(void)
{
	int count = 0;
	for (int i = 0; i < 1024; i++)
		count += fcntl(i, F_GETFD) >= 0;
	return count;
}

/* One call, which must leave everything but its output alone. */
static void call(int expected)
{
	int before = descriptors();
	unsigned char out[32];
	pattern_fill(out, sizeof out);
	CHECK_STATUS(expected, secrets_token_bytes(out, sizeof out));
	CHECK(pattern_kept(out, 0, sizeof out) == (expected != SECRETS_OK));
	/* A runtime that is still starting has one file after another open for a
	   moment: it is enough that there is a moment without. */
	int after = descriptors();
	for (int ms = 0; after > before && ms < 5000; ms++) {
		usleep(1000);
		after = descriptors();
	}
	CHECK(after <= before);
}

/* A refusal is refused again, at once. */
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

/* The library has answered in this process; body is the first to call it in a
   child. */
static void after_fork(void (*body)(void))
{
	call(SECRETS_OK);
	in_child(body);
	call(SECRETS_OK);
	in_child(first_call);
}

/* ---- Refusals --------------------------------------------------------- */

/* Makes a system call fail with error; if argument is not -1, only where that
   argument has all the bits of value. */
static void refuse_when(long number, int error, int argument, unsigned value)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			(unsigned)offsetof(struct seccomp_data, args) + 8 * (unsigned)(argument < 0 ? 0 : argument)),
		BPF_STMT(BPF_ALU | BPF_AND | BPF_K, argument < 0 ? 0 : value),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, argument < 0 ? 0 : value, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
	CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

static void refuse(long number, int error)
{
	refuse_when(number, error, -1, 0);
}

static void set_limit(int resource, rlim_t value)
{
	struct rlimit limit;
	CHECK(getrlimit(resource, &limit) == 0);
	limit.rlim_cur = value;
	CHECK(setrlimit(resource, &limit) == 0);
}

/* Refused below the limit, and not for ever: the next call above it answers. */
static void limited(int resource, rlim_t value)
{
	struct rlimit before;
	CHECK(getrlimit(resource, &before) == 0);
	set_limit(resource, value);
	refused(SECRETS_ESTART);
	set_limit(resource, before.rlim_cur);
	call(SECRETS_OK);
}

static char new_root[] = "/tmp/libsecrets-root-XXXXXX";
static int old_root;

/* A new folder as the root, with a /tmp in it. No /proc, no /dev. */
static void change_root(void)
{
	CHECK(mkdtemp(new_root) != NULL);
	old_root = open("/", O_RDONLY | O_DIRECTORY);
	CHECK(chroot(new_root) == 0 && chdir("/") == 0 && mkdir("/tmp", 0700) == 0);
}

static void remove_root(void)
{
	CHECK(rmdir("/tmp") == 0 && unlinkat(old_root, new_root + 1, AT_REMOVEDIR) == 0);
}

static int entries(const char *folder)
{
	int count = 0;
	DIR *open_folder = opendir(folder);
	CHECK(open_folder != NULL);
	for (struct dirent *entry = readdir(open_folder); entry != NULL; entry = readdir(open_folder))
		count += strstr(entry->d_name, "libsecrets-") == entry->d_name;
	closedir(open_folder);
	return count;
}

/* ---- Starting again --------------------------------------------------- */

static void without_memfd(void)
{
	int shm = entries("/dev/shm");
	refuse(SYS_memfd_create, EPERM);
	call(SECRETS_OK);
	CHECK(entries("/dev/shm") == shm);
}

static void memfd_refused(void)
{
	after_fork(without_memfd);
}

static void memfd_missing_body(void)
{
	refuse(SYS_memfd_create, ENOSYS);
	call(SECRETS_OK);
}

static void memfd_missing(void)
{
	after_fork(memfd_missing_body);
}

/* The kernels before MFD_EXEC refuse flags they do not know. */
static void old_memfd(void)
{
	refuse_when(SYS_memfd_create, EINVAL, 1, 0x10);
	call(SECRETS_OK);
}

static void memfd_without_exec_flag(void)
{
	after_fork(old_memfd);
}

static void bare_root(void)
{
	change_root();
	remove_root();
	refused(SECRETS_ESTART);
}

static void chroot_without_anything(void)
{
	after_fork(bare_root);
}

static void root_with_tmp(void)
{
	change_root();
	refuse(SYS_getrandom, EPERM); /* which the first file name is made with */
	refused(SECRETS_EENTROPY);
	remove_root();
}

static void chroot_with_tmp_body(void)
{
	change_root();
	call(SECRETS_OK);
	CHECK(entries("/tmp") == 0);
	remove_root();
}

static void chroot_with_tmp(void)
{
	after_fork(chroot_with_tmp_body);
	after_fork(root_with_tmp);
}

static void small_files(void) { limited(RLIMIT_FSIZE, 4096); }
static void file_size_limit(void) { after_fork(small_files); }

/* The next descriptor would be the first that is not allowed. */
static void few_descriptors(void)
{
	int next = dup(0);
	CHECK(next >= 0 && close(next) == 0);
	limited(RLIMIT_NOFILE, (rlim_t)next);
}

static void descriptor_limit(void) { after_fork(few_descriptors); }

static void few_addresses(void) { limited(RLIMIT_AS, 1 << 20); }
static void address_limit(void) { after_fork(few_addresses); }

/* With whatever there is to have, from far too little to plenty, a child gets an
   answer or a status; it never dies of the runtime's own complaint. */
static rlim_t addresses;

static void with_addresses(void)
{
	unsigned char out[16];
	set_limit(RLIMIT_AS, addresses);
	errno = 0;
	int status = secrets_token_bytes(out, sizeof out);
	CHECK(status == SECRETS_OK || status == SECRETS_ESTART);
}

static void every_address_limit(void)
{
	call(SECRETS_OK);
	for (addresses = 1 << 20; addresses < (rlim_t)8 << 30; addresses += (rlim_t)64 << 20)
		in_child(with_addresses);
}

static void few_threads(void)
{
	CHECK(setgid(65534) == 0 && setuid(65534) == 0); /* root has no such limit */
	limited(RLIMIT_NPROC, 1);
}

static void thread_limit(void) { after_fork(few_threads); }

/* dlopen fails wherever the copy lies. */
static void without_executable_memory(void)
{
	refuse_when(SYS_mmap, EPERM, 2, 4 /* PROT_EXEC */);
	refused(SECRETS_ESTART);
}

static void executable_memory_refused(void) { after_fork(without_executable_memory); }

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

/* Never called before here: the first process itself. */
static void entropy_refused_at_first_call(void)
{
	entropy_refused_body();
}

/* Where there is no getrandom(2), Go keeps /dev/urandom open: no call(). */
static void entropy_from_urandom(void)
{
	unsigned char out[32];
	refuse(SYS_getrandom, ENOSYS);
	CHECK_STATUS(SECRETS_OK, secrets_token_bytes(out, sizeof out));
}

static void entropy_missing(void)
{
	change_root();
	remove_root();
	refuse(SYS_getrandom, ENOSYS);
	refused(SECRETS_EENTROPY);
}

/* Runs this program again, with a filter that is there before the library. */
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
	again("inner_refused_from_start");
}

static void inner_refused_from_start(void)
{
	refused(SECRETS_EENTROPY);
}

/* ---- Kernels ---------------------------------------------------------- */

static void without_wipeonfork(void)
{
	refuse_when(SYS_madvise, EINVAL, 2, 18);
	again("inner_fork");
}

static void inner_fork(void)
{
	call(SECRETS_OK);
	in_child(first_call);
}

/* ---- Depth ------------------------------------------------------------ */

/* Each child starts the library again, until no more fits; that ends in a status. */
static int deepest_wanted = 100000;

static int descend(int depth)
{
	alarm(10 * DEADLINE); /* set for each: a child does not inherit it */
	unsigned char out[16];
	int status = secrets_token_bytes(out, sizeof out);
	if (status == SECRETS_ESTART || depth == deepest_wanted) {
		printf("deepest child that answered: %d\n", status == SECRETS_OK ? depth : depth - 1);
		fflush(stdout);
		return (status == SECRETS_OK) != (deepest_wanted == 100000) ? 0 : 1;
	}
	CHECK(status == SECRETS_OK);
	pid_t child = fork();
	if (child == 0)
		_exit(descend(depth + 1));
	return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static void chain_to_the_end(void)
{
	CHECK(descend(0) == 0);
}

static void chain_of_forty(void)
{
	deepest_wanted = 40;
	CHECK(descend(0) == 0);
}

static const struct check_case cases[] = {
	CASE(memfd_refused),
	CASE(memfd_missing),
	CASE(memfd_without_exec_flag),
	CASE(chroot_without_anything),
	CASE(chroot_with_tmp),
	CASE(file_size_limit),
	CASE(descriptor_limit),
	CASE(address_limit),
	CASE(every_address_limit),
	CASE(thread_limit),
	CASE(executable_memory_refused),
	CASE(entropy_refused_in_child),
	CASE(entropy_refused_at_first_call),
	CASE(entropy_from_urandom),
	CASE(entropy_missing),
	CASE(loaded_without_entropy),
	CASE(inner_refused_from_start),
	CASE(without_wipeonfork),
	CASE(inner_fork),
	CASE(chain_of_forty),
	CASE(chain_to_the_end),
};

CHECK_MAIN(cases)
