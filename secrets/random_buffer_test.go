// SPDX-License-Identifier: MIT

package secrets

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// A rejected word of any size is replaced by the next, from the buffer or from another draw.
func TestRandomBufferReplacesRejectedWords(t *testing.T) {
	for bound, size := range sizes {
		if bound&(bound-1) == 0 {
			continue // rejects no word
		}
		value := bound / 2
		for values, draws := range map[int]int{1: 2, 2: 1} {
			s := scripted(t, append(appendWord(nil, 0, size), wordFor(value, bound, size)...))
			var ahead randomBuffer
			require.Equal(t, value, ahead.below(bound, values), "bound %d", bound)
			require.Empty(t, s.bytes)
			require.Equal(t, draws, s.draws)
		}
	}
}

// Calls that draw ahead replace a rejected word by one, too, and draw no more.
func TestOneWordReplacesOneRejected(t *testing.T) {
	for name, c := range map[string]struct {
		bound uint64
		call  func() (string, error)
	}{
		"APIKey":     {62, func() (string, error) { return APIKey("a", 2) }},
		"Password":   {62, func() (string, error) { return Password(3) }},
		"Passphrase": {3, func() (string, error) { return Passphrase(3, "", five[:3]) }},
	} {
		s := scripted(t, append(appendWord(nil, 0, 2), slices.Repeat(wordFor(0, c.bound, 2), 3)...))
		_, err := c.call()
		require.NoError(t, err, name)
		require.Empty(t, s.bytes, name)
		require.Equal(t, 2, s.draws, name)
	}
}

// A draw is no larger than needed: as many words as values, if they fit.
func TestRandomBufferDrawsForAllValues(t *testing.T) {
	for bound, size := range sizes {
		for _, values := range []int{1, 2, 10, 512 / size, 512/size + 1, 10_000} {
			s := scripted(t, append(wordFor(0, bound, size), make([]byte, 512)...))
			var ahead randomBuffer
			ahead.below(bound, values)
			require.Equal(t, 512+size-size*min(values, 512/size), len(s.bytes))
			ahead.wipe()
			require.Equal(t, randomBuffer{}, ahead)
		}
	}
}
