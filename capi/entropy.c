/* SPDX-License-Identifier: MIT */
//go:build linux

/*
 * Go's crypto/rand ends the process where the operating system gives no randomness, and
 * nothing can be done about it from Go. So the kernel is asked here, once in each process,
 * before the first draw. What crypto/rand accepts is accepted: getrandom(2), or /dev/urandom
 * where there is no such call. The bytes are those that the Go runtime seeds its maps and
 * its scheduler with; no result is made of them.
 */
#define _GNU_SOURCE
#include "entropy.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int urandom_read(unsigned char bytes[ENTROPY_SIZE])
{
	int file = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return 0;
	ssize_t n = read(file, bytes, ENTROPY_SIZE);
	close(file);
	return n == ENTROPY_SIZE;
}

enum entropy entropy_read(unsigned char bytes[ENTROPY_SIZE])
{
	long n;
	/* Not by way of the C library, which may answer from what it has without asking. */
	do {
		n = syscall(SYS_getrandom, bytes, ENTROPY_SIZE, 0);
	} while (n < 0 && errno == EINTR);
	if (n == ENTROPY_SIZE)
		return ENTROPY_CALLED;
	return n < 0 && errno == ENOSYS && urandom_read(bytes) ? ENTROPY_FROM_FILE : ENTROPY_REFUSED;
}
