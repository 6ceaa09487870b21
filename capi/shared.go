// SPDX-License-Identifier: MIT

//go:build shared

package main

// The tag of the shared library, which can load its own file again; the static
// one cannot.

// #cgo CFLAGS: -DSECRETS_SHARED
import "C"
