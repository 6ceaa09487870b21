// SPDX-License-Identifier: MIT

package main

// #include <stddef.h>
import "C"

import (
	"unsafe"

	"libsecrets/secrets"
)

//export goTokenBytes
func goTokenBytes(out unsafe.Pointer, nbytes C.size_t) (status C.int) {
	defer recovered(&status)
	dst, err := span(out, nbytes)
	if err == nil {
		secrets.FillTokenBytes(dst)
	}
	return code(err)
}

//export goTokenHex
func goTokenHex(out *C.char, outSize, nbytes C.size_t) (status C.int) {
	defer recovered(&status)
	return code(text(out, outSize, nbytes, secrets.FillTokenHex))
}

//export goTokenURLSafe
func goTokenURLSafe(out *C.char, outSize, nbytes C.size_t) (status C.int) {
	defer recovered(&status)
	return code(text(out, outSize, nbytes, secrets.FillTokenURLSafe))
}

//export goTokenHexBatch
func goTokenHexBatch(out *C.char, outSize, nbytes, tokens C.size_t) (status C.int) {
	defer recovered(&status)
	return code(texts(out, outSize, nbytes, tokens, secrets.FillTokenHexBatch))
}

//export goTokenURLSafeBatch
func goTokenURLSafeBatch(out *C.char, outSize, nbytes, tokens C.size_t) (status C.int) {
	defer recovered(&status)
	return code(texts(out, outSize, nbytes, tokens, secrets.FillTokenURLSafeBatch))
}

// text writes a token to out and ends it with a NUL.
func text(out *C.char, outSize, nbytes C.size_t, fill func([]byte, int) (int, error)) error {
	dst, err := room(unsafe.Pointer(out), outSize)
	if err != nil {
		return err
	}
	if len(dst) == 0 {
		return secrets.ErrShortBuffer
	}
	n, err := fill(dst[:len(dst)-1], count(nbytes))
	if err != nil {
		return err
	}
	dst[n] = 0
	return nil
}

// texts writes a number of tokens to out and ends each with a NUL.
func texts(out *C.char, outSize, nbytes, tokens C.size_t, fill func([]byte, int, int, byte) (int, error)) error {
	dst, err := room(unsafe.Pointer(out), outSize)
	if err == nil {
		_, err = fill(dst, count(nbytes), count(tokens), 0)
	}
	return err
}
