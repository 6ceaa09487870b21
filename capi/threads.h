/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_THREADS_H
#define SECRETS_THREADS_H

#pragma GCC visibility push(hidden)

/* threads_make makes the threads that a starting Go runtime will ask for, and reports whether
   it could. Where one is refused none stays. */
int threads_make(void);

/* threads_busy returns how many the runtime has. */
int threads_busy(void);

/* threads_take_one takes one of them from the runtime, and waits until it has it. */
void threads_take_one(void);

/* threads_end ends them all. None is the runtime's any more. */
void threads_end(void);

/* threads_leave is called by the runtime, in the thread that is to be taken. It returns 0, if it
   did. */
int threads_leave(void);

#pragma GCC visibility pop

#endif
