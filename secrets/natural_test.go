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

// big returns a as an integer of math/big.
func (a natural) big() *big.Int {
	value := new(big.Int)
	for i := len(a) - 1; i >= 0; i-- {
		value.Lsh(value, 64).Or(value, new(big.Int).SetUint64(a[i]))
	}
	return value
}

// naturals returns some of that length, with long runs of ones and zeros.
func naturals(length int) []natural {
	r := rand.New(rand.NewPCG(1, 2))
	list := []natural{make(natural, length)}
	for range 60 {
		a := make(natural, length)
		for i := range r.IntN(length + 1) {
			a[i] = [...]uint64{0, 1, math.MaxUint64, r.Uint64(),
				r.Uint64() >> r.IntN(64)}[r.IntN(5)]
		}
		list = append(list, a)
	}
	return list
}

func TestProductsAreAdded(t *testing.T) {
	for _, a := range naturals(6) {
		for i, b := range naturals(4) {
			c := naturals(2)[i]
			want := new(big.Int).Mul(b.big(), c.big())
			want.Add(want, a.big())
			sum := append(a[:6:6], 0)
			sum.addProduct(b, c)
			require.Zero(t, want.Cmp(sum.big()), "%v + %v * %v", a, b, c)
		}
	}
}

func TestNaturalsAreSubtracted(t *testing.T) {
	for _, a := range naturals(4) {
		for _, b := range naturals(4) {
			rest := append(natural{}, a...)
			more := rest.subtract(b)
			require.Equal(t, a.big().Cmp(b.big()) < 0, more)
			if !more {
				require.Zero(t, new(big.Int).Sub(a.big(), b.big()).Cmp(rest.big()))
			}
		}
	}
}

func TestNaturalsAreScaled(t *testing.T) {
	for _, a := range naturals(4) {
		for _, d := range []uint64{1, 2, 255, 256} {
			for _, m := range []uint64{0, 1, 256 * 0x110000, math.MaxUint64} {
				scaled := append(a[:4:4], 0)
				scaled.addProduct(a, natural{d - 1}) // a*d
				if scaled[4] != 0 {
					continue // the room is full
				}
				scaled.scale(m, d)
				require.Zero(t, new(big.Int).Mul(a.big(),
					new(big.Int).SetUint64(m)).Cmp(scaled.big()))
			}
		}
	}
}

// Draws from the bound on are rejected, and all below are accepted.
func TestNaturalsAreDrawnBelow(t *testing.T) {
	bound := natural{5, 2, 0} // 5 + 2*2^64, of which two digits of the second word are drawn
	for _, c := range []struct{ script, want natural }{
		{natural{4, 2 << 62}, natural{4, 2, 0}},
		{natural{9, 1<<62 | 77}, natural{9, 1, 0}},
		{natural{5, 2 << 62, 0, 3 << 62, 0, 0}, natural{0, 0, 0}},
	} {
		s := scripted(t, words(c.script...))
		got := make(natural, 3)
		got.draw(bound)
		assert.Equal(t, c.want, got)
		assert.Empty(t, s.bytes)
	}
}

func TestLog2(t *testing.T) {
	for n := uint64(1); n < 3000; n++ {
		assert.InDelta(t, math.Log2(float64(n)), natural{n, 0}.log2(), 1e-12)
		assert.InDelta(t, math.Log2(float64(n))+128, natural{0, 0, n}.log2(), 1e-12)
	}
	assert.Equal(t, 64.0, natural{math.MaxUint64, 0}.log2())
}
