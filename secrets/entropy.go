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

// PassphraseWords returns the least number of words from a list of wordlistSize
// words, where 0 means the built-in list, that have at least that many bits of
// entropy.
//
// It fails with [ErrInvalid] if wordlistSize is 1, as its word has no entropy, or
// if bits is not from 0 to 1e9.
func PassphraseWords(bits float64, wordlistSize uint) (int, error) {
	return least(bits, PassphraseEntropy(1, wordlistSize))
}

// PasswordLength returns the least length for which a [Password] of these classes
// has at least that many bits of entropy, as [PasswordEntropy] returns it. It is
// never less than the sum of all Min. For several classes and a Min the first call
// takes as long as the first password of a slightly greater length.
//
// It fails with [ErrInvalid] if bits is not from 0 to 1e9, or no length has as many:
// with a single character, or where 256 characters are the most. It fails as Password
// does if that would for every length.
func PasswordLength(bits float64, classes ...Class) (int, error) {
	shortest, err := minimums(classes)
	if err != nil {
		return 0, err
	}
	var p policy
	defer p.release()
	if err := p.set(shortest, classes); err != nil {
		return 0, err
	}
	switch {
	case bits == 0:
		return shortest, nil
	case p.groups == 0:
		return 0, errNoCharacter
	case p.counted():
		return p.lengthFor(bits)
	}
	n, err := least(bits, math.Log2(float64(p.sizes[0])))
	return max(n, shortest), err
}

func minimums(classes []Class) (sum int, err error) {
	for _, class := range classes {
		if class.Min < 0 || class.Min > math.MaxInt-sum {
			return 0, errMinimums
		}
		sum += class.Min
	}
	return sum, nil
}

// lengthFor returns the least length for which a counted policy, whose length is its
// shortest, has that many bits. Behind characters that meet the minimums, any others
// may follow. So there is no need to look further than where those alone have as many,
// and for one more, as that is rounded.
func (p *policy) lengthFor(bits float64) (int, error) {
	more, err := least(bits, math.Log2(float64(p.characters())))
	if err != nil {
		return 0, err
	}
	longest := p.shape
	longest.length = min(p.length+more+1, maxCounted)
	var own plan
	plan, err := planFor(&longest, &own)
	if err != nil {
		return 0, err
	}
	defer plan.release()
	var room [maxWords]uint64
	for l := p.length; l <= longest.length; l++ {
		ways := natural(room[:1+l*plan.digits/64])
		clear(ways)
		plan.sumTo(ways, 0, l)
		if ways.log2() >= bits {
			return l, nil
		}
	}
	return 0, errEntropy
}

// least returns the least number of draws, of so many bits each, that have that many
// bits together.
func least(bits, each float64) (int, error) {
	if each == 0 || !(bits >= 0 && bits <= 1e9) {
		return 0, errEntropy
	}
	// The quotient is rounded, so n may be one too many or too few.
	n := math.Ceil(bits / each)
	for n > 0 && (n-1)*each >= bits {
		n--
	}
	for n*each < bits {
		n++
	}
	return int(n), nil
}
