// SPDX-License-Identifier: MIT

package secrets

import (
	"slices"
	"unicode/utf8"

	"libsecrets/internal/scratch"
)

// The characters of the constants of these names in Python's string module.
const (
	Lowercase   = "abcdefghijklmnopqrstuvwxyz"
	Uppercase   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	Digits      = "0123456789"
	Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
)

// Unambiguous are the letters and digits that are not mistaken for each other, for passwords that
// people read aloud, copy from paper or type from a screen. Left out are 0 O o, 1 l I, 2 Z, 5 S
// and 8 B, which look alike in print or in handwriting. The other 50 have 5.64 bits each.
const Unambiguous = "abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679"

// An alphabet is a set of characters with an order.
type alphabet struct {
	text  string
	wide  bool // its characters are among the runes of its policy, at index from and on
	from  int
	size  int // number of characters
	width int // bytes in the longest character
}

// newAlphabet returns the alphabet of text, or an error if that is not UTF-8. It does not look
// for repetitions. Unless text is ASCII it appends the characters to r, which has room for them.
func newAlphabet(text string, r *runes) (alphabet, error) {
	if ascii(text) {
		return alphabet{text: text, size: len(text), width: min(1, len(text))}, nil
	}
	if !utf8.ValidString(text) {
		return alphabet{}, errUTF8
	}
	a := alphabet{text: text, wide: true, from: r.n}
	for _, c := range text {
		a.width = max(a.width, utf8.RuneLen(c))
		r.all()[r.n] = c
		r.n++
	}
	a.size = r.n - a.from
	return a, nil
}

// runes are the characters of those alphabets of a policy that are not ASCII. A few of them
// need no memory beyond the policy's own.
type runes struct {
	few  [128]rune
	many []rune // to be freed
	n    int
}

// reserve makes room for n runes.
func (r *runes) reserve(n int) (err error) {
	if n > len(r.few) {
		r.many, err = scratch.Make[rune](n)
	}
	return err
}

func (r *runes) all() []rune {
	if r.many != nil {
		return r.many
	}
	return r.few[:]
}

func (r *runes) release() {
	scratch.Free(r.many)
}

// wideCharacters returns how many runes the classes need.
func wideCharacters(classes []Class) (n int) {
	for _, class := range classes {
		if !ascii(class.Characters) {
			n += utf8.RuneCountInString(class.Characters)
		}
	}
	return n
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
func (a *alphabet) put(dst []byte, r *runes, i uint64) int {
	if !a.wide {
		dst[0] = a.text[i]
		return 1
	}
	return utf8.EncodeRune(dst, r.all()[a.from+int(i)])
}

// repeats returns an error if a character is repeated within or across alphabets. The
// characters of wide ones are in r; it sorts a copy of those.
func repeats(alphabets []alphabet, r *runes) error {
	var seen [4]uint64 // a bit for each byte; those from 128 on stay 0
	for i := range alphabets {
		a := &alphabets[i]
		for j := 0; !a.wide && j < a.size; j++ {
			c := a.text[j]
			if seen[c>>6]>>(c&63)&1 == 1 {
				return errRepeated
			}
			seen[c>>6] |= 1 << (c & 63)
		}
	}
	var sorted runes
	if err := sorted.reserve(r.n); err != nil {
		return err
	}
	defer sorted.release()
	others := sorted.all()[:copy(sorted.all(), r.all()[:r.n])]
	slices.Sort(others)
	for i, c := range others {
		known := c < utf8.RuneSelf && seen[c>>6]>>(c&63)&1 == 1
		if known || i > 0 && c == others[i-1] {
			return errRepeated
		}
	}
	return nil
}
