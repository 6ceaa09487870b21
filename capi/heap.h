/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_HEAP_H
#define SECRETS_HEAP_H

#include <stddef.h>
#include <sys/types.h>

/* The functions of the C library, for memory that is not the runtime's. */
void *__real_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset);
int __real_munmap(void *at, size_t size);

/* heap_fits reports whether the process can have the memory that a Go runtime needs to start. A
   runtime that does not get it ends the process. */
int heap_fits(void);

/* heap_forget frees the memory of a runtime that has been abandoned. */
void heap_forget(void);

#endif
