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

// goLeaveThread has a thread of the runtime's leave it (threads.c).
//
//export goLeaveThread
func goLeaveThread() {
	go C.threads_leave()
}

// goProcessors has at least n processors, and more than there were, idle but for the one that
// this goroutine is on, and returns their number.
//
//export goProcessors
func goProcessors(n C.int) C.int {
	runtime.GOMAXPROCS(max(int(n), runtime.GOMAXPROCS(0)+1))
	return C.int(runtime.GOMAXPROCS(0))
}

// goFirstDraw draws a byte for nobody, in FIPS mode. Go's generator has a state for each
// processor there, in a sync.Pool, which makes room for all of them at its first use, under a
// lock. Who waits for that lock gives up its thread, and Go makes another one to go on with.
// There is room from then on, as the number of processors stays, and so does what is in the pool,
// as the collector is off.
//
//export goFirstDraw
func goFirstDraw() {
	if fips140.Enabled() {
		var unused [1]byte
		rand.Read(unused[:])
	}
}
