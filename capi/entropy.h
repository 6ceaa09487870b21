/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_ENTROPY_H
#define SECRETS_ENTROPY_H

enum { ENTROPY_SIZE = 16 };

/* entropy_read fills bytes from the operating system, and reports whether it could. */
int entropy_read(unsigned char bytes[ENTROPY_SIZE]);

#endif
