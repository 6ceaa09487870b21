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
