// SPDX-License-Identifier: MIT

package secrets

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The list is the published one: with the dice rolls in front of the words it has the digest of
// eff_large_wordlist.txt.
func TestWordlistIsThePublishedOne(t *testing.T) {
	var file strings.Builder
	lines := strings.Split(strings.TrimSuffix(effLarge, "\n"), "\n")
	require.Len(t, lines, 7776)
	for i, word := range lines {
		for dice := 6 * 6 * 6 * 6; dice > 0; dice /= 6 {
			fmt.Fprint(&file, i/dice%6+1)
		}
		fmt.Fprintf(&file, "\t%s\n", word)
	}
	sum := sha256.Sum256([]byte(file.String()))
	assert.Equal(t, "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e",
		hex.EncodeToString(sum[:]))
}

func TestWordlistHasWhatIsSaidOfIt(t *testing.T) {
	words := strings.Fields(effLarge)
	require.Len(t, words, effWords)
	longest := slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
	assert.Len(t, longest, effLongest)
	v, err := newVocabulary(nil)
	require.NoError(t, err)
	for i, word := range words {
		require.Equal(t, word, v.word(uint64(i)))
	}
	// No word is a prefix of another, so that a passphrase can be read in only one way. In
	// the sorted list it would be directly before it.
	slices.Sort(words)
	for i := range words[1:] {
		require.False(t, strings.HasPrefix(words[i+1], words[i]), "%s %s", words[i], words[i+1])
	}
}

// Every sequence of words results from exactly one sequence of draws.
func TestPassphraseMakesEachOnce(t *testing.T) {
	list := []string{"one", "zwei", "três"}
	for _, separator := range []string{"", " ", "·✓"} {
		bases, seen := []uint64{3, 3, 3}, map[string]bool{}
		enumerate(bases, func(digits []uint64) {
			s := scripted(t, scriptFor(digits, bases))
			got, err := Passphrase(3, separator, list)
			require.NoError(t, err)
			require.Empty(t, s.bytes)
			require.Equal(t, strings.Join([]string{list[digits[0]], list[digits[1]],
				list[digits[2]]}, separator), got)
			seen[got] = true
		})
		require.Len(t, seen, 27)
	}
}

func TestPassphraseOfTheBuiltInList(t *testing.T) {
	bases := []uint64{effWords, effWords, effWords}
	scripted(t, scriptFor([]uint64{0, 7775, 2008}, bases))
	got, err := Passphrase(3, "-", nil)
	require.NoError(t, err)
	assert.Equal(t, "abacus-zoom-drop-down", got)
}

func TestPassphraseSizes(t *testing.T) {
	long := []string{"a", "longest"}
	for _, c := range []struct {
		nwords    int
		separator string
		list      []string
		want      int
	}{
		{0, "-", nil, 0}, {0, "", long, 0}, {1, "-", nil, 9}, {4, " ", nil, 39}, {4, "", nil, 36},
		{2, "✓", long, 17}, {3, "--", []string{"é"}, 10},
	} {
		size, err := PassphraseLen(c.nwords, c.separator, c.list)
		require.NoError(t, err)
		require.Equal(t, c.want, size, "%v", c)
		for _, room := range []int{size, size + 2} {
			dst := []byte(strings.Repeat("#", room))
			n, err := FillPassphrase(dst, c.nwords, c.separator, c.list)
			require.NoError(t, err)
			require.LessOrEqual(t, n, size)
			require.Equal(t, strings.Repeat("#", room-n), string(dst[n:]), "what is behind it")
		}
		if size > 0 {
			t.Run("short", func(t *testing.T) {
				nothing(t)
				dst := []byte(strings.Repeat("#", size-1))
				_, err := FillPassphrase(dst, c.nwords, c.separator, c.list)
				require.ErrorIs(t, err, ErrShortBuffer)
				require.Equal(t, strings.Repeat("#", size-1), string(dst))
			})
		}
	}
}

func TestPassphraseRejects(t *testing.T) {
	nothing(t)
	for _, c := range []struct {
		nwords    int
		separator string
		list      []string
		want      error
	}{
		{-1, "", nil, errCount},
		{3, "\xff", nil, errWordUTF8},
		{3, "", []string{"a", "b\xff"}, errWordUTF8},
		{3, "", []string{"a", ""}, errEmptyWord},
		{3, "", []string{"a", "b", "a"}, errRepeatedWord},
		{0, "", []string{"a", "a"}, errRepeatedWord},
		{math.MaxInt, "", nil, ErrShortBuffer},
		{math.MaxInt, "", []string{"a"}, ErrShortBuffer},
		{math.MaxInt / 9, " ", nil, ErrShortBuffer},
	} {
		dst := []byte("untouched")
		_, err := Passphrase(c.nwords, c.separator, c.list)
		require.Equal(t, c.want, err, "%v", c)
		_, err = FillPassphrase(dst, c.nwords, c.separator, c.list)
		require.Equal(t, c.want, err, "%v", c)
		require.Equal(t, "untouched", string(dst))
		_, err = PassphraseLen(c.nwords, c.separator, c.list)
		require.Equal(t, c.want, err, "%v", c)
	}
	list := []string{"b", "c", "a"}
	_, err := PassphraseLen(1, "", list)
	require.NoError(t, err)
	assert.Equal(t, []string{"b", "c", "a"}, list, "the list of the caller is not sorted")
}

func TestPassphraseEntropy(t *testing.T) {
	for _, c := range []struct {
		nwords, size uint
		want         float64
	}{{0, 0, 0}, {6, 0, 6 * math.Log2(7776)}, {6, 7776, 6 * math.Log2(7776)}, {10, 2, 10},
		{10, 1, 0}, {1, math.MaxUint, 64}} {
		require.InDelta(t, c.want, PassphraseEntropy(c.nwords, c.size), 1e-9)
	}
}
