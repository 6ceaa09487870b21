// SPDX-License-Identifier: MIT

//go:build linux && library

package main

// #include "threads.h"
import "C"

import (
	"crypto/fips140"
	"crypto/rand"
	"runtime"
)

// goLeaveThread makes a thread of the runtime leave it (threads.c).
//
//export goLeaveThread
func goLeaveThread() {
	go C.threads_leave()
}

// goProcessors raises the number of Go's processors, to at least n, and returns it. All are idle
// then, except for the one that this goroutine runs on.
//
//export goProcessors
func goProcessors(n C.int) C.int {
	runtime.GOMAXPROCS(max(int(n), runtime.GOMAXPROCS(0)+1))
	return C.int(runtime.GOMAXPROCS(0))
}

// goFirstDraw draws an unused byte in FIPS mode. There Go's generator has a state for each
// processor, in a sync.Pool, which allocates for all of them at its first use, under a lock. A
// goroutine that waits for that lock blocks its thread, so Go would start another. The pool keeps
// what it has from then on, as the number of processors does not change and the collector is off.
//
//export goFirstDraw
func goFirstDraw() {
	if fips140.Enabled() {
		var unused [1]byte
		rand.Read(unused[:])
	}
}
