// SPDX-License-Identifier: MIT

// Command capi is the C ABI of libsecrets; ../include/secrets.h is its documentation.
//
// dispatch.c defines the public functions that need Go, without_go.c those that do not. The former
// enter the engine (engine.h), which has the runtime started in this process, and call an export
// of this package: it makes slices of its C arguments, calls package secrets once, and returns a
// status. engine.c says how the runtime sleeps, starts and is rewound in a forked child.
//
// packaging/object.sh makes both libraries from the objects of -buildmode=c-archive, since it has
// to name parts of the runtime in between (runtime.h).
package main

// #cgo CFLAGS: -I${SRCDIR}/../include -std=c99 -Wall -Wextra -Wpedantic -Werror
// #cgo CFLAGS: -Wno-overlength-strings -fvisibility=hidden
// #include <secrets.h>
import "C"

func main() {}
