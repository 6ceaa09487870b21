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
func goPassphrase(out *C.char, outSize, nwords C.size_t, separator *C.const_char,
	wordlist *C.const_string, n C.size_t) (status C.int) {
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
func goPassphraseSize(nwords C.size_t, separator *C.const_char, wordlist *C.const_string,
	n C.size_t) (size C.size_t) {
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

//export goPassphraseWords
func goPassphraseWords(bits C.double, wordlistSize C.size_t) (words C.size_t) {
	defer recovered(&words, 0)
	return orZero(secrets.PassphraseWords(float64(bits), uint(wordlistSize)))
}

// separated returns the separator, for NULL the default.
func separated(separator *C.const_char) string {
	if separator == nil {
		return " "
	}
	return goString(separator)
}

// wordList returns the words, without copies of them, in a list to be freed. A size that
// exceeds what any array can hold is an invalid argument.
func wordList(wordlist *C.const_string, n C.size_t) ([]string, error) {
	if _, err := elements(unsafe.Pointer(wordlist), n,
		C.size_t(unsafe.Sizeof(*wordlist))); err != nil {
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
