// SPDX-License-Identifier: MIT

package secrets

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

var (
	buffer [100]byte
	sink   any
)

// A call that allocates nothing never wakes the garbage collector.
func TestHotCallsAllocateNothing(t *testing.T) {
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
		"a refusal":        func() { RandBelow(0); FillTokenHex(nil, 1); FillTokenHex(nil, -1); RandRange(0, 0) },
	} {
		assert.Zero(t, testing.AllocsPerRun(1000, call), name)
	}
	// The control: what does allocate is seen to.
	assert.NotZero(t, testing.AllocsPerRun(1000, func() { sink, _ = TokenBytes(32) }))
}

// One allocation, the result itself: a second would be a second copy.
func TestStringsAreMadeOnce(t *testing.T) {
	for _, kind := range texts {
		assert.Equal(t, 1.0, testing.AllocsPerRun(1000, func() { sink, _ = kind.token(32) })-boxing(), kind.name)
	}
}

// boxing is what it costs to keep a string in sink.
func boxing() float64 {
	s := string(buffer[:])
	return testing.AllocsPerRun(1000, func() { sink = s })
}
