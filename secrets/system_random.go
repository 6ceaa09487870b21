// SPDX-License-Identifier: MIT

package secrets

// SystemRandom is a source for package math/rand/v2, so that every distribution
// there can be had from the operating system's generator:
//
//	rand.New(secrets.SystemRandom{}).NormFloat64()
//
// It has no state, so it cannot be seeded, is safe for use by many goroutines at
// once, and repeats nothing.
//
// That package scales some of its results (IntN, Shuffle and Perm are exactly uniform;
// the floating-point ones are as fine as the float64s it makes them from), and
// draws 8 bytes at a time. For integers and sequences the functions of
// this package are faster.
type SystemRandom struct{}

// Uint64 returns 64 random bits.
func (SystemRandom) Uint64() uint64 {
	return word()
}
