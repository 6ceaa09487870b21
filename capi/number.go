// SPDX-License-Identifier: MIT

package main

// #include "const.h"
import "C"

import (
	"unsafe"

	"libsecrets/secrets"
)

//export goRandbelow
func goRandbelow(bound C.uint64_t, out *C.uint64_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	if out == nil {
		return C.SECRETS_EINVAL
	}
	value, err := secrets.RandBelow(uint64(bound))
	return store(out, C.uint64_t(value), err)
}

//export goRandbits
func goRandbits(bits C.uint, out *C.uint64_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	if out == nil {
		return C.SECRETS_EINVAL
	}
	value, err := secrets.RandBits(uint(bits))
	return store(out, C.uint64_t(value), err)
}

//export goRandrange
func goRandrange(start, stop C.int64_t, out *C.int64_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	if out == nil {
		return C.SECRETS_EINVAL
	}
	value, err := secrets.RandRange(int64(start), int64(stop))
	return store(out, C.int64_t(value), err)
}

//export goRandom
func goRandom(out *C.double) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	if out == nil {
		return C.SECRETS_EINVAL
	}
	*out = C.double(secrets.Random())
	return code(nil)
}

//export goRandbelowBatch
func goRandbelowBatch(bound C.uint64_t, out *C.uint64_t, n C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	if bound == 0 {
		return C.SECRETS_EINVAL
	}
	dst, err := array((*uint64)(out), n)
	if err == nil {
		err = secrets.FillRandBelow(dst, uint64(bound))
	}
	return code(err)
}

//export goRandomBatch
func goRandomBatch(out *C.double, n C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	dst, err := array((*float64)(out), n)
	if err == nil {
		secrets.FillRandom(dst)
	}
	return code(err)
}

//export goRandbelowBig
func goRandbelowBig(bound *C.const_uint8_t, size C.size_t, out *C.uint8_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	if size == 0 || bound == nil || out == nil {
		return C.SECRETS_EINVAL
	}
	limit, err := span(unsafe.Pointer(bound), size)
	if err != nil {
		return code(err)
	}
	dst, err := span(unsafe.Pointer(out), size)
	if err == nil {
		err = secrets.FillRandBelowBig(dst, limit)
	}
	return code(err)
}

//export goRandbitsBig
func goRandbitsBig(bits C.size_t, out *C.uint8_t, outSize C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	dst, err := span(unsafe.Pointer(out), outSize)
	if err == nil {
		err = secrets.FillRandBitsBig(dst, uint(bits))
	}
	return code(err)
}

// store writes value to out unless there is an error.
func store[T C.uint64_t | C.int64_t](out *T, value T, err error) C.int {
	if err == nil {
		*out = value
	}
	return code(err)
}
