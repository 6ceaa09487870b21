// SPDX-License-Identifier: MIT

package secrets

import "slices"

// Sample returns k elements of s from distinct places, in random order: every such
// sequence of places is equally likely.
//
// It fails with [ErrInvalid] if k is negative or more than len(s). It needs memory
// for k elements and, until it returns, for k indices.
func Sample[S ~[]E, E any](s S, k int) (S, error) {
	if k < 0 {
		return nil, errCount
	}
	indices := make([]uint, min(k, len(s)+1))
	if err := FillSample(indices, uint(len(s))); err != nil {
		return nil, err
	}
	sample := make(S, k)
	for i, index := range indices {
		sample[i] = s[index]
	}
	clear(indices)
	return sample, nil
}

// FillSample fills dst with distinct integers from [0, population), in random
// order: every such sequence is equally likely. It needs no memory other than dst,
// however large the population.
//
// It fails with [ErrInvalid] if population is less than len(dst). On error dst is
// unchanged.
func FillSample(dst []uint, population uint) error {
	if population < uint(len(dst)) {
		return errSample
	}
	if uint(len(dst)) <= population/16 {
		drawSet(dst, population)
	} else {
		scanSet(dst, population)
	}
	Shuffle(dst)
	return nil
}

// drawSet fills dst with distinct integers from [0, population), every set of them
// equally likely, by drawing until enough of them differ. By symmetry: no step depends
// on which integers are drawn, only on which are equal. So a permutation of the integers
// turns each way to draw one set into an equally likely way to draw another, and any
// two sets of one size are related by one.
//
// As the population is at least 16 times as large as dst, few rounds are needed: each
// leaves less than a sixteenth missing, on average.
func drawSet(dst []uint, population uint) {
	for distinct := dst[:0]; len(distinct) < len(dst); {
		fillBelow(dst[len(distinct):], uint64(population))
		slices.Sort(dst)
		distinct = slices.Compact(dst)
	}
}

// scanSet does the same by one decision for each integer in turn: selection
// sampling, Algorithm S of Donald E. Knuth, The Art of Computer Programming,
// volume 2, section 3.4.2. If m of the n remaining integers are still needed, the
// next is selected with a probability of m/n, so the probability of every set is the
// product of the same fractions.
func scanSet(dst []uint, population uint) {
	var ahead randomBuffer
	defer ahead.wipe()
	for next := uint(0); len(dst) > 0; next++ {
		left := population - next
		if left == uint(len(dst)) || ahead.below(uint64(left), int(left)) < uint64(len(dst)) {
			dst[0] = next
			dst = dst[1:]
		}
	}
}
