// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// For each size of word some bounds, with the limits of the bounds for which it is used. All of
// them reject the word 0, except for powers of two.
var sizes = map[uint64]int{
	3: 2, 52: 2, 1023: 2, 1 << 10: 2,
	1<<10 + 1: 4, 1e6: 4, 1 << 26: 4,
	1<<26 + 1: 8, 3 << 62: 8, math.MaxUint64: 8,
}

// One draw, in which each word decides one value.
func TestFillRandBelowDrawsOnce(t *testing.T) {
	for bound, size := range sizes {
		var script []byte
		want := make([]uint64, 300)
		for i := range want {
			want[i] = uint64(i) * (bound / 300)
			script = append(script, wordFor(want[i], bound, size)...)
		}
		s := scripted(t, script)
		got := make([]uint64, len(want))
		require.NoError(t, FillRandBelow(got, bound))
		require.Equal(t, want, got, "bound %d", bound)
		require.Equal(t, 1, s.draws, "bound %d", bound)
		require.Empty(t, s.bytes, "bound %d", bound)
	}
}

// Rejected words, at any place, are replaced by those of a second draw, and leave nothing behind.
func TestFillRandBelowReplacesRejectedWords(t *testing.T) {
	const n = 6
	for bound, size := range sizes {
		if bound&(bound-1) == 0 {
			continue
		}
		for rejected := range 1 << n {
			var first, second []byte
			var want, late []uint64
			for i := range n {
				value := uint64(i) * (bound / n)
				if rejected>>i&1 == 0 {
					first = append(first, wordFor(value, bound, size)...)
					want = append(want, value)
					continue
				}
				first = appendWord(first, 0, size)
				second = append(second, wordFor(value, bound, size)...)
				late = append(late, value)
			}
			s := scripted(t, append(first, second...))
			got := make([]uint64, n)
			require.NoError(t, FillRandBelow(got, bound))
			require.Equal(t, append(want, late...), got, "bound %d", bound)
			require.Equal(t, 1+min(1, len(late)), s.draws)
			require.Empty(t, s.bytes)
		}
	}
}

func TestFillRandBelowRejectsZero(t *testing.T) {
	nothing(t)
	dst := []uint64{1, 2, 3}
	require.ErrorIs(t, FillRandBelow(dst, 0), ErrInvalid)
	require.ErrorIs(t, FillRandBelow(nil, 0), ErrInvalid)
	assert.Equal(t, []uint64{1, 2, 3}, dst)
	require.NoError(t, FillRandBelow(nil, 1))
	require.NoError(t, FillRandBelow(dst[:0], 1))
}

// A word is never wider than the integers of the slice.
func TestFillBelowOfAnySize(t *testing.T) {
	for bound, size := range sizes {
		if bound <= math.MaxUint {
			scripted(t, slices.Repeat(wordFor(bound/2, bound, size), 3))
			dst := make([]uint, 3)
			fillBelow(dst, bound)
			require.Equal(t, slices.Repeat([]uint{uint(bound / 2)}, 3), dst)
		}
	}
}

func TestFillRandom(t *testing.T) {
	s := scripted(t, words(0, 1<<11, 1<<63, math.MaxUint64))
	dst := make([]float64, 4)
	FillRandom(dst)
	assert.Equal(t, []float64{0, 0x1p-53, 0.5, 1 - 0x1p-53}, dst)
	assert.Equal(t, 1, s.draws)
	FillRandom(nil)
}
