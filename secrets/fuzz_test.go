// SPDX-License-Identifier: MIT

package secrets

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Fuzz tests: `go test -fuzz FuzzPassword ./secrets` looks for inputs that break a guarantee, and
// a plain go test runs those below. Every input yields either a result that is as documented, or
// one of the two errors and an unchanged buffer.

// requireEither requires a result if there is no error, and an unchanged buffer if there is one.
func requireEither(t *testing.T, dst []byte, n int, err error) {
	if err == nil {
		require.LessOrEqual(t, n, len(dst))
		return
	}
	require.True(t, errors.Is(err, ErrInvalid) || errors.Is(err, ErrShortBuffer), "%v", err)
	require.Equal(t, bytes.Repeat([]byte{'#'}, len(dst)), dst)
}

func FuzzPassword(f *testing.F) {
	f.Add(10, 100, Lowercase, 1, Uppercase, 1, Digits, 3)
	f.Add(0, 0, "", 0, "", 0, "", 0)
	f.Add(5, 20, "é✓", 2, "😀", 3, "", 0)
	f.Add(7, 7, "a", 7, "b", 0, "c", 0)
	f.Add(3, 50, "aa", 0, "\xff", 0, "b", -1)
	f.Add(64, 64, "a", 63, "b", 1, "\x00", 0)
	f.Fuzz(func(t *testing.T, length, room int, a string, minA int, b string, minB int, c string,
		minC int) {
		if length > 300 || room < 0 || room > 2000 {
			return // only slow
		}
		classes := []Class{{a, minA}, {b, minB}, {c, minC}}
		dst := bytes.Repeat([]byte{'#'}, room)
		n, err := FillPassword(dst, length, classes...)
		requireEither(t, dst, n, err)
		if err == nil {
			require.True(t, satisfies(string(dst[:n]), length, classes), "%q", dst[:n])
			bits, err := PasswordEntropy(length, classes...)
			require.NoError(t, err)
			require.GreaterOrEqual(t, bits, 0.0)
			enough, err := PasswordLength(bits, classes...)
			require.NoError(t, err)
			require.LessOrEqual(t, enough, length)
		}
	})
}

func FuzzPassphrase(f *testing.F) {
	f.Add(4, 100, " ", "one two three")
	f.Add(0, 0, "", "")
	f.Add(2, 7, "✓", "a b a")
	f.Add(1, 9, "", "\xff")
	f.Fuzz(func(t *testing.T, nwords, room int, separator, list string) {
		if nwords > 1000 || room < 0 || room > 10_000 {
			return
		}
		dst := bytes.Repeat([]byte{'#'}, room)
		n, err := FillPassphrase(dst, nwords, separator, strings.Split(list, " "))
		requireEither(t, dst, n, err)
		if err == nil {
			require.Equal(t, strings.Repeat("#", room-n), string(dst[n:]))
		}
	})
}

func FuzzAPIKey(f *testing.F) {
	f.Add("my_shop", 32, 100)
	f.Add("", 0, 0)
	f.Add("a_", 1, 11)
	f.Fuzz(func(t *testing.T, prefix string, nbytes, room int) {
		if nbytes > 1000 || room < 0 || room > 2000 {
			return
		}
		dst := bytes.Repeat([]byte{'#'}, room)
		n, err := FillAPIKey(dst, prefix, nbytes)
		requireEither(t, dst, n, err)
		require.Equal(t, err == nil, APIKeyValid(string(dst[:n])))
	})
}

// A valid key has the parts that docs/api-keys.md describes.
func FuzzAPIKeyValid(f *testing.F) {
	f.Add("my_shop_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg03nBqD")
	f.Add("a_3dqvoC")
	f.Add("_")
	f.Fuzz(func(t *testing.T, key string) {
		if !APIKeyValid(key) {
			return
		}
		end := len(key) - checksumLen
		require.Equal(t, checksumOf(key[:end]), key[end:])
		require.True(t, validPrefix(key[:strings.LastIndexByte(key, '_')]))
	})
}

func FuzzRandBelowBig(f *testing.F) {
	f.Add([]byte{1}, 1)
	f.Add([]byte{0, 0, 3, 255}, 2)
	f.Add([]byte{}, 0)
	f.Fuzz(func(t *testing.T, bound []byte, room int) {
		if room < 0 || room > 2000 {
			return
		}
		dst := bytes.Repeat([]byte{'#'}, room)
		err := FillRandBelowBig(dst, bound)
		requireEither(t, dst, 0, err)
		if err == nil {
			value, limit := bytes.TrimLeft(dst, "\x00"), bytes.TrimLeft(bound, "\x00")
			require.True(t, len(value) < len(limit) || len(value) == len(limit) &&
				bytes.Compare(value, limit) < 0)
		}
	})
}

func FuzzTokenBatch(f *testing.F) {
	f.Add(32, 10, 1000, byte(0))
	f.Add(0, 0, 0, byte('\n'))
	f.Add(1<<62, 4, 10, byte(0))
	f.Fuzz(func(t *testing.T, nbytes, count, room int, end byte) {
		if room < 0 || room > 5000 {
			return
		}
		for _, b := range batches {
			dst := bytes.Repeat([]byte{'#'}, room)
			n, err := b.fill(dst, nbytes, count, end)
			requireEither(t, dst, n, err)
			require.Equal(t, strings.Repeat("#", room-n), string(dst[n:]))
		}
	})
}
