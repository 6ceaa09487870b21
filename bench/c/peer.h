/* SPDX-License-Identifier: MIT */
/* What a peer is to the worker: a shared object with these two in it. */
#ifndef PEER_H
#define PEER_H

#include <stddef.h>
#include <stdint.h>

enum { DONE, FAILED, CANNOT };

/* One kind of work: into room, of a size or below a bound. */
struct work {
	const char *name;
	int (*call)(unsigned char *room, size_t size);
};

/* Ends with an entry without a name. */
extern const struct work works[];

/* The version of what the peer stands for, which is made ready to be used; NULL if
   that fails. */
const char *version(void);

#endif
