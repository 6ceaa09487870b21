// SPDX-License-Identifier: MIT

package main

// #include "const.h"
import "C"

import (
	"math"
	"unsafe"

	"libsecrets/secrets"
)

//export goPassphrase
func goPassphrase(out *C.char, outSize, nwords C.size_t, separator *C.const_char, wordlist *C.const_string, n C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	words, err := wordList(wordlist, n)
	if err != nil {
		return code(err)
	}
	return code(text(out, outSize, func(dst []byte) (int, error) {
		return secrets.FillPassphrase(dst, count(nwords), separated(separator), words)
	}))
}

//export goPassphraseSize
func goPassphraseSize(nwords C.size_t, separator *C.const_char, wordlist *C.const_string, n C.size_t) (size C.size_t) {
	defer recovered(&size, 0)
	words, err := wordList(wordlist, n)
	if err != nil {
		return 0
	}
	return sizeOf(secrets.PassphraseLen(count(nwords), separated(separator), words))
}

//export goPassphraseEntropy
func goPassphraseEntropy(nwords, wordlistSize C.size_t) (bits C.double) {
	defer recovered(&bits, C.double(math.NaN()))
	return C.double(secrets.PassphraseEntropy(uint(nwords), uint(wordlistSize)))
}

// separated gives the separator that NULL stands for, too.
func separated(separator *C.const_char) string {
	if separator == nil {
		return " "
	}
	return goString(separator)
}

// wordList gives the words where they are, in a list of Go's. A list that no
// array can hold is a bad one.
func wordList(wordlist *C.const_string, n C.size_t) ([]string, error) {
	if _, err := elements(unsafe.Pointer(wordlist), n, C.size_t(unsafe.Sizeof(*wordlist))); err != nil {
		return nil, secrets.ErrInvalid
	}
	words := make([]string, n)
	for i, word := range unsafe.Slice(wordlist, n) {
		if word == nil {
			return nil, secrets.ErrInvalid
		}
		words[i] = goString((*C.const_char)(word))
	}
	return words, nil
}
