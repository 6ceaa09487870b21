// SPDX-License-Identifier: MIT

package secrets

import (
	"slices"
	"unicode/utf8"
)

// The characters of Python's string constants of these names.
const (
	Lowercase   = "abcdefghijklmnopqrstuvwxyz"
	Uppercase   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	Digits      = "0123456789"
	Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
)

// An alphabet is a set of characters with an order.
type alphabet struct {
	text  string
	runes []rune // the characters of text, unless each is a byte
	size  int    // how many they are
	width int    // bytes in the longest of them
}

// newAlphabet fails if text is not UTF-8. It does not look for repetitions.
func newAlphabet(text string) (alphabet, error) {
	if ascii(text) {
		return alphabet{text: text, size: len(text), width: min(1, len(text))}, nil
	}
	if !utf8.ValidString(text) {
		return alphabet{}, errUTF8
	}
	a := alphabet{text: text, runes: []rune(text)}
	a.size = len(a.runes)
	a.width = utf8.RuneLen(slices.Max(a.runes))
	return a, nil
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// put writes character i to the front of dst and returns the number of bytes.
func (a *alphabet) put(dst []byte, i uint64) int {
	if a.runes == nil {
		dst[0] = a.text[i]
		return 1
	}
	return utf8.EncodeRune(dst, a.runes[i])
}

// repeats tells whether a character stands twice within or across alphabets.
func repeats(alphabets []alphabet) bool {
	var seen [4]uint64 // a bit for each byte; those from 128 on stay 0
	var others []rune
	for i := range alphabets {
		a := &alphabets[i]
		others = append(others, a.runes...)
		for j := 0; a.runes == nil && j < a.size; j++ {
			c := a.text[j]
			if seen[c>>6]>>(c&63)&1 == 1 {
				return true
			}
			seen[c>>6] |= 1 << (c & 63)
		}
	}
	slices.Sort(others)
	for i, r := range others {
		known := r < utf8.RuneSelf && seen[r>>6]>>(r&63)&1 == 1
		if known || i > 0 && r == others[i-1] {
			return true
		}
	}
	return false
}
