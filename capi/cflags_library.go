// SPDX-License-Identifier: MIT

//go:build library && linux

package main

// The tag of what the Makefile builds: for Linux with the engine, which takes parts of the
// runtime by names that packaging/object.sh gives them.

// #cgo CFLAGS: -DSECRETS_ENGINE
import "C"
