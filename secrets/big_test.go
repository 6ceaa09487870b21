// SPDX-License-Identifier: MIT

package secrets

import (
	"bytes"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every word that a first draw can be, for bounds of one and of two bytes: as many lead to each
// value as to any other. At most half of them are rejected, and then the next word decides.
func TestRandBelowBigCountsEveryValueAlike(t *testing.T) {
	for _, bound := range []int{
		1, 2, 3, 10, 127, 128, 129, 255, 256, 257, 300, 511, 512, 40000, 65535,
	} {
		limit := big.NewInt(int64(bound)).Bytes()
		counts, words := make([]int, bound), 1<<(8*len(limit))
		rejected, s := 0, scripted(t, nil)
		for word := range words {
			s.bytes = append(big.NewInt(int64(word)).FillBytes(make([]byte, len(limit))),
				make([]byte, len(limit))...)
			dst := make([]byte, len(limit))
			require.NoError(t, FillRandBelowBig(dst, limit))
			if len(s.bytes) == 0 {
				rejected++
				require.Zero(t, new(big.Int).SetBytes(dst).Sign(), "the second draw was of zeros")
				continue
			}
			counts[new(big.Int).SetBytes(dst).Int64()]++
		}
		require.LessOrEqual(t, 2*rejected, words, "bound %d", bound)
		tallyOf(slices.All(counts)).requireUniform(t, bound, "bound %d", bound)
	}
}

// Bounds of any number of bits, with and without leading zeros.
func TestFillRandBelowBigOfAnySize(t *testing.T) {
	one := big.NewInt(1)
	for _, n := range []uint{1, 7, 8, 9, 63, 64, 65, 255, 2048, 9999, 10000} {
		for _, bound := range []*big.Int{
			new(big.Int).Lsh(one, n-1),
			new(big.Int).Sub(new(big.Int).Lsh(one, n), one),
			new(big.Int).Or(new(big.Int).Lsh(one, n-1), one),
		} {
			limit := append(make([]byte, 3), bound.Bytes()...)
			for _, more := range []int{-3, 0, 5} {
				dst := bytes.Repeat([]byte{0xaa}, len(limit)+more)
				require.NoError(t, FillRandBelowBig(dst, limit))
				require.Negative(t, new(big.Int).SetBytes(dst).Cmp(bound))
			}
			dst := bytes.Repeat([]byte{0xaa}, len(limit)-4)
			require.ErrorIs(t, FillRandBelowBig(dst, limit), ErrShortBuffer)
			require.Equal(t, bytes.Repeat([]byte{0xaa}, len(dst)), dst)
		}
	}
}

func TestFillRandBelowBigRejects(t *testing.T) {
	nothing(t)
	for _, bound := range [][]byte{nil, {}, {0}, make([]byte, 100)} {
		dst := []byte("abc")
		require.ErrorIs(t, FillRandBelowBig(dst, bound), ErrInvalid)
		require.Equal(t, "abc", string(dst))
	}
	// A result that overwrote its own bound would be drawn for ever.
	for _, from := range []int{1, 3, 4, 5, 7} {
		b := []byte("abcdefghijkl")
		require.ErrorIs(t, FillRandBelowBig(b[from:from+4], b[4:8]), ErrInvalid, "%d", from)
		require.Equal(t, "abcdefghijkl", string(b))
	}
}

// The leading zeros of a bound are part of it.
func TestFillRandBelowBigOverZerosOfItsBound(t *testing.T) {
	nothing(t)
	b := make([]byte, 12)
	b[11] = 5
	require.ErrorIs(t, FillRandBelowBig(b[:4], b[2:]), ErrInvalid)
}

func TestFillRandBelowBigBesideItsBound(t *testing.T) {
	for _, from := range []int{0, 8} {
		b := []byte("abcdefghijkl")
		require.NoError(t, FillRandBelowBig(b[from:from+4], b[4:8]))
		require.Equal(t, "efgh", string(b[4:8]))
	}
}

func TestLess(t *testing.T) {
	for a := range 65536 {
		x := []byte{byte(a >> 8), byte(a)}
		for _, b := range []int{0, 1, 255, 256, 257, 0x7fff, 0x8000, 0xff00, 0xffff, a} {
			y := []byte{byte(b >> 8), byte(b)}
			require.Equal(t, a < b, less(x, y), "%d < %d", a, b)
		}
	}
	assert.False(t, less(nil, nil))
}

func TestRandBelowBig(t *testing.T) {
	bound, _ := new(big.Int).SetString("100000000000000000000000000000", 10)
	want := new(big.Int).Sub(bound, big.NewInt(1))
	draw := want.Bytes()
	draw[0] <<= 7 // 97 bits: of the first byte only the top one counts
	s := scripted(t, draw)
	got, err := RandBelowBig(bound)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Empty(t, s.bytes)
	require.Equal(t, "100000000000000000000000000000", bound.String())

	nothing(t)
	for _, bound := range []*big.Int{nil, big.NewInt(0), big.NewInt(-5)} {
		_, err := RandBelowBig(bound)
		require.ErrorIs(t, err, ErrInvalid)
	}
}

func TestRandBitsBig(t *testing.T) {
	ones := bytes.Repeat([]byte{0xff}, 2000)
	for _, n := range []uint{0, 1, 7, 8, 9, 64, 65, 10000} {
		s := scripted(t, ones[:(n+7)/8])
		want := new(big.Int).Lsh(big.NewInt(1), n)
		require.Equal(t, want.Sub(want, big.NewInt(1)).String(), RandBitsBig(n).String())
		require.Empty(t, s.bytes)
		for _, more := range []int{0, 1, 10} {
			scripted(t, ones[:(n+7)/8])
			dst := bytes.Repeat([]byte{0xaa}, int(n+7)/8+more)
			require.NoError(t, FillRandBitsBig(dst, n))
			require.Equal(t, want.String(), new(big.Int).SetBytes(dst).String())
		}
	}
}

func TestFillRandBitsBigRejects(t *testing.T) {
	nothing(t)
	for _, n := range []uint{25, 1000, 1<<64 - 1, 1<<64 - 7} {
		dst := []byte("abc")
		require.ErrorIs(t, FillRandBitsBig(dst, n), ErrShortBuffer)
		require.Equal(t, "abc", string(dst))
	}
}
