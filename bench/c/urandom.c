/* SPDX-License-Identifier: MIT */
/* The device, as a program without a library reads it: opened once. */
#include "peer.h"

#include <fcntl.h>
#include <unistd.h>

static int device = -1;

const char *version(void)
{
	device = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	return device >= 0 ? "of the kernel" : NULL;
}

static int fill(void *out, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t got = read(device, (char *)out + done, size - done);
		if (got <= 0)
			return FAILED;
		done += (size_t)got;
	}
	return DONE;
}

#include "recipes.h"

const struct work works[] = { RECIPES, { NULL, NULL } };
