/* SPDX-License-Identifier: MIT */
//go:build linux

/*
 * Go's crypto/rand ends the process if the operating system refuses randomness, which cannot
 * be prevented from Go. So the kernel is asked here, once in each process, before the first
 * draw. The sources are those of crypto/rand: getrandom(2), or /dev/urandom if there is no such
 * call. The Go runtime seeds its maps and its scheduler with the bytes; no result depends on
 * them.
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
	/* Not by the C library, which may answer without asking the kernel. */
	do {
		n = syscall(SYS_getrandom, bytes, ENTROPY_SIZE, 0);
	} while (n < 0 && errno == EINTR);
	if (n == ENTROPY_SIZE)
		return ENTROPY_CALLED;
	return n < 0 && errno == ENOSYS && urandom_read(bytes) ? ENTROPY_FROM_FILE : ENTROPY_REFUSED;
}
