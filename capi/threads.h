/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_THREADS_H
#define SECRETS_THREADS_H

#pragma GCC visibility push(hidden)

/* threads_make creates the threads that a starting Go runtime will need, and reports whether it
   could. If one cannot be created, none remains. */
int threads_make(void);

/* threads_busy returns how many of them the runtime has. */
int threads_busy(void);

/* threads_take_one takes one of them from the runtime, and waits until it has left. */
void threads_take_one(void);

/* threads_end ends all of them. The runtime has none any more. */
void threads_end(void);

/* threads_leave is called by the runtime, in the thread that is to leave. It does not return. */
int threads_leave(void);

#pragma GCC visibility pop

#endif
