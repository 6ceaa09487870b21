// SPDX-License-Identifier: MIT

//go:build library && linux

package main

// The Makefile builds with the tag library. On Linux that includes the engine, which uses parts
// of the runtime by names that packaging/object.sh defines.

// #cgo CFLAGS: -DSECRETS_ENGINE
import "C"
