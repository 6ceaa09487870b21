// SPDX-License-Identifier: MIT

package secrets

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

var _ rand.Source = SystemRandom{}

func TestSystemRandomGivesAllBits(t *testing.T) {
	for _, w := range []uint64{0, 1, 0xfedcba9876543210, 1<<64 - 1} {
		s := scripted(t, words(w))
		assert.Equal(t, w, SystemRandom{}.Uint64())
		assert.Empty(t, s.bytes)
	}
}

// The distributions of math/rand/v2 use these bits.
func TestSystemRandomServesRand(t *testing.T) {
	scripted(t, words(1<<63, 1<<63))
	r := rand.New(SystemRandom{})
	assert.Equal(t, uint64(1<<63), r.Uint64())
	assert.Equal(t, int64(0), r.Int64())
}
