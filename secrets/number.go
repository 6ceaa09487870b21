// SPDX-License-Identifier: MIT

package secrets

import "math/bits"

// RandBelow returns a uniformly distributed integer from [0, bound).
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
		if value, accepted := scale(word(), 64, bound); accepted {
			return value
		}
	}
}

// scale maps a random word of width bits to [0, bound), for a bound from 1 to
// 2^width. If it does not accept the word, another has to be drawn.
//
// It is Algorithm 5 of Daniel Lemire, "Fast Random Integer Generation in an
// Interval", ACM Transactions on Modeling and Computer Simulation 29(1), 2019.
// Of the 2^width words, floor(2^width/bound) or one more lead to each value.
// Rejecting those whose product has its low half below 2^width mod bound leaves
// exactly floor(2^width/bound) for each. That remainder is below bound, so the
// division is needed only if the low half is below bound: nearly all calls do
// without.
func scale(word uint64, width uint, bound uint64) (value uint64, accepted bool) {
	unused := 64 - width
	value, low := bits.Mul64(word<<unused, bound)
	low >>= unused
	return value, low >= bound || low >= (1<<width-bound)%bound // = 2^width mod bound
}

// RandBits returns an integer of n random bits, uniformly distributed over
// [0, 2^n). RandBits(0) returns 0.
//
// It fails with [ErrInvalid] if n is more than 64.
func RandBits(n uint) (uint64, error) {
	if n > 64 {
		return 0, errBits
	}
	return word() >> (64 - n), nil
}

// RandRange returns a uniformly distributed integer from [start, stop). The range
// may span all of int64.
//
// It fails with [ErrInvalid] if stop is not more than start.
func RandRange(start, stop int64) (int64, error) {
	if start >= stop {
		return 0, errRange
	}
	return start + int64(below(uint64(stop)-uint64(start))), nil
}

// Random returns one of the 2^53 multiples of 2^-53 in [0, 1), uniformly
// distributed. For integers use [RandBelow]: multiplying the result by a range is
// biased.
func Random() float64 {
	return fraction(word())
}

func fraction(word uint64) float64 {
	return float64(word>>11) * 0x1p-53
}
