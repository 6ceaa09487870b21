// SPDX-License-Identifier: MIT

package main

// #include <stdlib.h>
import "C"

import (
	"unsafe"

	"libsecrets/internal/scratch"
)

// This runs before any call: all exports wait until every init has run.
func init() {
	scratch.Get = func(n, size uintptr) unsafe.Pointer {
		return C.calloc(C.size_t(n), C.size_t(size))
	}
	scratch.Put = func(at unsafe.Pointer) { C.free(at) }
}
