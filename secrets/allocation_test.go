// SPDX-License-Identifier: MIT

package secrets

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

var (
	buffer  [100]byte
	numbers [5000]uint64
	indices [1000]uint
	reals   [1000]float64
	sink    any
)

// A call that allocates nothing never wakes the garbage collector.
func TestHotCallsAllocateNothing(t *testing.T) {
	policy := []Class{{Lowercase, 1}, {Uppercase, 1}, {Digits, 3}}
	for name, call := range map[string]func(){
		"FillTokenBytes":   func() { FillTokenBytes(buffer[:]) },
		"FillTokenHex":     func() { FillTokenHex(buffer[:], 32) },
		"FillTokenURLSafe": func() { FillTokenURLSafe(buffer[:], 32) },
		"RandBelow":        func() { RandBelow(52) },
		"RandBits":         func() { RandBits(64) },
		"RandRange":        func() { RandRange(-1, 1) },
		"Random":           func() { Random() },
		"CompareDigest":    func() { CompareDigest(buffer[:], buffer[1:]) },
		"Wipe":             func() { Wipe(buffer[:]) },
		"batches of tokens": func() {
			FillTokenHexBatch(buffer[:], 1, 20, 0)
			FillTokenURLSafeBatch(buffer[:], 1, 20, 0)
		},
		"batches of numbers": func() {
			FillRandBelow(numbers[:], 52)
			FillRandBelow(numbers[:], 3<<62)
			FillRandom(reals[:])
		},
		"big numbers": func() {
			FillRandBelowBig(buffer[:50], buffer[50:])
			FillRandBitsBig(buffer[:50], 399)
		},
		"Choice":        func() { Choice(reals[:]) },
		"AppendChoices": func() { AppendChoices(reals[:0], reals[1:2], 500) },
		"Shuffle":       func() { Shuffle(reals[:]); ShuffleBytes(buffer[:], 5) },
		"FillSample": func() {
			FillSample(indices[:], 1<<40)
			FillSample(indices[:], 1500)
		},
		"FillPassword": func() {
			FillPassword(buffer[:], 16)
			FillPassword(buffer[:], 16, policy...)
		},
		"PasswordEntropy": func() { PasswordEntropy(16, policy...) },
		"PasswordLength":  func() { PasswordLength(128); PasswordLength(128, policy...) },
		"FillPassphrase":  func() { FillPassphrase(buffer[:], 6, " ", nil) },
		"FillAPIKey":      func() { FillAPIKey(buffer[:], "my_shop", 32) },
		"APIKeyValid": func() {
			APIKeyValid("my_shop_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg03nBqD")
		},
		"SystemRandom": func() { SystemRandom{}.Uint64() },
		"an error": func() {
			RandBelow(0)
			FillTokenHex(nil, 1)
			FillTokenHex(nil, -1)
			RandRange(0, 0)
		},
	} {
		assert.Zero(t, testing.AllocsPerRun(1000, call), name)
	}
	// The control: an allocation is noticed.
	assert.NotZero(t, testing.AllocsPerRun(1000, func() { sink, _ = TokenBytes(32) }))
}

// One allocation, the result itself: a second would be a second copy.
func TestStringsAreMadeOnce(t *testing.T) {
	for _, kind := range texts {
		assert.Equal(t, 1.0, testing.AllocsPerRun(1000,
			func() { sink, _ = kind.token(32) })-boxing(), kind.name)
	}
}

// boxing returns what it costs to keep a string in sink.
func boxing() float64 {
	s := string(buffer[:])
	return testing.AllocsPerRun(1000, func() { sink = s })
}
