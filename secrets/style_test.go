// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every draw leads to a text of its own if the style accepts the words. All lists and all sets of
// separators from a few texts are tried, which are prefixes of each other or may follow each other
// in many ways, with and without a digit. The words that are accepted are many, and so are those
// for which two draws do read the same.
func TestStyleReadsInOneWay(t *testing.T) {
	texts := []string{"a", "ab", "b", "ba", "b1", "1", "1a", "-", "a-"}
	gaps := []string{"", "-", "--", "a", "1", "-1"}
	accepted, rejected, alike := 0, 0, 0
	for words := range subsets(texts, 3) {
		for separators := range subsets(gaps, 2) {
			for _, digit := range []bool{false, true} {
				s := Style{Digit: digit, Separators: separators}
				same := readsTwice(words, separators, digit)
				_, err := s.Passphrase(2, words)
				if err == nil {
					accepted++
					require.False(t, same, "%q %q %t", words, separators, digit)
					continue
				}
				require.Equal(t, errAmbiguous, err)
				rejected++
				if same {
					alike++
				}
			}
		}
	}
	t.Logf("accepted %d, rejected %d, of which read the same %d", accepted, rejected, alike)
	assert.Greater(t, accepted, 500)
	assert.Greater(t, alike, 500)
}

// subsets yields the sets of one text or more, up to so many.
func subsets(texts []string, most int) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for mask := 1; mask < 1<<len(texts); mask++ {
			var set []string
			for i, text := range texts {
				if mask>>i&1 == 1 {
					set = append(set, text)
				}
			}
			if len(set) <= most && !yield(set) {
				return
			}
		}
	}
}

// readsTwice reports whether two draws of two or of three words read the same.
func readsTwice(words, separators []string, digit bool) bool {
	for nwords := 2; nwords <= 3; nwords++ {
		seen := map[string]bool{}
		bases := append(slices.Repeat([]uint64{uint64(len(words))}, nwords),
			slices.Repeat([]uint64{uint64(len(separators))}, nwords-1)...)
		bases = append(bases, uint64(nwords), 2)
		twice := false
		enumerate(bases, func(digits []uint64) {
			place, figure := digits[2*nwords-1], digits[2*nwords]
			if !digit && (place > 0 || figure > 0) {
				return
			}
			var text strings.Builder
			for i := range nwords {
				text.WriteString(words[digits[i]])
				if digit && uint64(i) == place {
					text.WriteString("17"[figure : figure+1])
				}
				if i < nwords-1 {
					text.WriteString(separators[digits[nwords+i]])
				}
			}
			twice = twice || seen[text.String()]
			seen[text.String()] = true
		})
		if twice {
			return true
		}
	}
	return false
}

func TestCapitals(t *testing.T) {
	for word, want := range map[string]string{
		"word": "Word", "Word": "Word", "WORD": "WORD", "wORD": "WORD", "é": "É", "über": "Über",
		"слово": "Слово", "ǆ": "ǅ", "1st": "1st", "-": "-", "字": "字", "": "", "\xff": "\xff",
		"\xffa": "\xffa", "�": "�", "ɐ": "Ɐ", "ⱥ": "Ⱥ",
	} {
		assert.Equal(t, want, capitalized(word))
	}
}

// A capital may take more bytes than its small letter, and fewer.
func TestStyleHasRoomForTheLongest(t *testing.T) {
	s := Style{Capitalize: true, Digit: true, Separators: []string{"✓", "--"}}
	for _, word := range []string{"ɐ", "ⱥ", "a"} {
		p, err := s.phrase(3, []string{word})
		require.NoError(t, err)
		assert.Equal(t, 3*len(capitalized(word))+2*3+1, p.size)
		text, err := s.Passphrase(3, []string{word})
		require.NoError(t, err)
		assert.LessOrEqual(t, len(text), p.size)
	}
}

func TestStyleOfTheBuiltInList(t *testing.T) {
	scripted(t, slices.Concat(wordFor(23, 30, wordSize(30)),
		scriptFor([]uint64{0, 7775, 2008}, []uint64{effWords, effWords, effWords}),
		scriptFor([]uint64{1, 2}, []uint64{3, 3})))
	s := Style{Capitalize: true, Digit: true, Separators: []string{"", "-", " "}}
	got, err := s.Passphrase(3, nil)
	require.NoError(t, err)
	assert.Equal(t, "Abacus-Zoom Drop-down3", got)
}

// The zero style is that of Passphrase with a space.
func TestStyleOfNothing(t *testing.T) {
	for size, list := range map[uint64][]string{effWords: nil, 3: {"a", "b", "c"}} {
		script := scriptFor([]uint64{2, 0, 1}, []uint64{size, size, size})
		scripted(t, slices.Clone(script))
		want, err := Passphrase(3, " ", list)
		require.NoError(t, err)
		scripted(t, script)
		got, err := Style{}.Passphrase(3, list)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	text, err := Style{}.Passphrase(0, nil)
	require.NoError(t, err)
	assert.Empty(t, text)
}

func TestStyleRejects(t *testing.T) {
	nothing(t)
	for name, c := range map[string]struct {
		style  Style
		nwords int
		list   []string
		want   error
	}{
		"no word for the digit":    {Style{Digit: true}, 0, nil, errNoWord},
		"a negative number":        {Style{}, -1, nil, errCount},
		"and a digit":              {Style{Digit: true}, -1, nil, errNoWord},
		"a repeated separator":     {Style{Separators: []string{"-", "-"}}, 3, nil, errSeparators},
		"no UTF-8":                 {Style{Separators: []string{"-", "\xff"}}, 3, nil, errWordUTF8},
		"a word that is not UTF-8": {Style{Capitalize: true}, 3, []string{"\xff"}, errWordUTF8},
		"an empty word":            {Style{Capitalize: true}, 3, []string{"a", ""}, errEmptyWord},
		"a repeated word":          {Style{}, 3, []string{"a", "a"}, errRepeatedWord},
		"one that is by a capital": {Style{Capitalize: true}, 3, []string{"polish", "Polish"},
			errRepeatedWord},
		"more than there can be": {Style{}, math.MaxInt, nil, ErrShortBuffer},
	} {
		_, err := c.style.Passphrase(c.nwords, c.list)
		assert.Equal(t, c.want, err, name)
	}
	for _, s := range []Style{{Digit: true}, {Separators: []string{"a", "a"}}} {
		_, err := s.PassphraseEntropy(0, 0)
		assert.ErrorIs(t, err, ErrInvalid)
	}
}
