// SPDX-License-Identifier: MIT

package secrets

import (
	"bytes"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type batch struct {
	name string
	fill func(dst []byte, nbytes, count int, end byte) (int, error)
	one  func(nbytes int) (string, error)
}

var batches = []batch{
	{"hex", FillTokenHexBatch, TokenHex},
	{"urlsafe", FillTokenURLSafeBatch, TokenURLSafe},
}

// The same bytes make the same tokens as one by one, in one draw, and the bytes after the last
// token are unchanged.
func TestBatchIsTokensOneByOne(t *testing.T) {
	random := pattern(70 * 20)
	for _, b := range batches {
		for nbytes := range 70 {
			for _, count := range []int{0, 1, 2, 3, 19} {
				var want []byte
				scripted(t, random)
				for range count {
					token, err := b.one(nbytes)
					require.NoError(t, err)
					want = append(append(want, token...), '\n')
				}
				got := bytes.Repeat([]byte{'#'}, len(want)+5)
				s := scripted(t, random[:nbytes*count])
				n, err := b.fill(got, nbytes, count, '\n')
				require.NoError(t, err)
				require.Equal(t, len(want), n)
				require.Equal(t, string(want)+"#####", string(got), "%s: %d of %d", b.name, count,
					nbytes)
				require.Empty(t, s.bytes)
				require.LessOrEqual(t, s.draws, 1)

				scripted(t, random)
				_, err = b.fill(got[:len(want)], nbytes, count, 0)
				require.NoError(t, err, "a buffer of just that size")
				if count > 0 {
					nothing(t)
					_, err = b.fill(got[:len(want)-1], nbytes, count, 0)
					require.ErrorIs(t, err, ErrShortBuffer)
				}
			}
		}
	}
}

func TestBatchRejects(t *testing.T) {
	nothing(t)
	for _, b := range batches {
		for _, c := range []struct {
			room, nbytes, count int
			want                error
		}{
			{100, -1, 1, ErrInvalid},
			{100, 1, -1, ErrInvalid},
			{100, math.MinInt, 0, ErrInvalid},
			{0, 0, 1, ErrShortBuffer},
			{9, 0, 10, ErrShortBuffer},
			{85, 32, 2, ErrShortBuffer},
			{100, math.MaxInt, 1, ErrShortBuffer},
			{100, math.MaxInt, math.MaxInt, ErrShortBuffer},
			{100, 0, math.MaxInt, ErrShortBuffer},
			{100, 1<<62 - 1, 4, ErrShortBuffer},
			{100, 1 << 32, 1 << 31, ErrShortBuffer},
		} {
			dst := bytes.Repeat([]byte{'#'}, c.room)
			n, err := b.fill(dst, c.nbytes, c.count, 0)
			require.ErrorIs(t, err, c.want, "%s: %+v", b.name, c)
			require.Zero(t, n)
			require.Equal(t, bytes.Repeat([]byte{'#'}, c.room), dst)
		}
		n, err := b.fill(nil, math.MaxInt, 0, 0)
		require.NoError(t, err)
		require.Zero(t, n)
	}
}

func TestAppendToken(t *testing.T) {
	for _, c := range []struct {
		add func([]byte, int) ([]byte, error)
		one func(int) (string, error)
	}{{AppendTokenHex, TokenHex}, {AppendTokenURLSafe, TokenURLSafe}} {
		scripted(t, pattern(40))
		want, err := c.one(40)
		require.NoError(t, err)
		for _, room := range []int{0, 10, 1000} {
			scripted(t, pattern(40))
			got, err := c.add(append(make([]byte, 0, 5+room), "token"...), 40)
			require.NoError(t, err)
			require.Equal(t, "token"+want, string(got))
		}
		nothing(t)
		got, err := c.add([]byte("token"), -1)
		require.ErrorIs(t, err, ErrInvalid)
		require.Equal(t, "token", string(got))
		got, err = c.add(nil, 0)
		require.NoError(t, err)
		require.Empty(t, got)
	}
}

// A buffer that is long enough is reused.
func TestAppendTokenInPlace(t *testing.T) {
	dst := make([]byte, 0, 64)
	got, err := AppendTokenHex(dst, 32)
	require.NoError(t, err)
	assert.Same(t, &dst[:1][0], &got[0])
}
