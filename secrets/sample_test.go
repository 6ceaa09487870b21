// SPDX-License-Identifier: MIT

package secrets

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// If count is more than a sixteenth of the population: every outcome of the decisions, including
// those that are drawn ahead and not used, times every outcome of the shuffle. All sequences of
// that length are equally frequent.
func TestSampleOfManyIsUniform(t *testing.T) {
	for population := uint64(1); population <= 6; population++ {
		for count := uint64(1); count <= population; count++ {
			var decisions []uint64
			for left := population; left > 0 && count < population; left-- {
				decisions = append(decisions, left)
			}
			all := append(slices.Clone(decisions), bases(int(count))...)
			seen, s := map[string]int{}, scripted(t, nil)
			enumerate(all, func(digits []uint64) {
				s.bytes = scriptFor(digits, all)
				dst := make([]uint, count)
				require.NoError(t, FillSample(dst, uint(population)))
				seen[fmt.Sprint(dst)]++
			})
			requireSamples(t, seen, population, count)
		}
	}
}

// If it is less: two of 32, and every outcome of the draws that ends after two words, or after a
// third that replaces a second equal to the first.
func TestSampleOfFewIsUniform(t *testing.T) {
	const population, count = 32, 2
	two, three, s := map[string]int{}, map[string]int{}, scripted(t, nil)
	enumerate([]uint64{32, 32, 32, 2}, func(digits []uint64) {
		set, seen := digits[:3], three
		if digits[0] != digits[1] {
			set, seen = digits[:2], two
		} else if digits[2] == digits[0] {
			return
		}
		script := scriptFor(set, []uint64{32, 32, 32})
		s.bytes = append(script, wordFor(digits[3], 2, 2)...)
		dst := make([]uint, count)
		require.NoError(t, FillSample(dst, population))
		require.Empty(t, s.bytes)
		seen[fmt.Sprint(dst)]++
	})
	requireSamples(t, two, population, count)
	requireSamples(t, three, population, count)
}

// requireSamples requires that all sequences of count distinct integers below population were
// seen equally often.
func requireSamples(t *testing.T, seen map[string]int, population, count uint64) {
	t.Helper()
	want := 1
	for i := range count {
		want *= int(population - i)
	}
	tallyOf(maps.All(seen)).requireUniform(t, want, "%d of %d", count, population)
}

func TestFillSampleGivesDifferentIntegers(t *testing.T) {
	for _, c := range []struct {
		count      int
		population uint
	}{
		{0, 0}, {0, math.MaxUint}, {1, 1}, {1, math.MaxUint}, {1000, 1 << 40}, {1000, math.MaxUint},
		{1000, 1000}, {62, 1000}, {63, 1000}, {1_000_000, 1_000_000}, {500_000, 1_000_000},
		{62_500, 1_000_000},
	} {
		dst := make([]uint, c.count)
		require.NoError(t, FillSample(dst, c.population))
		slices.Sort(dst)
		require.Len(t, slices.Compact(dst), c.count, "%v", c)
		require.True(t, c.count == 0 || dst[c.count-1] < c.population, "%v", c)
	}
}

func TestFillSampleRejects(t *testing.T) {
	nothing(t)
	dst := []uint{7, 8, 9}
	for _, population := range []uint{0, 1, 2} {
		require.ErrorIs(t, FillSample(dst, population), ErrInvalid)
		require.Equal(t, []uint{7, 8, 9}, dst)
	}
}

func TestSample(t *testing.T) {
	scripted(t, scriptFor([]uint64{1, 0}, []uint64{3, 2}))
	got, err := Sample([]string{"a", "b", "c"}, 3)
	require.NoError(t, err)
	assert.Equal(t, []string{"c", "a", "b"}, got)
	for _, elements := range [][]string{nil, {"a"}} {
		none, err := Sample(elements, 0)
		require.NoError(t, err)
		require.Empty(t, none)
	}
}

func TestSampleRejects(t *testing.T) {
	nothing(t)
	for _, k := range []int{-1, math.MinInt, 4, 1e9, math.MaxInt} {
		got, err := Sample([]int{1, 2, 3}, k)
		require.ErrorIs(t, err, ErrInvalid, "%d", k)
		require.Nil(t, got)
	}
}
