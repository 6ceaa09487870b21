// SPDX-License-Identifier: MIT

package secrets

import (
	"slices"
	"unsafe"
)

// DefaultEntropy is the number of random bytes for a token, unless you have a
// reason for another. A later release may raise it.
const DefaultEntropy = 32

// TokenBytes returns nbytes random bytes.
//
// It fails with [ErrInvalid] if nbytes is negative. Like make, it panics if no
// slice can be that long.
func TokenBytes(nbytes int) ([]byte, error) {
	if nbytes < 0 {
		return nil, errNegative
	}
	token := make([]byte, nbytes)
	fill(token)
	return token, nil
}

// FillTokenBytes fills all of dst with random bytes.
func FillTokenBytes(dst []byte) {
	fill(dst)
}

// TokenHex returns nbytes random bytes as 2*nbytes digits 0-9a-f.
//
// It fails with [ErrInvalid] if nbytes is negative. Like make, it panics if no
// string can be that long.
func TokenHex(nbytes int) (string, error) {
	return tokenString(nbytes, hexLen, FillTokenHex)
}

// FillTokenHex writes what [TokenHex] returns to the front of dst, and returns
// the number of bytes written, 2*nbytes. The rest of dst is unchanged.
//
// It fails with [ErrInvalid] if nbytes is negative and with [ErrShortBuffer] if
// the token does not fit into dst. On error dst is unchanged.
func FillTokenHex(dst []byte, nbytes int) (int, error) {
	return fillToken(dst, nbytes, hexLen, encodeHex)
}

// AppendTokenHex appends what [TokenHex] returns to dst and returns the extended
// slice. On error it returns dst unchanged. Like append, it panics if no slice
// can be that long.
func AppendTokenHex(dst []byte, nbytes int) ([]byte, error) {
	return appendToken(dst, nbytes, hexLen, FillTokenHex)
}

// TokenURLSafe returns nbytes random bytes as unpadded base64url (RFC 4648,
// section 5): about 1.3 characters per byte, of A-Z a-z 0-9 - and _.
//
// It fails with [ErrInvalid] if nbytes is negative. Like make, it panics if no
// string can be that long.
func TokenURLSafe(nbytes int) (string, error) {
	return tokenString(nbytes, base64Len, FillTokenURLSafe)
}

// FillTokenURLSafe writes what [TokenURLSafe] returns to the front of dst, and
// returns the number of bytes written. The rest of dst is unchanged.
//
// It fails with [ErrInvalid] if nbytes is negative and with [ErrShortBuffer] if
// the token does not fit into dst. On error dst is unchanged.
func FillTokenURLSafe(dst []byte, nbytes int) (int, error) {
	return fillToken(dst, nbytes, base64Len, encodeBase64)
}

// AppendTokenURLSafe appends what [TokenURLSafe] returns to dst and returns the
// extended slice. On error it returns dst unchanged.
func AppendTokenURLSafe(dst []byte, nbytes int) ([]byte, error) {
	return appendToken(dst, nbytes, base64Len, FillTokenURLSafe)
}

// appendToken appends a token, which write writes, to dst.
func appendToken(dst []byte, nbytes int, length func(uint) uint,
	write func([]byte, int) (int, error)) ([]byte, error) {
	if nbytes < 0 {
		return dst, errNegative
	}
	grown := slices.Grow(dst, int(length(uint(nbytes))))
	n, err := write(grown[len(dst):cap(grown)], nbytes)
	if err != nil {
		return dst, err
	}
	return grown[:len(dst)+n], nil
}

// tokenString returns a token, which write writes, as a string.
func tokenString(nbytes int, length func(uint) uint,
	write func([]byte, int) (int, error)) (string, error) {
	if nbytes < 0 {
		return "", errNegative
	}
	token := make([]byte, length(uint(nbytes)))
	if _, err := write(token, nbytes); err != nil {
		return "", err
	}
	return stringOf(token), nil
}

// stringOf returns a string that shares the memory of secret: a conversion would
// leave a second copy on the heap.
func stringOf(secret []byte) string {
	return unsafe.String(unsafe.SliceData(secret), len(secret))
}

// fillToken writes a token of nbytes to the front of dst. It draws the bytes into
// the tail of the token and encodes them in place, so that they are nowhere else and
// are overwritten by their own encoding.
func fillToken(dst []byte, nbytes int, length func(uint) uint,
	encode func(dst []byte, nbytes int)) (int, error) {
	if nbytes < 0 {
		return 0, errNegative
	}
	size := length(uint(nbytes))
	if size > uint(len(dst)) {
		return 0, ErrShortBuffer
	}
	token := dst[:size]
	fill(token[len(token)-nbytes:])
	encode(token, nbytes)
	return len(token), nil
}
