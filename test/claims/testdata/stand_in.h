/* SPDX-License-Identifier: MIT */
/*
 * Replaces the operating system's generator. A supervisor answers every getrandom(2) of the process
 * with bytes that the program knows (seccomp(2), SECCOMP_RET_USER_NOTIF), and records the requests.
 * The program removes those it expects from the record. If one is left at its end, it fails.
 *
 * If the kernel has a getrandom in its vDSO, Go calls that, without a system call. So the vDSO is
 * removed from the auxiliary vector, in which the library looks for it. All this is done before the
 * first constructor of a library runs.
 */
#ifndef STAND_IN_H
#define STAND_IN_H

#include "check.h"

#include <elf.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define OPENED SIZE_MAX /* a random device was opened: counts like asking for any number of bytes */
#define DEADLINE 60     /* seconds */

struct request {
	uint64_t size; /* bytes asked for, or OPENED */
	uint64_t flags;
	uint64_t first; /* where the answer begins in the stream of all answers */
};

/* Shared by the supervisor, the process that it answers, and the children of that. */
struct shared {
	struct request log[20000];
	size_t written, read;
	size_t most;     /* the longest answer; 0: no limit */
	size_t opens;    /* of any file */
	uint64_t served; /* bytes */
};
static struct shared *shared;

/* Returns byte i of the stream of all answers: the high bits of a multiplicative hash, so that no
   other piece of it has the same bytes. */
static unsigned char served(uint64_t i)
{
	uint64_t x = (i + 1) * 0x9e3779b97f4a7c15u;
	return (unsigned char)((x ^ x >> 32) * 0xd6e8feb86659fd93u >> 56);
}

/* ---- Supervisor ------------------------------------------------------- */

/* The check cannot be made, which is not a success. */
static void give_up(const char *what)
{
	fprintf(stderr,
		"source: %s: %s. Without it no system call can be seen here, and nothing is proved: "
		"run this where seccomp(2) and access to the memory of one's own children are allowed.\n",
		what, strerror(errno));
	_exit(3);
}

static void record(uint64_t size, uint64_t flags)
{
	if (shared->written == COUNT(shared->log)) {
		fprintf(stderr, "source: more requests than there is room for\n");
		_exit(1);
	}
	struct request *request = &shared->log[shared->written];
	request->size = size;
	request->flags = flags;
	request->first = shared->served;
	__atomic_store_n(&shared->written, shared->written + 1, __ATOMIC_RELEASE);
}

/* Writes the next size bytes of the stream to the memory of a process. */
static void serve(pid_t process, uint64_t address, size_t size)
{
	unsigned char bytes[4096];
	while (size > 0) {
		size_t n = size < sizeof bytes ? size : sizeof bytes;
		for (size_t i = 0; i < n; i++)
			bytes[i] = served(shared->served + i);
		struct iovec from = { bytes, n }, to = { (void *)(uintptr_t)address, n };
		if (process_vm_writev(process, &from, 1, &to, 1, 0) != (ssize_t)n)
			give_up("process_vm_writev");
		shared->served += n;
		address += n;
		size -= n;
	}
}

static int64_t answer_getrandom(const struct seccomp_notif *request)
{
	size_t size = request->data.args[1];
	size_t given = shared->most != 0 && size > shared->most ? shared->most : size;
	record(size, request->data.args[2]);
	serve((pid_t)request->pid, request->data.args[0], given);
	return (int64_t)given;
}

static void watch_open(const struct seccomp_notif *request)
{
	shared->opens++;
	char path[16] = "";
	uint64_t address = request->data.args[request->data.nr == SYS_openat];
	struct iovec to = { path, sizeof path - 1 };
	struct iovec from = { (void *)(uintptr_t)address, sizeof path - 1 };
	if (process_vm_readv((pid_t)request->pid, &to, 1, &from, 1, 0) < 1)
		give_up("process_vm_readv");
	if (strcmp(path, "/dev/urandom") == 0 || strcmp(path, "/dev/random") == 0)
		record(OPENED, 0);
}

static void answer(int listener)
{
	struct seccomp_notif request = { 0 };
	struct seccomp_notif_resp response = { 0 };
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &request) != 0)
		return; /* the process that asked has ended */
	response.id = request.id;
	if (request.data.nr == SYS_getrandom) {
		response.val = answer_getrandom(&request);
	} else {
		watch_open(&request);
		response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	}
	ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

/* Returns the exit status of the process, or 1 if it did not account for a request. */
static int verdict(pid_t process)
{
	int status;
	if (waitpid(process, &status, 0) != process || !WIFEXITED(status)) {
		fprintf(stderr, "source: the process was killed\n");
		return 1;
	}
	if (WEXITSTATUS(status) == 0 && shared->read != shared->written) {
		fprintf(stderr, "source: asked for bytes when nothing was called\n");
		return 1;
	}
	printf("%zu requests, %llu bytes\n", shared->written, (unsigned long long)shared->served);
	fflush(stdout);
	return WEXITSTATUS(status);
}

static void supervise(pid_t process, int channel)
{
	int number;
	if (read(channel, &number, sizeof number) != sizeof number)
		_exit(3); /* the process has said why */
	int handle = (int)syscall(SYS_pidfd_open, process, 0);
	int listener = (int)syscall(SYS_pidfd_getfd, handle, number, 0);
	if (listener < 0)
		give_up("pidfd_getfd(2)");
	close(channel);
	struct pollfd requests = { listener, POLLIN, 0 };
	while (poll(&requests, 1, -1) > 0 && !(requests.revents & POLLHUP))
		answer(listener);
	_exit(verdict(process));
}

/* ---- In the process, before anything else ----------------------------- */

/* Redirects getrandom, open and openat of this process and its children to a listener. */
static int listen_to_calls(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getrandom, 2, 0),
#ifdef SYS_open
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_open, 1, 0),
#else
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 1, 0),
#endif
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { COUNT(code), code };
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
		&program);
}

/* The auxiliary vector follows the environment. getauxval(3) reads it there, from which the
   library knows what to pass to Go. */
static void hide_vdso(char **environment)
{
	while (*environment != NULL)
		environment++;
	Elf64_auxv_t *entry = (Elf64_auxv_t *)(void *)(environment + 1);
	for (; entry->a_type != AT_NULL; entry++)
		if (entry->a_type == AT_SYSINFO_EHDR)
			entry->a_type = AT_IGNORE;
}

/* Sends the supervisor the number of the listener, and waits until it has received it. */
static void hand_over(int listener, int channel)
{
	char nothing;
	if (listener < 0)
		give_up("seccomp(2)");
	if (write(channel, &listener, sizeof listener) != sizeof listener ||
		read(channel, &nothing, 1) != 0)
		_exit(3); /* the supervisor has said why */
	close(listener);
	close(channel);
}

static void stand_in(int argc, char **argv, char **environment)
{
	int channel[2];
	(void)argv;
	if (argc != 2)
		return;
	/* The C library's heap asks for random bytes once: it does so now. */
	void *volatile block = malloc(1);
	free(block);
	hide_vdso(environment);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0)
		give_up("mmap or socketpair");
	pid_t process = fork();
	if (process < 0)
		give_up("fork");
	if (process != 0) {
		close(channel[0]);
		supervise(process, channel[1]);
	}
	close(channel[1]);
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody else would answer */
	alarm(DEADLINE);
	hand_over(listen_to_calls(), channel[0]);
}

/* Functions in here run before the constructors of all libraries. */
typedef void initializer(int, char **, char **);
__attribute__((section(".preinit_array"), used)) static initializer *const first = stand_in;

/* ---- What was asked for, and what was answered ------------------------ */

static size_t unread(void)
{
	return __atomic_load_n(&shared->written, __ATOMIC_ACQUIRE) - shared->read;
}

/* Prints what the next request was and what was expected, and ends the case. */
static void unexpected(const char *expected)
{
	const struct request *request = &shared->log[shared->read];
	if (unread() == 0)
		fprintf(stderr, "source: asked for nothing");
	else if (request->size == OPENED)
		fprintf(stderr, "source: opened a random device");
	else
		fprintf(stderr, "source: asked for %llu bytes", (unsigned long long)request->size);
	fprintf(stderr, ", expected %s\n", expected);
	exit(1);
}

/* The next request must be for size bytes. Returns where its answer begins. */
static uint64_t asked(size_t size)
{
	char expected[40];
	const struct request *request = &shared->log[shared->read];
	sprintf(expected, "%zu, with no flags", size);
	if (unread() == 0 || request->size != size || request->flags != 0)
		unexpected(expected);
	shared->read++;
	return request->first;
}

static void asked_nothing(void)
{
	if (unread() != 0)
		unexpected("no request");
}

#endif /* STAND_IN_H */
