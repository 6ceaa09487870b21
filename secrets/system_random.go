// SPDX-License-Identifier: MIT

package secrets

// SystemRandom is a source for package math/rand/v2, for its distributions with
// randomness from the operating system:
//
//	rand.New(secrets.SystemRandom{}).NormFloat64()
//
// It has no state: it cannot be seeded, and is safe for concurrent use.
//
// IntN, Shuffle and Perm of that package are uniform. Its floating-point results have
// the resolution of the float64 values that it computes them from. It draws 8 bytes at
// a time, so for integers and sequences the functions of this package are faster.
type SystemRandom struct{}

// Uint64 returns 64 random bits.
func (SystemRandom) Uint64() uint64 {
	return word()
}
