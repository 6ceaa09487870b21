// SPDX-License-Identifier: MIT

package secrets

import (
	"cmp"
	_ "embed"
	"slices"
	"sync"
	"unicode/utf8"
)

// The large word list of the Electronic Frontier Foundation (2016), without the
// dice rolls, a line each: https://www.eff.org/dice, CC BY 3.0 US (see NOTICE).
// No word is the beginning of another.
//
//go:embed eff_large.txt
var effLarge string

// effLines gives where each line of effLarge begins, and where the last ends.
var effLines = sync.OnceValue(func() []uint16 {
	lines := []uint16{0}
	for i := range len(effLarge) {
		if effLarge[i] == '\n' {
			lines = append(lines, uint16(i+1))
		}
	}
	return lines
})

const effWords, effLongest = 7776, 9

// A vocabulary is the words of own, or those of the built-in list if own is empty.
type vocabulary struct {
	own  []string
	size int
	most int // bytes in the longest
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
	sorted := slices.Clone(own)
	slices.SortFunc(sorted, compareExactly)
	same := func(a, b string) bool { return compareExactly(a, b) == 0 }
	if len(slices.CompactFunc(sorted, same)) < len(own) {
		return vocabulary{}, errRepeatedWord
	}
	return w, nil
}

// compareExactly is strings.Compare for what lies in a caller's memory. That one,
// and ==, take eight bytes at once, of which up to seven lie beside a short string.
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
	lines := effLines()
	return effLarge[lines[i] : lines[i+1]-1]
}
