// SPDX-License-Identifier: MIT

// Command capi is the C ABI of libsecrets; ../include/secrets.h is its
// documentation. The Makefile links both libraries from what -buildmode=c-archive
// gives, since it has to name parts of the runtime in between (guest.c).
//
// secrets.c defines the public functions. Each goes through a table of the
// exports in this package (engine.h); an export makes slices of its C
// arguments, calls package secrets once, and gives back a status. engine.c is
// how the library survives fork().
package main

// #cgo CFLAGS: -I${SRCDIR}/../include -std=c99 -Wall -Wextra -Wpedantic -Werror -Wno-overlength-strings -fvisibility=hidden
// #include <secrets.h>
import "C"

func main() {}
