// SPDX-License-Identifier: MIT

package main

// #include <stddef.h>
import "C"

import (
	"math"
	"math/bits"
	"unsafe"

	"libsecrets/secrets"
)

// span returns the size bytes at p as a slice: all of them, or an error.
func span(p unsafe.Pointer, size C.size_t) ([]byte, error) {
	b, err := room(p, size)
	if err == nil && C.size_t(len(b)) < size {
		return nil, secrets.ErrShortBuffer
	}
	return b, err
}

// elements returns the n elements of size bytes each at p as one slice: all of
// them, or an error.
func elements(p unsafe.Pointer, n, size C.size_t) ([]byte, error) {
	overflow, total := bits.Mul(uint(n), uint(size))
	if overflow != 0 {
		total = math.MaxUint
	}
	return span(p, C.size_t(total))
}

// array returns the n values at p as a slice: all of them, or an error.
func array[T uint | uint64 | float64](p *T, n C.size_t) ([]T, error) {
	if _, err := elements(unsafe.Pointer(p), n, C.size_t(unsafe.Sizeof(*p))); err != nil {
		return nil, err
	}
	return unsafe.Slice(p, n), nil
}

// room returns an output buffer of size bytes at p as a slice. A caller may pass a size
// that no object at p can have, such as SIZE_MAX for "enough". The slice is shorter then,
// so that a result of the largest int (count) never fits.
func room(p unsafe.Pointer, size C.size_t) ([]byte, error) {
	if p == nil {
		if size > 0 {
			return nil, secrets.ErrInvalid
		}
		return nil, nil
	}
	return unsafe.Slice((*byte)(p), min(uintptr(size), math.MaxInt-1, -uintptr(p))), nil
}

// orZero returns n; 0 if there is an error.
func orZero(n int, err error) C.size_t {
	if err != nil {
		return 0
	}
	return C.size_t(n)
}

// count returns n as an int, or the largest int if n exceeds that: no buffer holds as
// many.
func count(n C.size_t) int {
	return int(min(n, math.MaxInt))
}
