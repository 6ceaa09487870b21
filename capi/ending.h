/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_ENDING_H
#define SECRETS_ENDING_H

/* ending_run_ours runs the body of a thread that is the library's, and not the host's. */
void *ending_run_ours(void *(*body)(void *), void *argument);

/* ending_joined notes that a thread of the host has joined the runtime, and ending_left that
   one which had is about to end. */
void ending_joined(void);
void ending_left(void);

#endif
