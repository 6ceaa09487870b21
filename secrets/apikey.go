// SPDX-License-Identifier: MIT

package secrets

import (
	"hash/crc32"
	"math/bits"
	"strings"
)

const (
	maxPrefix   = 32
	checksumLen = 6 // base62 digits of a CRC-32: 62^6 > 2^32 > 62^5
)

// APIKey returns prefix + "_" + body + checksum. The prefix shows what the key is
// for; its checksum lets a secret scanner recognise it offline.
//
// The body is random: the fewest base62 digits (0-9A-Za-z) that hold 8*nbytes
// bits, 43 for 32 bytes. The checksum is the CRC-32 (IEEE) of all before it, as 6
// base62 digits. It detects typing errors, not forgery.
//
// It fails with [ErrInvalid] if nbytes is negative, or if prefix does not consist of
// 1 to 32 of a-z A-Z 0-9 and _, the first of them a letter; and with [ErrShortBuffer]
// if no buffer could hold the key.
func APIKey(prefix string, nbytes int) (string, error) {
	size, err := APIKeyLen(prefix, nbytes)
	if err != nil {
		return "", err
	}
	key := make([]byte, size)
	fillKey(key, prefix)
	return stringOf(key), nil
}

// FillAPIKey writes what [APIKey] returns to the front of dst, and returns the
// number of bytes written. The rest of dst is unchanged.
//
// It fails as APIKey does, and with [ErrShortBuffer] if the key does not fit into
// dst. On error dst is unchanged.
func FillAPIKey(dst []byte, prefix string, nbytes int) (int, error) {
	size, err := APIKeyLen(prefix, nbytes)
	if err != nil {
		return 0, err
	}
	if size > len(dst) {
		return 0, ErrShortBuffer
	}
	fillKey(dst[:size], prefix)
	return size, nil
}

// APIKeyLen returns the length of the keys that [APIKey] returns for these
// arguments. It fails as APIKey does.
func APIKeyLen(prefix string, nbytes int) (int, error) {
	if !validPrefix(prefix) {
		return 0, errPrefix
	}
	if nbytes < 0 {
		return 0, errNegative
	}
	size := base62Len(uint(nbytes)) + uint(len(prefix)+1+checksumLen)
	if int(size) < 0 {
		return 0, ErrShortBuffer
	}
	return int(size), nil
}

// APIKeyValid reports whether key has the form of an API key, of any version, and
// the right checksum. It does not report whether the key was issued. It detects any
// change of one character, and any exchange of two neighbours.
func APIKeyValid(key string) bool {
	end := strings.LastIndexByte(key, '_')
	body := len(key) - checksumLen
	if end < 0 || body <= end || !validPrefix(key[:end]) {
		return false
	}
	for _, c := range []byte(key[end+1:]) {
		if !letterOrDigit(c) {
			return false
		}
	}
	var want [checksumLen]byte
	checksum(want[:], key[:body])
	return compareExactly(key[body:], stringOf(want[:])) == 0
}

// base62Len returns the least number of base62 digits that hold 8*n bits. Each
// holds log2(62), and ratio is 8/log2(62) - 1 in units of 2^-64, rounded up. It
// cannot overflow, as n comes from an int.
func base62Len(n uint) uint {
	const ratio = 6338121069590999563
	more, part := bits.Mul64(uint64(n), ratio)
	if part != 0 {
		more++
	}
	return n + uint(more)
}

// base62Digit returns the digit for a value below 62: 0-9, A-Z, a-z.
func base62Digit(value uint64) byte {
	return byte(value + '0' + atLeast(value, 10)*('A'-'0'-10) + atLeast(value, 36)*('a'-'A'-26))
}

func fillKey(key []byte, prefix string) {
	n := copy(key, prefix)
	key[n] = '_'
	body := key[n+1 : len(key)-checksumLen]
	var ahead randomBuffer
	defer ahead.wipe()
	for i := range body {
		body[i] = base62Digit(ahead.below(62, len(body)-i))
	}
	end := len(key) - checksumLen
	checksum(key[end:], stringOf(key[:end]))
}

// checksum writes the checksum of text over all of dst.
func checksum(dst []byte, text string) {
	sum := crc(text)
	for i := len(dst) - 1; i >= 0; i-- {
		dst[i] = base62Digit(uint64(sum % 62))
		sum /= 62
	}
}

// crc returns the CRC-32 (IEEE) of text, computed bit by bit. Package crc32 uses
// tables, whose indices would reveal the key to whoever shares the processor's
// cache.
func crc(text string) uint32 {
	sum := ^uint32(0)
	for i := range len(text) {
		sum ^= uint32(text[i])
		for range 8 {
			sum = sum>>1 ^ crc32.IEEE&-(sum&1)
		}
	}
	return ^sum
}

func validPrefix(prefix string) bool {
	if len(prefix) == 0 || len(prefix) > maxPrefix || !letterOrDigit(prefix[0]) ||
		prefix[0] <= '9' {
		return false
	}
	for _, c := range []byte(prefix) {
		if c != '_' && !letterOrDigit(c) {
			return false
		}
	}
	return true
}

func letterOrDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}
