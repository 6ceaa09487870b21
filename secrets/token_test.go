// SPDX-License-Identifier: MIT

package secrets

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pattern returns n bytes that differ from their neighbours and take all values.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*167 + 13)
	}
	return b
}

// text is one of the two formats of a token, and the standard library's encoding of the same
// format.
type text struct {
	name   string
	fill   func([]byte, int) (int, error)
	token  func(int) (string, error)
	encode func([]byte) string
}

var texts = []text{
	{"hex", FillTokenHex, TokenHex, hex.EncodeToString},
	{"urlsafe", FillTokenURLSafe, TokenURLSafe, base64.RawURLEncoding.EncodeToString},
}

func eachText(t *testing.T, test func(*testing.T, text)) {
	for _, kind := range texts {
		t.Run(kind.name, func(t *testing.T) { test(t, kind) })
	}
}

func TestTokenTextEncodesTheBytesDrawn(t *testing.T) {
	eachText(t, func(t *testing.T, kind text) {
		for n := range 301 {
			s := scripted(t, pattern(n))
			got, err := kind.token(n)
			require.NoError(t, err)
			require.Equal(t, kind.encode(pattern(n)), got, "%d bytes", n)
			require.Empty(t, s.bytes, "all %d bytes are drawn", n)
		}
	})
}

// Each value of each byte at each position of a step of the encoders.
func TestTokenTextEncodesEveryByte(t *testing.T) {
	eachText(t, func(t *testing.T, kind text) {
		for position := range 9 {
			for value := range 256 {
				raw := pattern(9)
				raw[position] = byte(value)
				scripted(t, raw)
				got, err := kind.token(len(raw))
				require.NoError(t, err)
				require.Equal(t, kind.encode(raw), got)
			}
		}
	})
}

func TestFillLeavesTheRestUntouched(t *testing.T) {
	eachText(t, func(t *testing.T, kind text) {
		for n := range 50 {
			scripted(t, pattern(n))
			dst := bytes.Repeat([]byte{'#'}, 100)
			size, err := kind.fill(dst, n)
			require.NoError(t, err)
			require.Equal(t, kind.encode(pattern(n)), string(dst[:size]))
			require.Equal(t, bytes.Repeat([]byte{'#'}, 100-size), dst[size:])
		}
	})
}

func TestFillRejectsWithoutDrawing(t *testing.T) {
	nothing(t)
	eachText(t, func(t *testing.T, kind text) {
		for n := 1; n < 50; n++ {
			dst := bytes.Repeat([]byte{'#'}, len(kind.encode(pattern(n)))-1)
			_, err := kind.fill(dst, n)
			require.ErrorIs(t, err, ErrShortBuffer)
			require.Equal(t, bytes.Repeat([]byte{'#'}, len(dst)), dst)
		}
		for _, n := range []int{
			math.MaxInt, math.MaxInt / 2, math.MaxInt/2 + 1, math.MaxInt/4*3 + 2,
		} {
			_, err := kind.fill(make([]byte, 64), n)
			require.ErrorIs(t, err, ErrShortBuffer, "%d bytes", n)
		}
		_, err := kind.fill(make([]byte, 64), -1)
		require.ErrorIs(t, err, ErrInvalid)
		_, err = kind.token(-1)
		require.ErrorIs(t, err, ErrInvalid)
	})
}

func TestTokenBytes(t *testing.T) {
	for n := range 301 {
		s := scripted(t, pattern(n))
		got, err := TokenBytes(n)
		require.NoError(t, err)
		require.Equal(t, pattern(n), got)
		require.Empty(t, s.bytes)
	}
	nothing(t)
	got, err := TokenBytes(-1)
	assert.ErrorIs(t, err, ErrInvalid)
	assert.Nil(t, got)
}

func TestFillTokenBytesFillsAll(t *testing.T) {
	scripted(t, pattern(40))
	dst := make([]byte, 42)
	FillTokenBytes(dst[1:41])
	assert.Equal(t, append(append([]byte{0}, pattern(40)...), 0), dst)
	FillTokenBytes(nil)
}
