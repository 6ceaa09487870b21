// SPDX-License-Identifier: MIT

package secrets

import "math"

const yearSeconds = 365.25 * 24 * 60 * 60

// NeededEntropy returns the number of bits a secret needs so that an attacker who
// makes that many guesses per second for that many years finds it with a
// probability of at most chance. It is never less than 0.
//
// Use it to choose the size of a token: n bytes have 8*n bits. Your server limits
// guesses online, to a thousand per second, say. Offline, against a stolen fast
// hash, assume 1e12 per second for a wealthy attacker; where finding any one of m
// secrets will do, m times as many.
//
// It fails with [ErrInvalid] if an argument is not a positive finite number, or
// chance is more than 1.
func NeededEntropy(guessesPerSecond, years, chance float64) (float64, error) {
	for _, x := range []float64{guessesPerSecond, years, chance} {
		if !(x > 0) || math.IsInf(x, 0) {
			return 0, errGuesses
		}
	}
	if chance > 1 {
		return 0, errGuesses
	}
	// A sum of logarithms, as the product may be too large for a float64.
	bits := math.Log2(guessesPerSecond) + math.Log2(years) +
		math.Log2(yearSeconds) - math.Log2(chance)
	return max(0, bits), nil
}
