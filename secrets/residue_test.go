// SPDX-License-Identifier: MIT

package secrets

import (
	"crypto/rand"
	"io"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A marked source returns random bytes from 0xb0 to 0xbf, so that copies of them can be
// recognised.
type marked struct {
	random interface{ Read([]byte) (int, error) }
}

func (m marked) Read(b []byte) (int, error) {
	n, err := m.random.Read(b)
	for i := range b {
		b[i] = 0xb0 | b[i]&0x0f
	}
	return n, err
}

// What a call has drawn ahead is gone from the stack when it returns, and when it panics.
func TestNothingDrawnAheadIsLeft(t *testing.T) {
	replaceReader(t, marked{rand.Reader})
	elements, indices := make([]byte, 2000), make([]uint, 1000)
	for name, call := range map[string]func(){
		"RandBelow":      func() { RandBelow(10); RandBelow(10) },
		"Shuffle":        func() { Shuffle(elements) },
		"ShuffleBytes":   func() { ShuffleBytes(elements, 2) },
		"Choices":        func() { AppendChoices(elements[:0], []byte{1, 2, 3}, 2000) },
		"FillPassword":   func() { FillPassword(elements, 2000) },
		"FillAPIKey":     func() { FillAPIKey(elements, "a", 1000) },
		"FillSample":     func() { FillSample(indices, 2000) },
		"FillPassphrase": func() { FillPassphrase(elements, 200, "", nil) },
		"Style":          func() { lively.Passphrase(200, nil) },
	} {
		assert.LessOrEqual(t, longestMark(call), 4, name)
		assert.LessOrEqual(t, longestMark(func() { interrupt(t, call) }), 4, name)
	}
	// The control: a copy is found.
	control := func() {
		var ahead randomBuffer
		ahead.below(10, 100)
	}
	assert.Greater(t, longestMark(control), 100)
}

// interrupt makes the second draw of call panic.
func interrupt(t *testing.T, call func()) {
	before := rand.Reader
	rand.Reader = &panicking{before, 1}
	defer func() {
		rand.Reader = before
		require.Equal(t, errScriptEnds, recover())
	}()
	call()
}

// A panicking source panics after that many draws.
type panicking struct {
	io.Reader
	left int
}

func (p *panicking) Read(b []byte) (int, error) {
	if p.left == 0 {
		panic(errScriptEnds)
	}
	p.left--
	return p.Reader.Read(b)
}

// longestMark calls call and returns how many marked bytes in a row it left in the part of the
// stack that it used. Five such bytes in a row occur there by chance with a probability of about
// 16 KB * 2^-20, but the stack holds addresses and counts, not random bytes.
//
//go:noinline
func longestMark(call func()) int {
	useStack()
	call()
	longest, run := 0, 0
	for i := 1; i < 16<<10; i++ {
		if b := stackBelow(i); b&0xf0 == 0xb0 {
			run++
		} else {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// useStack makes sure that the stack reaches that far, and clears it.
//
//go:noinline
func useStack() {
	var room [32 << 10]byte
	Wipe(room[:])
}

// stackBelow reads a byte of the stack that no function is using.
//
//go:noinline
func stackBelow(n int) byte {
	var here byte
	return *(*byte)(unsafe.Add(unsafe.Pointer(&here), -n))
}
