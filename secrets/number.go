// SPDX-License-Identifier: MIT

package secrets

import "math/bits"

// RandBelow returns an integer from [0, bound), each exactly equally likely.
//
// It fails with [ErrInvalid] if bound is 0.
func RandBelow(bound uint64) (uint64, error) {
	if bound == 0 {
		return 0, errBound
	}
	return below(bound), nil
}

// below is RandBelow for a bound that is not 0.
func below(bound uint64) uint64 {
	for {
		if value, taken := scale(word(), 64, bound); taken {
			return value
		}
	}
}

// scale maps a random word of width bits to [0, bound), for a bound from 1 to
// 2^width, or says that the word must be refused and another be drawn.
//
// It is Algorithm 5 of Daniel Lemire, "Fast Random Integer Generation in an
// Interval", ACM Transactions on Modeling and Computer Simulation 29(1), 2019.
// Of the 2^width words, each value has either floor(2^width/bound) that lead to
// it or one more; refusing those whose product has its low half below 2^width mod
// bound leaves exactly floor(2^width/bound) for each. That remainder is below
// bound, so the division is needed only when the low half is below bound: no
// division in nearly all calls.
func scale(word uint64, width uint, bound uint64) (value uint64, taken bool) {
	unused := 64 - width
	value, low := bits.Mul64(word<<unused, bound)
	low >>= unused
	return value, low >= bound || low >= (1<<width-bound)%bound // = 2^width mod bound
}

// RandBits returns an integer of n random bits: from [0, 2^n), each exactly
// equally likely. RandBits(0) returns 0.
//
// It fails with [ErrInvalid] if n is more than 64.
func RandBits(n uint) (uint64, error) {
	if n > 64 {
		return 0, errBits
	}
	return word() >> (64 - n), nil
}

// RandRange returns an integer from [start, stop), each exactly equally likely.
// The range may span all of int64.
//
// It fails with [ErrInvalid] if stop is not more than start.
func RandRange(start, stop int64) (int64, error) {
	if start >= stop {
		return 0, errRange
	}
	return start + int64(below(uint64(stop)-uint64(start))), nil
}

// Random returns one of the 2^53 multiples of 2^-53 in [0, 1), each exactly
// equally likely. For integers use [RandBelow]: scaling this one is biased.
func Random() float64 {
	return fraction(word())
}

func fraction(word uint64) float64 {
	return float64(word>>11) * 0x1p-53
}
