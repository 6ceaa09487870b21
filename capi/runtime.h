/* SPDX-License-Identifier: MIT */
/*
 * What is taken from the Go runtime, all of it: docs/internals.md has the table, with the
 * reasons. packaging/object.sh gives the private names of go.o those used here, and ends the build
 * if a release of Go has moved one. The sections are named in sections.ld. What the runtime
 * imports of Windows, and does not get, stands in engine_windows.c.
 */
#ifndef SECRETS_RUNTIME_H
#define SECRETS_RUNTIME_H

#include <signal.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

#ifdef _WIN32

/* _rt0_<processor>_windows_lib: starts the runtime, in a thread of its own. */
void go_start(void);

#else

/* _rt0_<processor>_linux_lib: starts the runtime, in a thread of its own. */
void go_start(long argc, void **argv);

/* runtime.tlsg, on arm64 runtime.tls_g: the thread's goroutine; NULL in a thread that has none. */
extern __thread void *go_thread __attribute__((tls_model("initial-exec")));

/* runtime.sigtable: what the runtime does with each signal; flags of runtime2.go. */
struct go_signal {
	int32_t flags;
	const char *name;
	intptr_t name_size;
};
extern struct go_signal go_signals[NSIG];
enum { GO_SIGNAL_DEFAULT = 1 << 4, GO_SIGNAL_UNBLOCK = 1 << 7 };

/* crypto/internal/sysrand.firstUse: whether crypto/rand was used before. */
extern uint32_t go_random_used;

/* runtime.newmHandoff: threads that are made for others. */
extern struct go_new_threads {
	uintptr_t lock, first, is_waiting, wake_up;
	uint32_t have_template;
} go_new_threads;

/* syscall..inittask: what package syscall begins with, as in proc.go; and syscall.init.0, the
   one of these functions that raises a limit. */
struct go_begins {
	uint32_t state, count;
	void (*functions[])(void);
};
extern struct go_begins go_syscall_begins;
void go_raise_limit(void);

/* The writable data of the image: what a start changes, and a rewind puts back. */
extern char __start_libsecrets_data[], __stop_libsecrets_data[];
extern char __start_libsecrets_zero[], __stop_libsecrets_zero[];

#endif

#pragma GCC visibility pop

#endif
