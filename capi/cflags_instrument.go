// SPDX-License-Identifier: MIT

//go:build library && linux && (valgrind || instrument)

package main

// The tags of what an instrument looks into: valgrind shows a program a processor that has
// RDTSCP, and knows no such instruction. Nothing else is told to the runtime but by the build.

// #cgo CFLAGS: -DENGINE_INSTRUMENT
import "C"
