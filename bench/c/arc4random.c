/* SPDX-License-Identifier: MIT */
/* The C library's own, which glibc has since 2.36. */
#include "peer.h"

#include <gnu/libc-version.h>
#include <stdlib.h>

const char *version(void)
{
	return gnu_get_libc_version();
}

#include "arc4random.h"
