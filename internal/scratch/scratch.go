// SPDX-License-Identifier: MIT

// Package scratch is memory for the length of one call. In the C library it is the C
// library's: that can be refused, where Go's runtime would end the process, and leaves
// nothing to collect, which takes threads. In Go programs it is Go's.
package scratch

import (
	"errors"
	"unsafe"
)

// ErrRefused means that the memory is not to be had.
var ErrRefused = errors.New("scratch: not enough memory")

// Get and Put, where they are set, have memory: n times size bytes, all zeros, or nil. They
// are set before the first call. Nothing in it may point to memory of Go's.
var (
	Get func(n, size uintptr) unsafe.Pointer
	Put func(at unsafe.Pointer)
)

// Make returns n zero values, to be freed by Free.
func Make[T any](n int) ([]T, error) {
	if Get == nil || n == 0 {
		return make([]T, n), nil
	}
	var value T
	at := Get(uintptr(n), unsafe.Sizeof(value))
	if at == nil {
		return nil, ErrRefused
	}
	return unsafe.Slice((*T)(at), n), nil
}

// Free frees what Make returned.
func Free[T any](values []T) {
	if Put != nil && len(values) > 0 {
		Put(unsafe.Pointer(unsafe.SliceData(values)))
	}
}
