// SPDX-License-Identifier: MIT

package main

import "C"

// goGrowStack leaves the goroutine that answers the calling thread with at
// least 64 KB of stack, for handlers of the host that interrupt a call (engine.c). It stays so:
// the Makefile turns the shrinking of stacks off.
//
//export goGrowStack
func goGrowStack() {
	bigFrame(0)
}

// bigFrame needs a frame of 64 KB, so the runtime grows the stack before it
// runs. Nothing in the frame is touched.
//
//go:noinline
func bigFrame(i int) byte {
	if i == 0 {
		return 0
	}
	var frame [64 << 10]byte
	frame[i] = byte(i)
	return frame[i/2]
}
