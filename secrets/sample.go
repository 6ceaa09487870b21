// SPDX-License-Identifier: MIT

package secrets

import "slices"

// Sample returns k elements of s from different places, in random order. Every
// choice of places and every order is exactly equally likely.
//
// It fails with [ErrInvalid] if k is negative or more than len(s). It needs
// memory for k elements and, for the length of the call, k indices.
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

// FillSample fills dst with different integers from [0, population), in random
// order: every such sequence exactly equally likely. It needs no memory but dst,
// however large the population.
//
// It fails with [ErrInvalid] if population is less than len(dst), which then
// stays untouched.
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

// drawSet fills dst with different integers from [0, population), every set of
// them equally likely, by drawing until enough of them differ. No step depends
// on which integers they are, except on which are equal. So if the integers
// changed names, all would go the same way under the new names: all sets of one size
// are the same to it.
//
// With at least 16 times as many integers as are wanted, few rounds are needed:
// each leaves less than a sixteenth missing, on average.
func drawSet(dst []uint, population uint) {
	for distinct := dst[:0]; len(distinct) < len(dst); {
		fillBelow(dst[len(distinct):], uint64(population))
		slices.Sort(dst)
		distinct = slices.Compact(dst)
	}
}

// scanSet does the same by a decision about each integer in turn, which takes
// time for each but none twice: Algorithm S of Donald E. Knuth, The Art of
// Computer Programming, volume 2, section 3.4.2. With m of the n integers left
// still to be taken, taking the next with a probability of m/n gives every set
// the product of the same fractions.
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
