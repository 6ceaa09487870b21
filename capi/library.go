// SPDX-License-Identifier: MIT

//go:build library

package main

// The tag of what the Makefile builds: as a library, with the names that it
// gives to parts of the runtime (guest.c) and -checklinkname=0.

// #cgo linux CFLAGS: -DSECRETS_GUEST
import "C"

import (
	"sync/atomic"
	_ "unsafe" // for go:linkname
)

// crypto/rand starts a timer at its first use in a process, to complain if the
// kernel is not ready in a minute. The timer starts Go's network poller, which
// keeps two descriptors open: where none is free, or where the host later closes
// all it does not know, as daemons do, the runtime ends the process. So the
// first use is over before it comes. With a Go that has no such variable this
// would do nothing; a test counts the descriptors.
//
//go:linkname firstUse crypto/internal/sysrand.firstUse
var firstUse atomic.Bool

func init() {
	firstUse.Store(true)
}
