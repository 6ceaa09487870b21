// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"math/bits"
)

// A real is a number that is not negative, to 128 bits: (hi*2^64 + lo) * 2^exp,
// with the top bit of hi set, or 0 if hi is 0. The range of exp is beyond need.
//
// Every operation rounds down: its result is never more than the exact one, and
// less by a factor of less than 1 - 2^-127. math/big.Float would do the same,
// some ten times slower.
type real struct {
	hi, lo uint64
	exp    int
}

func newReal(n uint64) real {
	return normal(n, 0, -64)
}

// normal gives (hi*2^64 + lo) * 2^exp.
func normal(hi, lo uint64, exp int) real {
	if hi == 0 {
		hi, lo, exp = lo, 0, exp-64
	}
	if hi == 0 {
		return real{}
	}
	n := bits.LeadingZeros64(hi)
	return real{hi<<n | lo>>(64-n), lo << n, exp - n}
}

func (a real) times(b real) real {
	if a.hi == 0 || b.hi == 0 {
		return real{}
	}
	w3, w2 := bits.Mul64(a.hi, b.hi)
	x1, x0 := bits.Mul64(a.hi, b.lo)
	y1, y0 := bits.Mul64(a.lo, b.hi)
	z1, _ := bits.Mul64(a.lo, b.lo)
	w1, c := bits.Add64(x0, y0, 0)
	w2, c = bits.Add64(w2, x1, c)
	w3 += c
	w1, c = bits.Add64(w1, z1, 0)
	w2, c = bits.Add64(w2, y1, c)
	w3 += c
	if w3>>63 == 0 {
		return real{w3<<1 | w2>>63, w2<<1 | w1>>63, a.exp + b.exp + 127}
	}
	return real{w3, w2, a.exp + b.exp + 128}
}

func (a real) plus(b real) real {
	if a.less(b) {
		a, b = b, a
	}
	shift := uint(a.exp - b.exp)
	if b.hi == 0 || shift >= 128 {
		return a
	}
	if shift >= 64 {
		b.hi, b.lo, shift = 0, b.hi, shift-64
	}
	b.hi, b.lo = b.hi>>shift, b.lo>>shift|b.hi<<(64-shift)
	lo, c := bits.Add64(a.lo, b.lo, 0)
	hi, c := bits.Add64(a.hi, b.hi, c)
	if c == 1 {
		return real{1<<63 | hi>>1, hi<<63 | lo>>1, a.exp + 1}
	}
	return real{hi, lo, a.exp}
}

// over gives a/n, for an n that is not 0.
func (a real) over(n uint64) real {
	if a.hi == 0 {
		return real{}
	}
	q2, r := a.hi/n, a.hi%n
	q1, r := bits.Div64(r, a.lo, n)
	q0, _ := bits.Div64(r, 0, n)
	if q2 == 0 {
		return normal(q1, q0, a.exp-64)
	}
	s := bits.LeadingZeros64(q2)
	return real{q2<<s | q1>>(64-s), q1<<s | q0>>(64-s), a.exp - s}
}

// scaled gives a * 2^n.
func (a real) scaled(n int) real {
	a.exp += n
	return a
}

func (a real) less(b real) bool {
	switch {
	case a.hi == 0 || b.hi == 0:
		return a.hi == 0 && b.hi != 0
	case a.exp != b.exp:
		return a.exp < b.exp
	case a.hi != b.hi:
		return a.hi < b.hi
	default:
		return a.lo < b.lo
	}
}

// log2 is the binary logarithm, right to the precision of its size.
func (a real) log2() float64 {
	return float64(a.exp+128) + math.Log2(math.Ldexp(float64(a.hi), -64))
}
