// SPDX-License-Identifier: MIT

package secrets

import (
	"crypto/rand"
	"encoding/binary"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
)

// A script is a source of chosen bytes instead of random ones. It counts what
// is left of them and fails the test when more are asked for.
type script struct {
	t     *testing.T
	bytes []byte
}

func (s *script) Read(b []byte) (int, error) {
	if len(b) > len(s.bytes) {
		// An error instead would have crypto/rand end the process.
		s.t.Fatalf("%d bytes drawn, the script has %d left", len(b), len(s.bytes))
	}
	copy(b, s.bytes)
	s.bytes = s.bytes[len(b):]
	return len(b), nil
}

// scripted makes crypto/rand read from the given bytes until the test ends.
func scripted(t *testing.T, bytes []byte) *script {
	s := &script{t, bytes}
	replaceReader(t, s)
	return s
}

func replaceReader(t *testing.T, r io.Reader) {
	before := rand.Reader
	rand.Reader = r
	t.Cleanup(func() { rand.Reader = before })
}

// words gives the bytes that [word] reads as the given numbers.
func words(numbers ...uint64) []byte {
	var b []byte
	for _, n := range numbers {
		b = binary.NativeEndian.AppendUint64(b, n)
	}
	return b
}

// nothing makes every draw fail the test.
func nothing(t *testing.T) {
	s := scripted(t, nil)
	t.Cleanup(func() { require.Empty(t, s.bytes) })
}
