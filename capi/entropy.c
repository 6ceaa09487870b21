/* SPDX-License-Identifier: MIT */
//go:build linux

/*
 * Go's crypto/rand ends the process where the operating system gives no
 * randomness, and nothing can be done about it from Go. So the kernel is asked
 * here, once in each image of the library, before the first draw. What
 * crypto/rand accepts is accepted: getrandom(2), or /dev/urandom where there is
 * no such call.
 */
#define _GNU_SOURCE
#include "entropy.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int urandom_available(void)
{
	char byte;
	int file = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return 0;
	ssize_t n = read(file, &byte, 1);
	close(file);
	return n == 1;
}

int entropy_available(void)
{
	char none;
	long n;
	/* For no bytes, and not by way of the C library, which may answer from
	   what it has without asking. To an address all the same: an emulator may
	   refuse NULL. */
	do {
		n = syscall(SYS_getrandom, &none, 0, 0);
	} while (n < 0 && errno == EINTR);
	return n == 0 || (errno == ENOSYS && urandom_available());
}
