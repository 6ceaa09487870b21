// SPDX-License-Identifier: MIT

package main

// #include <secrets.h>
import "C"

import (
	"unsafe"

	"libsecrets/secrets"
)

//export goTokenBytes
func goTokenBytes(out unsafe.Pointer, nbytes C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	dst, err := span(out, nbytes)
	if err == nil {
		secrets.FillTokenBytes(dst)
	}
	return code(err)
}

//export goTokenHex
func goTokenHex(out *C.char, outSize, nbytes C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	return code(text(out, outSize, func(dst []byte) (int, error) {
		return secrets.FillTokenHex(dst, count(nbytes))
	}))
}

//export goTokenURLSafe
func goTokenURLSafe(out *C.char, outSize, nbytes C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	return code(text(out, outSize, func(dst []byte) (int, error) {
		return secrets.FillTokenURLSafe(dst, count(nbytes))
	}))
}

//export goTokenHexBatch
func goTokenHexBatch(out *C.char, outSize, nbytes, tokens C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	dst, err := room(unsafe.Pointer(out), outSize)
	if err == nil {
		_, err = secrets.FillTokenHexBatch(dst, count(nbytes), count(tokens), 0)
	}
	return code(err)
}

//export goTokenURLSafeBatch
func goTokenURLSafeBatch(out *C.char, outSize, nbytes, tokens C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	dst, err := room(unsafe.Pointer(out), outSize)
	if err == nil {
		_, err = secrets.FillTokenURLSafeBatch(dst, count(nbytes), count(tokens), 0)
	}
	return code(err)
}
