/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_ENTROPY_H
#define SECRETS_ENTROPY_H

/* entropy_available tells whether this process can have random bytes. */
int entropy_available(void);

#endif
