// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"math/bits"
)

// A natural is a non-negative integer, as words of 64 bits, the least significant first.
// Its length is fixed: math/big would allocate at nearly every step.
type natural []uint64

// trimmed returns a without its leading zeros.
func (a natural) trimmed() natural {
	for len(a) > 0 && a[len(a)-1] == 0 {
		a = a[:len(a)-1]
	}
	return a
}

// addProduct adds b*c to a, which has room for the sum.
func (a natural) addProduct(b, c natural) {
	b = b.trimmed()
	for i, x := range c.trimmed() {
		sum, carry := a[i:], uint64(0)
		low := sum[:len(b)] // so that the loop need not check its index
		for j, y := range b {
			low[j], carry = multiplyAdd(x, y, low[j], carry)
		}
		for j := len(b); carry > 0; j++ {
			sum[j], carry = bits.Add64(sum[j], carry, 0)
		}
	}
}

// multiplyAdd returns the two words of x*y + a + b, which is below 2^128.
func multiplyAdd(x, y, a, b uint64) (low, high uint64) {
	high, low = bits.Mul64(x, y)
	low, c := bits.Add64(low, a, 0)
	low, d := bits.Add64(low, b, 0)
	return low, high + c + d
}

// subtract subtracts b, of the same length, from a, and reports whether b was larger.
func (a natural) subtract(b natural) bool {
	borrow := uint64(0)
	for i := range a {
		a[i], borrow = bits.Sub64(a[i], b[i], borrow)
	}
	return borrow > 0
}

// scale multiplies a by m and divides it by d, without a remainder. The top word of a is 0, so
// that a*m fits.
func (a natural) scale(m, d uint64) {
	a = a[:len(a.trimmed())+1]
	carry, rest := uint64(0), uint64(0)
	for i, x := range a {
		a[i], carry = multiplyAdd(x, m, carry, 0)
	}
	for i := len(a) - 1; i >= 0; i-- {
		a[i], rest = bits.Div64(rest, a[i], d)
	}
}

// below reports whether a is less than b, of the same length. It copies nothing: a copy of many
// words would leave some of them in the wide registers of the processor.
func (a natural) below(b natural) bool {
	borrow := uint64(0)
	for i := range a {
		_, borrow = bits.Sub64(a[i], b[i], borrow)
	}
	return borrow > 0
}

// draw sets a, which is 0, to a uniformly distributed integer from [0, bound). bound is not 0,
// and of the same length.
func (a natural) draw(bound natural) {
	bound = bound.trimmed()
	a = a[:len(bound)]
	for drawn := false; !drawn; drawn = a.below(bound) {
		fill(raw(a))
		a[len(a)-1] >>= bits.LeadingZeros64(bound[len(bound)-1])
	}
}

// log2 returns the binary logarithm of a.
func (a natural) log2() float64 {
	a = a.trimmed()
	value := 0.0 // a / 2^(64*(len(a)-1))
	for _, word := range a {
		value = value/0x1p64 + float64(word)
	}
	return math.Log2(value) + 64*float64(len(a)-1)
}
