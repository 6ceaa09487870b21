// SPDX-License-Identifier: MIT

package main

// #include "const.h"
import "C"

import (
	"unsafe"

	"libsecrets/secrets"
)

//export goCompareDigest
func goCompareDigest(a *C.const_void, aSize C.size_t, b *C.const_void,
	bSize C.size_t) (equal C.int) {
	defer recovered(&equal, 0)
	left, errA := span(unsafe.Pointer(a), aSize)
	right, errB := span(unsafe.Pointer(b), bSize)
	if errA != nil || errB != nil {
		return 0
	}
	return truth(secrets.CompareDigest(left, right))
}

// truth returns the answer as an int of C. The compiler does not make a branch of it, whose time
// would depend on the answer (`make check CLAIM=compare`).
func truth(answer bool) (n C.int) {
	if answer {
		n = 1
	}
	return n
}
