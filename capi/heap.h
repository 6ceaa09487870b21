/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_HEAP_H
#define SECRETS_HEAP_H

#include <stddef.h>
#include <sys/types.h>

/* Those of the C library, for what is not the runtime's. */
void *__real_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset);
int __real_munmap(void *at, size_t size);

/* heap_fits reports whether the process may have the memory that a Go runtime asks for as it
   starts. One that is refused it ends the process. */
int heap_fits(void);

/* heap_forget gives back the memory of a runtime that is no more. */
void heap_forget(void);

#endif
