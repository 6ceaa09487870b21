// SPDX-License-Identifier: MIT

//go:build library && linux && (valgrind || instrument)

package main

// The tags of builds for instruments. Valgrind shows a program a processor that has the
// instruction RDTSCP, but does not implement it: so these builds tell the runtime not to use it.

// #cgo CFLAGS: -DENGINE_INSTRUMENT
import "C"
