// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNeededEntropy(t *testing.T) {
	for _, c := range []struct{ guesses, years, chance, want float64 }{
		{1, 1 / yearSeconds, 1, 0},
		{1024, 1 / yearSeconds, 1, 10},
		{1024, 1 / yearSeconds, 1.0 / 1024, 20},
		{1e12, 10, 1e-6, math.Log2(1e12 * 10 * 31557600 * 1e6)},
		{1e-30, 1, 1, 0},
		{math.MaxFloat64, math.MaxFloat64, math.SmallestNonzeroFloat64,
			1024 + 1024 + 1074 + math.Log2(yearSeconds)},
	} {
		got, err := NeededEntropy(c.guesses, c.years, c.chance)
		require.NoError(t, err)
		require.InDelta(t, c.want, got, 1e-9, "%v", c)
	}
}

func TestNeededEntropyRejects(t *testing.T) {
	for _, bad := range []float64{0, -1, math.NaN(), math.Inf(1), math.Inf(-1)} {
		for _, c := range [][3]float64{{bad, 1, 1}, {1, bad, 1}, {1, 1, bad}} {
			_, err := NeededEntropy(c[0], c[1], c[2])
			assert.ErrorIs(t, err, ErrInvalid, "%v", c)
		}
	}
	_, err := NeededEntropy(1, 1, 1.001)
	assert.ErrorIs(t, err, ErrInvalid)
}

// One word fewer has fewer bits.
func TestPassphraseWords(t *testing.T) {
	for _, size := range []uint{0, 2, 7, 1000, 7776} {
		all := []float64{0, 0.5, 1, 12.9, 12.93, 64, 77.5, 128, 1e6, 1e9}
		for n := range uint(3000) { // the edges, and just above them
			edge := PassphraseEntropy(n, size)
			all = append(all, edge, math.Nextafter(edge, 1e9))
		}
		for _, bits := range all {
			n, err := PassphraseWords(bits, size)
			require.NoError(t, err)
			require.GreaterOrEqual(t, PassphraseEntropy(uint(n), size), bits)
			require.True(t, n == 0 || PassphraseEntropy(uint(n-1), size) < bits)
		}
	}
	for _, bad := range []struct {
		bits float64
		size uint
	}{{-1, 0}, {math.NaN(), 0}, {math.Inf(1), 0}, {1e9 + 1, 0}, {64, 1}} {
		_, err := PassphraseWords(bad.bits, bad.size)
		require.ErrorIs(t, err, ErrInvalid, "%v", bad)
	}
}

// The edges of lengths: the entropies of the policy, and the next numbers above them.
func edgesOf(t *testing.T, longest int, classes []Class) (all []float64) {
	shortest, err := minimums(classes)
	require.NoError(t, err)
	for length := shortest; length <= longest; length++ {
		edge, err := PasswordEntropy(length, classes...)
		require.NoError(t, err)
		all = append(all, edge, math.Nextafter(edge, 1e9))
	}
	return append(all, 0, 0.5, 64, 128)
}

// One character fewer has fewer bits, or is too few for the minimums.
func TestPasswordLength(t *testing.T) {
	for _, c := range []struct {
		longest int
		classes []Class
	}{
		{500, nil},
		{100, []Class{{Unambiguous, 0}}},
		{100, []Class{{Digits, 5}}},
		{80, []Class{{"ab", 0}, {"é✓😀", 0}}},
		{60, []Class{{Lowercase, 1}, {Uppercase, 1}, {Digits, 3}}},
		{60, []Class{{"a", 1}, {"b", 0}}},
		{60, []Class{{"ab", 40}, {"", 0}, {Digits, 10}}},
		{maxCounted, []Class{{"a", 1}, {"é✓", 250}}},
	} {
		most, err := PasswordEntropy(c.longest, c.classes...)
		require.NoError(t, err)
		shortest, err := minimums(c.classes)
		require.NoError(t, err)
		for _, bits := range edgesOf(t, c.longest, c.classes) {
			length, err := PasswordLength(bits, c.classes...)
			if bits > most {
				require.True(t, err == nil && length > c.longest ||
					err == errEntropy && c.longest == maxCounted, "%v %v", bits, c)
				continue
			}
			require.NoError(t, err)
			got, err := PasswordEntropy(length, c.classes...)
			require.NoError(t, err)
			require.GreaterOrEqual(t, got, bits)
			if length > shortest {
				less, err := PasswordEntropy(length-1, c.classes...)
				require.NoError(t, err)
				require.Less(t, less, bits)
			}
		}
	}
}

func TestPasswordLengthAtTheLimits(t *testing.T) {
	for _, c := range []struct {
		bits    float64
		classes []Class
		want    int
	}{
		{0, nil, 0}, {math.Copysign(0, -1), nil, 0}, {5e-324, nil, 1},
		{1e9, []Class{{"ab", 0}}, 1e9},
		{0, []Class{{"", 0}}, 0},
		{0, []Class{{"a", 7}}, 7},
		{0, []Class{{"a", 200}, {"b", 56}}, 256},
		{0, []Class{{"a", 1 << 40}}, 1 << 40},
		{1, []Class{{"ab", 1 << 40}}, 1 << 40},
	} {
		length, err := PasswordLength(c.bits, c.classes...)
		require.NoError(t, err)
		require.Equal(t, c.want, length, "%v", c)
	}
}

func TestPasswordLengthRejects(t *testing.T) {
	for _, c := range []struct {
		bits    float64
		classes []Class
		want    error
	}{
		{math.NaN(), nil, errEntropy}, {-1e-300, nil, errEntropy}, {math.Inf(1), nil, errEntropy},
		{math.Inf(-1), nil, errEntropy}, {1e9 + 1, nil, errEntropy},
		{math.NaN(), []Class{{"a", 1}, {"b", 0}}, errEntropy},
		{1e-300, []Class{{"a", 3}}, errEntropy},
		{1e9, []Class{{"a", 1}, {"b", 0}}, errEntropy},
		{256.1, []Class{{"a", 1}, {"b", 0}}, errEntropy},
		{1, []Class{{"", 0}}, errNoCharacter},
		{math.NaN(), []Class{{"", 0}}, errNoCharacter},
		{0, []Class{{"", 1}}, errNoCharacter},
		{1, []Class{{"aa", 0}}, errRepeated},
		{1, []Class{{"\xff", 0}}, errUTF8},
		{1, make([]Class, maxClasses+1), errClasses},
		{1, []Class{{"a", -1}}, errMinimums},
		{1, []Class{{"a", math.MaxInt}, {"b", 1}}, errMinimums},
		{1, []Class{{"a", 200}, {"b", 57}}, errTooLong},
		{1, []Class{{"ab", math.MaxInt}}, ErrShortBuffer},
	} {
		_, err := PasswordLength(c.bits, c.classes...)
		require.Equal(t, c.want, err, "%v", c)
	}
}
