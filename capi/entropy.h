/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_ENTROPY_H
#define SECRETS_ENTROPY_H

enum { ENTROPY_SIZE = 16 };

enum entropy { ENTROPY_REFUSED, ENTROPY_CALLED, ENTROPY_FROM_FILE };

/* entropy_read fills bytes from the operating system, and returns from which source, if any. */
enum entropy entropy_read(unsigned char bytes[ENTROPY_SIZE]);

#endif
