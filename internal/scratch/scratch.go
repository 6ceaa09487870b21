// SPDX-License-Identifier: MIT

// Package scratch allocates memory for the duration of one call. In the C library it comes
// from malloc(3), which can fail, where Go's runtime would end the process, and leaves no
// garbage, whose collection takes threads. In Go programs it is ordinary memory of Go's.
package scratch

import (
	"errors"
	"unsafe"
)

// ErrRefused means that there is not enough memory.
var ErrRefused = errors.New("scratch: not enough memory")

// Get and Put, if they are set, allocate and free memory. Get returns n times size bytes, all
// zeros, or nil. They are set before the first call. The memory must not hold pointers to Go's.
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
