// SPDX-License-Identifier: MIT

package secrets

import "encoding/binary"

// Choice returns an element of s, uniformly chosen.
//
// It fails with [ErrInvalid] if s is empty.
func Choice[S ~[]E, E any](s S) (E, error) {
	if len(s) == 0 {
		var none E
		return none, errEmpty
	}
	return s[below(uint64(len(s)))], nil
}

// Choices returns k elements of s, each chosen uniformly and independently, so an
// element may be chosen more than once. For elements from distinct places use
// [Sample].
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
// memory with s, and returns the extended slice. On error it returns dst unchanged.
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

// Shuffle puts the elements of s in random order: every permutation is equally
// likely.
func Shuffle[S ~[]E, E any](s S) {
	permute(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

// ShuffleBytes does the same as [Shuffle] for elements of size bytes each. It swaps
// them in place.
//
// It fails with [ErrInvalid] if size is less than 1 or len(b) is not a multiple
// of it. On error b is unchanged.
func ShuffleBytes(b []byte, size int) error {
	if size < 1 || len(b)%size != 0 {
		return errSize
	}
	permute(len(b)/size, func(i, j int) {
		swapBytes(b[i*size:][:size], b[j*size:][:size])
	})
	return nil
}

// permute puts n elements in random order by the Fisher-Yates shuffle: R. Durstenfeld,
// "Algorithm 235: Random Permutation", Communications of the ACM 7(7), 1964. Its draws
// have n! outcomes, which are equally likely and lead to n! different orders.
func permute(n int, swap func(i, j int)) {
	var ahead randomBuffer
	defer ahead.wipe()
	for i := n - 1; i > 0; i-- {
		swap(i, int(ahead.below(uint64(i)+1, i)))
	}
}

// swapBytes exchanges the contents of a and b, which have the same length and are
// either identical or disjoint.
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
