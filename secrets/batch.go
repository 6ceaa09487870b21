// SPDX-License-Identifier: MIT

package secrets

import (
	"encoding/binary"
	"unsafe"
)

// The functions here fill a slice with many values. They draw the bytes for all of
// them at once, into the tail of that slice, and convert them from front to back;
// the values overwrite the bytes.

// FillRandBelow fills dst with independent integers from [0, bound), uniformly
// distributed.
//
// It fails with [ErrInvalid] if bound is 0. On error dst is unchanged.
func FillRandBelow(dst []uint64, bound uint64) error {
	if bound == 0 {
		return errBound
	}
	fillBelow(dst, bound)
	return nil
}

// fillBelow is FillRandBelow for a bound that is not 0. Every pass draws one
// word for each missing value. As many values stay missing as words are rejected.
func fillBelow[T uint | uint64](dst []T, bound uint64) {
	for len(dst) > 0 {
		dst = dst[passBelow(dst, bound):]
	}
}

// passBelow draws len(dst) words, writes the values of those that are accepted to
// the front of dst, and returns their number. A value never overwrites a word that
// is still to be read: a word is no wider than a value, and both end with dst.
func passBelow[T uint | uint64](dst []T, bound uint64) int {
	size := min(wordSize(bound), int(unsafe.Sizeof(dst[0])))
	words := raw(dst)
	words = words[len(words)-size*len(dst):]
	fill(words)
	n := 0
	for ; len(words) > 0; words = words[size:] {
		value, accepted := scale(load(words, size), 8*uint(size), bound)
		if accepted {
			dst[n] = T(value)
			n++
		}
	}
	return n
}

// FillRandom fills dst with what [Random] returns.
func FillRandom(dst []float64) {
	words := raw(dst)
	fill(words)
	for i := range dst {
		dst[i] = fraction(binary.NativeEndian.Uint64(words[8*i:]))
	}
}

// raw returns the bytes of s.
func raw[T uint | uint64 | float64](s []T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))),
		len(s)*int(unsafe.Sizeof(*new(T))))
}

// wordSize returns the number of bytes to draw for an integer below bound, where
// many are drawn. The time depends on the number of bytes, so it is 2 or 4 if then
// at most one word in 64 is rejected.
func wordSize(bound uint64) int {
	switch {
	case bound <= 1<<10:
		return 2
	case bound <= 1<<26:
		return 4
	default:
		return 8
	}
}

// load returns the first size bytes of b, 2, 4 or 8, as an integer.
func load(b []byte, size int) uint64 {
	switch size {
	case 2:
		return uint64(binary.NativeEndian.Uint16(b))
	case 4:
		return uint64(binary.NativeEndian.Uint32(b))
	default:
		return binary.NativeEndian.Uint64(b)
	}
}
