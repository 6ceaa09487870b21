// SPDX-License-Identifier: MIT

package secrets

import (
	"crypto/rand"
	"encoding/binary"
	"io"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// A script is a source of chosen bytes instead of random ones. It counts the remaining bytes and
// the draws, and fails the test if more bytes are asked for.
type script struct {
	t     *testing.T
	bytes []byte
	draws int
}

func (s *script) Read(b []byte) (int, error) {
	if len(b) > len(s.bytes) {
		// On an error crypto/rand would end the process.
		s.t.Fatalf("%d bytes drawn, the script has %d left", len(b), len(s.bytes))
	}
	s.draws++
	copy(b, s.bytes)
	s.bytes = s.bytes[len(b):]
	return len(b), nil
}

// scripted makes crypto/rand read from the given bytes until the test ends.
func scripted(t *testing.T, bytes []byte) *script {
	s := &script{t: t, bytes: bytes}
	replaceReader(t, s)
	return s
}

func replaceReader(t *testing.T, r io.Reader) {
	before := rand.Reader
	rand.Reader = r
	t.Cleanup(func() { rand.Reader = before })
}

// words returns the bytes that [word] reads as the given numbers.
func words(numbers ...uint64) []byte {
	var b []byte
	for _, n := range numbers {
		b = binary.NativeEndian.AppendUint64(b, n)
	}
	return b
}

// wordFor returns the bytes, size of them, of the first word that is accepted for value where an
// integer below bound is drawn.
func wordFor(value, bound uint64, size int) []byte {
	words := new(big.Int).Lsh(big.NewInt(1), 8*uint(size))
	b := new(big.Int).SetUint64(bound)
	word := new(big.Int).SetUint64(value)
	word.Mul(word, words).Add(word, words.Mod(words, b))
	return appendWord(nil, ceilDiv(word, b).Uint64(), size)
}

func appendWord(b []byte, word uint64, size int) []byte {
	switch size {
	case 1:
		return append(b, byte(word))
	case 2:
		return binary.NativeEndian.AppendUint16(b, uint16(word))
	case 4:
		return binary.NativeEndian.AppendUint32(b, uint32(word))
	default:
		return binary.NativeEndian.AppendUint64(b, word)
	}
}

// enumerate calls do with every list of digits, the i-th from [0, bases[i]).
func enumerate(bases []uint64, do func(digits []uint64)) {
	digits := make([]uint64, len(bases))
	for done := false; !done; {
		do(digits)
		done = true
		for i := 0; i < len(bases) && done; i++ {
			digits[i]++
			if done = digits[i] == bases[i]; done {
				digits[i] = 0
			}
		}
	}
}

// scriptFor returns the words for the digits, as integers below bases, of the sizes that calls
// draw for many values.
func scriptFor(digits, bases []uint64) []byte {
	var script []byte
	for i, digit := range digits {
		script = append(script, wordFor(digit, bases[i], wordSize(bases[i]))...)
	}
	return script
}

// nothing makes every draw fail the test.
func nothing(t *testing.T) {
	s := scripted(t, nil)
	t.Cleanup(func() { require.Empty(t, s.bytes) })
}
