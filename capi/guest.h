/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_GUEST_H
#define SECRETS_GUEST_H

#include <stddef.h>

/* guest_enter comes before every call of a Go export. Only what the Makefile
   builds is a guest: `go test` links without it. */
#ifdef SECRETS_GUEST
/* Go's own thread-local variable (guest.c). */
extern __thread void *guest_g __attribute__((visibility("hidden"), tls_model("initial-exec")));

void guest_first_call(void);

static inline void guest_enter(void)
{
	if (__builtin_expect(guest_g == NULL, 0))
		guest_first_call();
}
#else
static inline void guest_enter(void)
{
}
#endif

#endif
