/* SPDX-License-Identifier: MIT */
/*
 * Everything that is used of the Go runtime's internals: docs/internals.md has the table, with
 * the reasons. packaging/object.sh renames the private symbols of go.o to the names here, and
 * fails if a release of Go has moved one. sections.ld names the sections. engine_windows.c has
 * what the runtime imports from Windows and is replaced.
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

/* runtime.tlsg, on arm64 runtime.tls_g: the thread's goroutine; NULL if it has none. */
extern __thread void *go_thread __attribute__((tls_model("initial-exec")));

/* runtime.sigtable: what the runtime does with each signal, by flags of runtime2.go. */
struct go_signal {
	int32_t flags;
	const char *name;
	intptr_t name_size;
};
extern struct go_signal go_signals[NSIG];
enum { GO_SIGNAL_DEFAULT = 1 << 4, GO_SIGNAL_UNBLOCK = 1 << 7 };

/* crypto/internal/sysrand.firstUse: whether crypto/rand has been used. */
extern uint32_t go_random_used;

/* runtime.newmHandoff: threads that are started on behalf of others. */
extern struct go_new_threads {
	uintptr_t lock, first, is_waiting, wake_up;
	uint32_t have_template;
} go_new_threads;

/* syscall..inittask: the init functions of package syscall, as in proc.go; and syscall.init.0,
   the one of them that raises a limit. */
struct go_begins {
	uint32_t state, count;
	void (*functions[])(void);
};
extern struct go_begins go_syscall_begins;
void go_raise_limit(void);

/* The writable data of the image: what a start changes, and a rewind restores. */
extern char __start_libsecrets_data[], __stop_libsecrets_data[];
extern char __start_libsecrets_zero[], __stop_libsecrets_zero[];

#endif

#pragma GCC visibility pop

#endif
