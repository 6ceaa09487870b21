// SPDX-License-Identifier: MIT

package main

// #include "const.h"
import "C"

import (
	"unsafe"

	"libsecrets/secrets"
)

// text has fill write to out, and appends a NUL. If there is no room even for the NUL,
// fill gets an empty slice, into which only an empty text fits.
func text(out *C.char, outSize C.size_t, fill func([]byte) (int, error)) error {
	dst, err := room(unsafe.Pointer(out), outSize)
	if err != nil {
		return err
	}
	n, err := fill(dst[:max(1, len(dst))-1])
	if err != nil {
		return err
	}
	if len(dst) == 0 {
		return secrets.ErrShortBuffer
	}
	dst[n] = 0
	return nil
}

// goString returns the string at p, up to its NUL, without a copy; p is not NULL.
func goString(p *C.const_char) string {
	start := (*byte)(unsafe.Pointer(p))
	n := 0
	for *(*byte)(unsafe.Add(unsafe.Pointer(start), n)) != 0 {
		n++
	}
	return unsafe.String(start, n)
}

// sizeOf returns the size of a buffer for a text of n bytes and its NUL; 0 if
// there is an error.
func sizeOf(n int, err error) C.size_t {
	if err != nil {
		return 0
	}
	return C.size_t(n) + 1
}
