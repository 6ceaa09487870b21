// SPDX-License-Identifier: MIT

package secrets

import (
	"cmp"
	_ "embed"
	"slices"
	"unicode/utf8"

	"libsecrets/internal/scratch"
)

// effLarge is the large word list of the Electronic Frontier Foundation (2016), one
// word per line, without the dice rolls: https://www.eff.org/dice, CC BY 3.0 US (see
// NOTICE). No word is a prefix of another.
//
//go:embed eff_large.txt
var effLarge string

const effWords, effLongest = 7776, 9

// effLines holds where each line of effLarge begins, and where the last ends. It is computed
// before any call, in less than 100 microseconds, so that no call waits for another to do it.
var effLines [effWords + 1]uint16

func init() {
	line := 0
	for i, c := range []byte(effLarge) {
		if c == '\n' {
			line++
			effLines[line] = uint16(i + 1)
		}
	}
}

// A vocabulary is the words of own, or those of the built-in list if own is empty.
type vocabulary struct {
	own  []string
	size int
	most int // bytes in the longest word
}

func newVocabulary(own []string) (vocabulary, error) {
	if len(own) == 0 {
		return vocabulary{size: effWords, most: effLongest}, nil
	}
	w := vocabulary{own: own, size: len(own)}
	for _, word := range own {
		if word == "" {
			return vocabulary{}, errEmptyWord
		}
		if !utf8.ValidString(word) {
			return vocabulary{}, errWordUTF8
		}
		w.most = max(w.most, len(word))
	}
	return w, noRepeats(own)
}

func noRepeats(words []string) error {
	sorted, err := scratch.Make[string](len(words))
	if err != nil {
		return err
	}
	defer scratch.Free(sorted)
	copy(sorted, words)
	slices.SortFunc(sorted, compareExactly)
	for i := 1; i < len(sorted); i++ {
		if compareExactly(sorted[i-1], sorted[i]) == 0 {
			return errRepeatedWord
		}
	}
	return nil
}

// compareExactly is strings.Compare for strings in a caller's memory. That function,
// and ==, read eight bytes at once, of which up to seven are outside of a short string.
func compareExactly(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return cmp.Compare(a[i], b[i])
		}
	}
	return cmp.Compare(len(a), len(b))
}

func (w *vocabulary) word(i uint64) string {
	if w.own != nil {
		return w.own[i]
	}
	return effLarge[effLines[i] : effLines[i+1]-1]
}
