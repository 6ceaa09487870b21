/* SPDX-License-Identifier: MIT */
/* Taking rights away from this process: resource limits, its user, system calls. After check.h. */
#ifndef RIGHTS_H
#define RIGHTS_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

/* The soft limit, which may be raised again. */
static inline void set_limit(int resource, rlim_t value)
{
	struct rlimit limit;
	CHECK(getrlimit(resource, &limit) == 0);
	limit.rlim_cur = value;
	CHECK(setrlimit(resource, &limit) == 0);
}

/* Both limits: nothing raises them again. */
static inline void freeze_limit(int resource, rlim_t value)
{
	const struct rlimit limit = { value, value };
	CHECK(setrlimit(resource, &limit) == 0);
}

/* Some limits do not hold for root, and count all processes of a user. So this process gets a user
   that nobody else has; each program takes another number. */
static inline void become_user(unsigned number)
{
	CHECK(setgid(number) == 0 && setuid(number) == 0);
}

/* flags as for seccomp(2): SECCOMP_FILTER_FLAG_TSYNC filters the calls of all threads. */
static inline void install_filter(struct sock_filter *filter, size_t size, unsigned flags)
{
	struct sock_fprog program = { (unsigned short)size, filter };
	CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	CHECK(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program) == 0);
}

/* Makes a system call fail with that error. */
static inline void refuse_call(long number, int error, unsigned flags)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	install_filter(filter, COUNT(filter), flags);
}

#endif
