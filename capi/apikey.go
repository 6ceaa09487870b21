// SPDX-License-Identifier: MIT

package main

// #include "const.h"
import "C"

import (
	"unsafe"

	"libsecrets/secrets"
)

//export goAPIKey
func goAPIKey(out *C.char, outSize C.size_t, prefix *C.const_char, nbytes C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	if prefix == nil {
		return code(secrets.ErrInvalid)
	}
	return code(text(out, outSize, func(dst []byte) (int, error) {
		return secrets.FillAPIKey(dst, goString(prefix), count(nbytes))
	}))
}

//export goAPIKeySize
func goAPIKeySize(prefix *C.const_char, nbytes C.size_t) (size C.size_t) {
	defer recovered(&size, 0)
	if prefix == nil {
		return 0
	}
	return sizeOf(secrets.APIKeyLen(goString(prefix), count(nbytes)))
}

//export goAPIKeyValid
func goAPIKeyValid(key *C.const_char, keySize C.size_t) (valid C.int) {
	defer recovered(&valid, 0)
	text, err := span(unsafe.Pointer(key), keySize)
	if err == nil && secrets.APIKeyValid(unsafe.String(unsafe.SliceData(text), len(text))) {
		return 1
	}
	return 0
}
