// SPDX-License-Identifier: MIT

package secrets

import "math"

const yearSeconds = 365.25 * 24 * 60 * 60

// NeededEntropy returns how many bits a secret has to have so that someone who
// tries that many guesses a second for that many years finds it with a
// probability of at most chance. It is never less than 0.
//
// It answers how many bytes a token should have: a token of n bytes has 8*n bits.
// Guesses online are limited by your server, to a thousand a second, say; offline,
// against a stolen hash, count 1e12 a second for a fast hash and a wealthy
// attacker, and as many times more as there are secrets to find any of.
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
	// The logarithms apart, as the product may be too large for a float64.
	bits := math.Log2(guessesPerSecond) + math.Log2(years) + math.Log2(yearSeconds) - math.Log2(chance)
	return max(0, bits), nil
}
