// SPDX-License-Identifier: MIT

package secrets

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCompareDigestFindsEveryDifference(t *testing.T) {
	for n := range 130 {
		a, b := pattern(n), pattern(n)
		require.True(t, CompareDigest(a, b), "%d bytes", n)
		for i := range a {
			for bit := range 8 {
				a[i] ^= 1 << bit
				require.False(t, CompareDigest(a, b), "byte %d of %d", i, n)
				a[i] ^= 1 << bit
			}
		}
	}
}

func TestCompareDigestRejectsOtherLengths(t *testing.T) {
	for n := range 40 {
		for m := range 40 {
			// Zeros, so that a prefix never differs.
			require.Equal(t, n == m, CompareDigest(make([]byte, n), make([]byte, m)),
				"%d and %d", n, m)
		}
	}
	assert.True(t, CompareDigest(nil, []byte{}))
	assert.False(t, CompareDigest(nil, []byte{0}))
}

func TestWipe(t *testing.T) {
	for n := range 100 {
		b := pattern(n + 2)
		Wipe(b[1 : n+1])
		require.Equal(t, make([]byte, n), b[1:n+1])
		require.Equal(t, []byte{pattern(1)[0], pattern(n + 2)[n+1]}, []byte{b[0], b[n+1]})
	}
	Wipe(nil)
}
