/* SPDX-License-Identifier: MIT */
/* The interface of a peer to the worker: a shared object that defines these two. */
#ifndef PEER_H
#define PEER_H

#include <stddef.h>
#include <stdint.h>

enum { DONE, FAILED, CANNOT };

/* One kind of work: into room, with a size or a bound. */
struct work {
	const char *name;
	int (*call)(unsigned char *room, size_t size);
};

/* Ends with an entry without a name. */
extern const struct work works[];

/* Initialises the peer, and returns the version of what it stands for; NULL if that fails. */
const char *version(void);

#endif
