// SPDX-License-Identifier: MIT

package main

// #include <secrets.h>
import "C"

import (
	"unsafe"

	"libsecrets/secrets"
)

//export goShuffle
func goShuffle(base unsafe.Pointer, nmemb, size C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	all, err := elements(base, nmemb, size)
	if err == nil && nmemb > 0 {
		err = secrets.ShuffleBytes(all, int(size))
	}
	return code(err)
}

//export goSample
func goSample(population, n C.size_t, indices *C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	if n > population {
		return C.SECRETS_EINVAL
	}
	dst, err := array((*uint)(unsafe.Pointer(indices)), n)
	if err == nil {
		err = secrets.FillSample(dst, uint(population))
	}
	return code(err)
}
