/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_THREADS_H
#define SECRETS_THREADS_H

#include <pthread.h>

typedef void *body(void *argument);

/* That of the C library, for a thread that is not the runtime's. */
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, body *body, void *argument);

/* threads_make makes the threads that a starting Go runtime will ask for, and reports whether
   it could. Where one is refused none stays. */
int threads_make(void);

#endif
