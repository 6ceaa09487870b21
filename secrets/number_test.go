// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var bounds = []uint64{
	1, 2, 3, 5, 10, 52, 255, 256, 1000, 1<<32 - 1, 1 << 32, 1<<32 + 1,
	1<<63 - 1, 1 << 63, 1<<63 + 1, 3 << 62, math.MaxUint64 - 1, math.MaxUint64,
}

func ceilDiv(a, b *big.Int) *big.Int {
	q, r := new(big.Int).QuoRem(a, b, new(big.Int))
	if r.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}

// For each bound and value: the first word that is accepted for it, and the word before, which is
// rejected or belongs to the value before.
func TestRandBelowAcceptsAndRejects(t *testing.T) {
	two64 := new(big.Int).Lsh(big.NewInt(1), 64)
	for _, bound := range bounds {
		b := new(big.Int).SetUint64(bound)
		rejected := new(big.Int).Mod(two64, b)
		for _, value := range []uint64{0, 1, bound / 3, bound / 2, bound - 2, bound - 1} {
			if value >= bound {
				continue
			}
			start := new(big.Int).Mul(new(big.Int).SetUint64(value), two64)
			first := ceilDiv(new(big.Int).Add(start, rejected), b).Uint64()
			requireDraw(t, bound, value, words(first))
			// Words from the edge of the value up to the first that is accepted are
			// rejected; the next word of the script decides instead.
			edge := ceilDiv(start, b).Uint64()
			for word := edge; word < first && word < edge+3; word++ {
				requireDraw(t, bound, value, words(word, first))
			}
		}
	}
}

func requireDraw(t *testing.T, bound, want uint64, draws []byte) {
	t.Helper()
	s := scripted(t, draws)
	got, err := RandBelow(bound)
	require.NoError(t, err)
	require.Equal(t, want, got, "bound %d", bound)
	require.Empty(t, s.bytes, "bound %d: words left", bound)
}

func TestRandBelowRejectsZero(t *testing.T) {
	nothing(t)
	_, err := RandBelow(0)
	assert.ErrorIs(t, err, ErrInvalid)
}

func TestRandBitsTakesTheTopBits(t *testing.T) {
	const w = 0xfedcba9876543210
	for n := range uint(65) {
		s := scripted(t, words(w))
		got, err := RandBits(n)
		require.NoError(t, err)
		want := new(big.Int).Rsh(new(big.Int).SetUint64(w), 64-n)
		require.Equal(t, want.Uint64(), got, "%d bits", n)
		require.Empty(t, s.bytes)
	}
	nothing(t)
	for _, n := range []uint{65, math.MaxUint} {
		_, err := RandBits(n)
		require.ErrorIs(t, err, ErrInvalid)
	}
}

func TestRandRange(t *testing.T) {
	const lowest, highest = math.MinInt64, math.MaxInt64
	for _, c := range []struct {
		start, stop int64
		word        uint64
		want        int64
	}{
		{0, 1, math.MaxUint64, 0},
		{-3, 3, 1<<63 + 1, 0},
		{-3, 3, math.MaxUint64, 2},
		{-10, -5, 1<<63 + 1, -8},
		{highest - 1, highest, 1 << 63, highest - 1},
		{lowest, lowest + 1, 1 << 63, lowest},
		{lowest, 0, math.MaxUint64, -1},
		{lowest, highest, 3, lowest + 2},
		{lowest, highest, math.MaxUint64, highest - 1},
	} {
		scripted(t, words(c.word))
		got, err := RandRange(c.start, c.stop)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%+v", c)
	}
}

func TestRandRangeRejectsAnEmptyRange(t *testing.T) {
	nothing(t)
	for _, c := range [][2]int64{{0, 0}, {1, 0}, {math.MaxInt64, math.MinInt64}, {-5, -5}} {
		_, err := RandRange(c[0], c[1])
		require.ErrorIs(t, err, ErrInvalid, "%v", c)
	}
}

func TestRandomIsAMultiple(t *testing.T) {
	for word, want := range map[uint64]float64{
		0:              0,
		1<<11 - 1:      0,
		1 << 11:        0x1p-53,
		1 << 63:        0.5,
		math.MaxUint64: 1 - 0x1p-53,
	} {
		scripted(t, words(word))
		require.Equal(t, want, Random())
	}
}
