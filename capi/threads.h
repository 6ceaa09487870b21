/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_THREADS_H
#define SECRETS_THREADS_H

/* threads_make makes the threads that a starting Go runtime will ask for, and reports whether
   it could. Where one is refused none stays. */
int threads_make(void);

#endif
