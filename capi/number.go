// SPDX-License-Identifier: MIT

package main

// #include <secrets.h>
import "C"

import "libsecrets/secrets"

//export goRandbelow
func goRandbelow(bound C.uint64_t, out *C.uint64_t) (status C.int) {
	defer recovered(&status)
	if out == nil {
		return C.SECRETS_EINVAL
	}
	value, err := secrets.RandBelow(uint64(bound))
	return store(out, C.uint64_t(value), err)
}

//export goRandbits
func goRandbits(bits C.uint, out *C.uint64_t) (status C.int) {
	defer recovered(&status)
	if out == nil {
		return C.SECRETS_EINVAL
	}
	value, err := secrets.RandBits(uint(bits))
	return store(out, C.uint64_t(value), err)
}

//export goRandrange
func goRandrange(start, stop C.int64_t, out *C.int64_t) (status C.int) {
	defer recovered(&status)
	if out == nil {
		return C.SECRETS_EINVAL
	}
	value, err := secrets.RandRange(int64(start), int64(stop))
	return store(out, C.int64_t(value), err)
}

//export goRandom
func goRandom(out *C.double) (status C.int) {
	defer recovered(&status)
	if out == nil {
		return C.SECRETS_EINVAL
	}
	*out = C.double(secrets.Random())
	return code(nil)
}

// store writes value to out unless there is an error.
func store[T C.uint64_t | C.int64_t](out *T, value T, err error) C.int {
	if err == nil {
		*out = value
	}
	return code(err)
}
