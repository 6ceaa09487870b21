// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// exact gives a as a big.Float that holds all of it.
func (a real) exact() *big.Float {
	m := new(big.Int).SetUint64(a.hi)
	m.Lsh(m, 64).Or(m, new(big.Int).SetUint64(a.lo))
	return new(big.Float).SetMantExp(new(big.Float).SetPrec(128).SetInt(m), a.exp)
}

// someReals are of all sizes, close together and far apart, with long runs of
// ones and zeros.
func someReals() []real {
	r := rand.New(rand.NewPCG(1, 2))
	reals := []real{{}, newReal(1), newReal(2), newReal(3), newReal(math.MaxUint64), {math.MaxUint64, math.MaxUint64, 5}, {1 << 63, 1, -3}}
	for range 60 {
		reals = append(reals,
			real{1<<63 | r.Uint64(), r.Uint64(), r.IntN(300) - 150},
			real{1<<63 | r.Uint64()>>r.IntN(64), math.MaxUint64 << r.IntN(64), r.IntN(10)})
	}
	return reals
}

// requireRounded demands that got is exact, rounded down to 128 bits: never
// more, and less by a factor of less than 1 - 2^-127.
func requireRounded(t *testing.T, exact *big.Float, got real) {
	t.Helper()
	if exact.Sign() == 0 {
		require.Equal(t, real{}, got)
		return
	}
	require.NotZero(t, got.hi>>63, "not normal")
	rest := new(big.Float).SetPrec(1000).Sub(exact, got.exact())
	require.GreaterOrEqual(t, rest.Sign(), 0, "more than exact")
	require.Negative(t, rest.Cmp(new(big.Float).SetMantExp(exact, -127)), "%v of %v", rest, exact)
}

func TestRealsRoundDown(t *testing.T) {
	reals := someReals()
	for _, a := range reals {
		for _, b := range reals {
			requireRounded(t, new(big.Float).SetPrec(1000).Add(a.exact(), b.exact()), a.plus(b))
			requireRounded(t, new(big.Float).SetPrec(1000).Mul(a.exact(), b.exact()), a.times(b))
			require.Equal(t, a.exact().Cmp(b.exact()) < 0, a.less(b))
		}
		for _, n := range []uint64{1, 2, 3, 7, 10_000, 1 << 63, math.MaxUint64} {
			quotient := new(big.Float).SetPrec(1000).Quo(a.exact(), new(big.Float).SetUint64(n))
			requireRounded(t, quotient, a.over(n))
		}
		for _, n := range []int{-5, 0, 200} {
			require.Zero(t, new(big.Float).SetMantExp(a.exact(), n).Cmp(a.scaled(n).exact()))
		}
	}
}

func TestNewReal(t *testing.T) {
	for _, n := range []uint64{0, 1, 2, 3, 1 << 40, math.MaxUint64} {
		assert.Zero(t, new(big.Float).SetUint64(n).Cmp(newReal(n).exact()), "%d", n)
	}
}

func TestLog2(t *testing.T) {
	for n := 1; n < 3000; n++ {
		assert.InDelta(t, math.Log2(float64(n)), newReal(uint64(n)).log2(), 1e-14*math.Log2(float64(n))+1e-15)
	}
}
