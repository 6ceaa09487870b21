// SPDX-License-Identifier: MIT

package secrets

import (
	"slices"
	"unsafe"
)

// DefaultEntropy is the number of random bytes to put in a token unless there
// is a reason for another. A later release may raise it.
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
// the number of bytes written, 2*nbytes. The rest of dst stays untouched.
//
// It fails with [ErrInvalid] if nbytes is negative and with [ErrShortBuffer] if
// the token does not fit into dst, which then stays untouched.
func FillTokenHex(dst []byte, nbytes int) (int, error) {
	return fillToken(dst, nbytes, hexLen, encodeHex)
}

// AppendTokenHex appends what [TokenHex] returns to dst and returns the extended
// slice. On error it returns dst as it was. Like append, it panics if no slice
// can be that long.
func AppendTokenHex(dst []byte, nbytes int) ([]byte, error) {
	return appendToken(dst, nbytes, hexLen, FillTokenHex)
}

// TokenURLSafe returns nbytes random bytes as unpadded base64url (RFC 4648,
// section 5), about 1.3 characters a byte, of A-Z a-z 0-9 - and _.
//
// It fails with [ErrInvalid] if nbytes is negative. Like make, it panics if no
// string can be that long.
func TokenURLSafe(nbytes int) (string, error) {
	return tokenString(nbytes, base64Len, FillTokenURLSafe)
}

// FillTokenURLSafe writes what [TokenURLSafe] returns to the front of dst, and
// returns the number of bytes written. The rest of dst stays untouched.
//
// It fails with [ErrInvalid] if nbytes is negative and with [ErrShortBuffer] if
// the token does not fit into dst, which then stays untouched.
func FillTokenURLSafe(dst []byte, nbytes int) (int, error) {
	return fillToken(dst, nbytes, base64Len, encodeBase64)
}

// AppendTokenURLSafe appends what [TokenURLSafe] returns to dst and returns the
// extended slice. On error it returns dst as it was.
func AppendTokenURLSafe(dst []byte, nbytes int) ([]byte, error) {
	return appendToken(dst, nbytes, base64Len, FillTokenURLSafe)
}

// appendToken has a token written behind dst, where it grows to hold it.
func appendToken(dst []byte, nbytes int, length func(uint) uint, write func([]byte, int) (int, error)) ([]byte, error) {
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

// tokenString makes the string of a token.
func tokenString(nbytes int, length func(uint) uint, write func([]byte, int) (int, error)) (string, error) {
	if nbytes < 0 {
		return "", errNegative
	}
	token := make([]byte, length(uint(nbytes)))
	if _, err := write(token, nbytes); err != nil {
		return "", err
	}
	return stringOf(token), nil
}

// stringOf makes the string of a secret around the buffer that it was written
// to: the usual conversion would leave a second copy of the secret on the heap.
func stringOf(secret []byte) string {
	return unsafe.String(unsafe.SliceData(secret), len(secret))
}

// fillToken draws a token of nbytes into the tail of its place at the front of
// dst, and has it encoded from there to the front, so that the raw bytes never
// stand anywhere else and are overwritten by their own encoding.
func fillToken(dst []byte, nbytes int, length func(uint) uint, encode func(dst []byte, nbytes int)) (int, error) {
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
