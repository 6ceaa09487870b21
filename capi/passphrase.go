// SPDX-License-Identifier: MIT

package main

// #include "const.h"
import "C"

import (
	"math"
	"slices"
	"unsafe"

	"libsecrets/internal/scratch"
	"libsecrets/secrets"
)

//export goPassphrase
func goPassphrase(out *C.char, outSize, nwords C.size_t, separator *C.const_char, wordlist *C.const_string, n C.size_t) (status C.int) {
	defer recovered(&status, C.SECRETS_EINTERNAL)
	words, err := wordList(wordlist, n)
	if err != nil {
		return code(err)
	}
	defer scratch.Free(words)
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
	defer scratch.Free(words)
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

// wordList returns the words where they are, in a list to be freed. A list that no
// array can hold is a bad one.
func wordList(wordlist *C.const_string, n C.size_t) ([]string, error) {
	if _, err := elements(unsafe.Pointer(wordlist), n, C.size_t(unsafe.Sizeof(*wordlist))); err != nil {
		return nil, secrets.ErrInvalid
	}
	list := unsafe.Slice(wordlist, n)
	if slices.Contains(list, nil) {
		return nil, secrets.ErrInvalid
	}
	words, err := scratch.Make[string](len(list))
	for i := range words {
		words[i] = goString((*C.const_char)(list[i]))
	}
	return words, err
}
