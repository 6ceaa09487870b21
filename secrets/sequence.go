// SPDX-License-Identifier: MIT

package secrets

import "encoding/binary"

// Choice returns an element of s, each exactly equally likely.
//
// It fails with [ErrInvalid] if s is empty.
func Choice[S ~[]E, E any](s S) (E, error) {
	if len(s) == 0 {
		var none E
		return none, errEmpty
	}
	return s[below(uint64(len(s)))], nil
}

// Choices returns k elements of s in the order drawn. Each is any element of s
// with exactly equal probability, whatever the others are: elements repeat.
// For elements of different places use [Sample].
//
// It fails with [ErrInvalid] if k is negative, or if s is empty and k is not 0.
// Like make, it panics if no slice can be that long.
func Choices[S ~[]E, E any](s S, k int) (S, error) {
	if k < 0 {
		return nil, errCount
	}
	return AppendChoices(make(S, 0, k), s, k)
}

// AppendChoices appends what [Choices] returns to dst, which must not share
// memory with s, and returns the extended slice. On error it returns dst as it was.
func AppendChoices[S ~[]E, E any](dst, s S, k int) (S, error) {
	if k < 0 {
		return dst, errCount
	}
	if len(s) == 0 && k > 0 {
		return dst, errEmpty
	}
	var ahead randomBuffer
	defer ahead.wipe()
	for ; k > 0; k-- {
		dst = append(dst, s[ahead.below(uint64(len(s)), k)])
	}
	return dst, nil
}

// Shuffle puts the elements of s in random order, every permutation exactly
// equally likely.
func Shuffle[S ~[]E, E any](s S) {
	permute(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

// ShuffleBytes does what [Shuffle] does to a slice whose elements are size
// bytes each. It moves them in place.
//
// It fails with [ErrInvalid] if size is less than 1 or len(b) is not a multiple
// of it; b then stays untouched.
func ShuffleBytes(b []byte, size int) error {
	if size < 1 || len(b)%size != 0 {
		return errSize
	}
	permute(len(b)/size, func(i, j int) {
		swapBytes(b[i*size:][:size], b[j*size:][:size])
	})
	return nil
}

// permute swaps n elements into a random order: R. Durstenfeld, "Algorithm 235:
// Random Permutation", Communications of the ACM 7(7), 1964. The n! ways in
// which its choices can fall, all equally likely, lead to n! different orders.
func permute(n int, swap func(i, j int)) {
	var ahead randomBuffer
	defer ahead.wipe()
	for i := n - 1; i > 0; i-- {
		swap(i, int(ahead.below(uint64(i)+1, i)))
	}
}

// swapBytes exchanges the contents of a and b, of equal length and either the
// same or apart.
func swapBytes(a, b []byte) {
	for len(a) >= 8 && len(b) >= 8 {
		x, y := binary.NativeEndian.Uint64(a), binary.NativeEndian.Uint64(b)
		binary.NativeEndian.PutUint64(a, y)
		binary.NativeEndian.PutUint64(b, x)
		a, b = a[8:], b[8:]
	}
	if len(a) >= 4 && len(b) >= 4 {
		x, y := binary.NativeEndian.Uint32(a), binary.NativeEndian.Uint32(b)
		binary.NativeEndian.PutUint32(a, y)
		binary.NativeEndian.PutUint32(b, x)
		a, b = a[4:], b[4:]
	}
	for i := range min(len(a), len(b)) {
		a[i], b[i] = b[i], a[i]
	}
}
