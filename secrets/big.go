// SPDX-License-Identifier: MIT

package secrets

import (
	"math/big"
	"math/bits"
	"unsafe"
)

// RandBelowBig returns a uniformly distributed integer from [0, bound), for a bound
// of any size.
//
// It fails with [ErrInvalid] if bound is nil or less than 1.
func RandBelowBig(bound *big.Int) (*big.Int, error) {
	if bound == nil || bound.Sign() < 1 {
		return nil, errBound
	}
	value := make([]byte, (bound.BitLen()+7)/8)
	if err := FillRandBelowBig(value, bound.Bytes()); err != nil {
		return nil, err
	}
	return takeBig(value), nil
}

// RandBitsBig returns an integer of n random bits, uniformly distributed over
// [0, 2^n). Like make, it panics if nothing can be that large.
func RandBitsBig(n uint) *big.Int {
	value := make([]byte, bytesOf(n))
	fillBits(value, n)
	return takeBig(value)
}

// takeBig returns the integer with that magnitude, and wipes the magnitude.
func takeBig(magnitude []byte) *big.Int {
	value := new(big.Int).SetBytes(magnitude)
	clear(magnitude)
	return value
}

// FillRandBelowBig writes a uniformly distributed integer from [0, bound) over all
// of dst. Both are unsigned and big-endian; bound may have leading zeros.
//
// It fails with [ErrInvalid] if bound is zero or shares memory with dst, and
// with [ErrShortBuffer] if bound, without its leading zeros, is longer than dst.
// On error dst is unchanged.
func FillRandBelowBig(dst, bound []byte) error {
	if overlap(dst, bound) {
		return errOverlap
	}
	for len(bound) > 0 && bound[0] == 0 {
		bound = bound[1:]
	}
	if len(bound) == 0 {
		return errBound
	}
	if len(dst) < len(bound) {
		return ErrShortBuffer
	}
	value := dst[len(dst)-len(bound):]
	n := uint(8*len(bound) - bits.LeadingZeros8(bound[0]))
	for fillBits(value, n); !less(value, bound); {
		fillBits(value, n)
	}
	clear(dst[:len(dst)-len(bound)])
	return nil
}

// FillRandBitsBig writes an integer of n random bits, uniformly distributed over
// [0, 2^n), over all of dst: unsigned and big-endian.
//
// It fails with [ErrShortBuffer] if dst has fewer than n bits. On error dst is
// unchanged.
func FillRandBitsBig(dst []byte, n uint) error {
	size := bytesOf(n)
	if size > uint(len(dst)) {
		return ErrShortBuffer
	}
	front := uint(len(dst)) - size
	clear(dst[:front])
	fillBits(dst[front:], n)
	return nil
}

// bytesOf returns the number of bytes that hold n bits.
func bytesOf(n uint) uint {
	return n/8 + (n%8+7)/8
}

// fillBits fills b, of bytesOf(n) bytes, with n random bits.
func fillBits(b []byte, n uint) {
	fill(b)
	if n%8 != 0 {
		b[0] >>= 8 - n%8
	}
}

// less reports whether a is below b, of the same length, in a time that depends
// only on that length: whether the subtraction of b from a borrows.
func less(a, b []byte) bool {
	borrow := 0
	for i := len(a) - 1; i >= 0; i-- {
		borrow = (int(a[i]) - int(b[i]) - borrow) >> 8 & 1
	}
	return borrow == 1
}

// overlap reports whether a and b share memory.
func overlap(a, b []byte) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	startA, startB := uintptr(unsafe.Pointer(&a[0])), uintptr(unsafe.Pointer(&b[0]))
	return startA <= startB+uintptr(len(b)-1) && startB <= startA+uintptr(len(a)-1)
}
