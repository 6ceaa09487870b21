// SPDX-License-Identifier: MIT

package main

// #include <stddef.h>
import "C"

import (
	"math"
	"unsafe"

	"libsecrets/secrets"
)

// span gives the size bytes at p as a slice: all of them, or an error.
func span(p unsafe.Pointer, size C.size_t) ([]byte, error) {
	b, err := room(p, size)
	if err == nil && C.size_t(len(b)) < size {
		return nil, secrets.ErrShortBuffer
	}
	return b, err
}

// room gives an output buffer of size bytes at p as a slice. A caller may say
// that it has more than can be, like SIZE_MAX for "enough": what no object at p
// can have is left off.
func room(p unsafe.Pointer, size C.size_t) ([]byte, error) {
	if p == nil {
		if size > 0 {
			return nil, secrets.ErrInvalid
		}
		return nil, nil
	}
	return unsafe.Slice((*byte)(p), min(uintptr(size), math.MaxInt, -uintptr(p))), nil
}

// count gives n as an int. More than an int can hold is as far beyond any
// buffer as the largest int.
func count(n C.size_t) int {
	return int(min(n, math.MaxInt))
}
