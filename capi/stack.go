// SPDX-License-Identifier: MIT

package main

import "C"

// goGrowStack grows the stack of the calling thread's goroutine to at least 64 KB, for signal
// handlers of the host that interrupt a call (engine.c). It never shrinks again: the Makefile
// turns that off.
//
//export goGrowStack
func goGrowStack() {
	bigFrame(0)
}

// bigFrame has a frame of 64 KB, so the runtime grows the stack before it runs. It touches
// nothing in the frame.
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
