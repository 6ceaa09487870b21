// SPDX-License-Identifier: MIT

package secrets

import "encoding/binary"

// The encoders work in place, from the tail of dst to its front, and on eight
// characters at once, one in each byte ("lane") of a uint64. Characters are
// computed, never looked up: a table indexed by secret bytes would reveal them to
// whoever shares the processor's cache.

// lanes has a 1 in every byte: lanes*c is c in every lane.
const lanes = 0x0101010101010101

// atLeast returns 1 in every lane of x that is n or more, and 0 in the others.
// Lanes and n must be below 128, so that no carry leaves a lane.
func atLeast(x uint64, n uint64) uint64 {
	return (x + lanes*(128-n)) >> 7 & lanes
}

// hexLen returns the number of digits for n bytes. It cannot overflow, as n comes
// from an int.
func hexLen(n uint) uint {
	return 2 * n
}

// encodeHex encodes the last n bytes of dst, which has hexLen(n), over all of it.
// The i-th step reads byte n+i before it writes up to byte 2i+1, which is never
// ahead of n+i; steps of four bytes likewise.
func encodeHex(dst []byte, n int) {
	raw := dst[n:]
	for len(raw) >= 4 {
		x := hexDigits(binary.BigEndian.Uint32(raw))
		raw = raw[4:]
		binary.BigEndian.PutUint64(dst, x)
		dst = dst[8:]
	}
	for _, b := range raw {
		x := hexDigits(uint32(b))
		binary.BigEndian.PutUint16(dst, uint16(x))
		dst = dst[2:]
	}
}

// hexDigits returns the eight digits of x, most significant first.
func hexDigits(x uint32) uint64 {
	n := uint64(x)
	n = (n | n<<16) & 0x0000ffff0000ffff
	n = (n | n<<8) & 0x00ff00ff00ff00ff
	n = (n | n<<4) & 0x0f0f0f0f0f0f0f0f
	return n + lanes*'0' + atLeast(n, 10)*('a'-'0'-10)
}

// base64Len returns the number of characters for n bytes, without padding. It cannot
// overflow, as n comes from an int.
func base64Len(n uint) uint {
	return n/3*4 + (n%3*8+5)/6
}

// encodeBase64 encodes the last n bytes of dst, which has base64Len(n), over all
// of it. Before every step the bytes still to be read, r of them, end where dst
// ends and the characters still to be written, base64Len(r) of them, begin where
// dst begins, so a step that reads 3k bytes and then writes 4k characters never
// writes over what is still to be read: that needs base64Len(r)-r >= k, and the
// difference is r/3, rounded up.
func encodeBase64(dst []byte, n int) {
	raw := dst[len(dst)-n:]
	for len(raw) >= 8 {
		x := base64Characters(binary.BigEndian.Uint64(raw) >> 16)
		raw = raw[6:]
		binary.BigEndian.PutUint64(dst, x)
		dst = dst[8:]
	}
	for len(raw) > 0 {
		n := min(len(raw), 3)
		x := base64Characters(threeBytes(raw) << 24)
		raw = raw[n:]
		dst = dst[putCharacters(dst, x, n+1):]
	}
}

// threeBytes returns the first three bytes of b, padded with zeros.
func threeBytes(b []byte) uint64 {
	x := uint64(b[0]) << 16
	if len(b) > 1 {
		x |= uint64(b[1]) << 8
	}
	if len(b) > 2 {
		x |= uint64(b[2])
	}
	return x
}

// putCharacters writes the first n lanes of x and returns n.
func putCharacters(dst []byte, x uint64, n int) int {
	for i := range dst[:n] {
		dst[i] = byte(x >> (56 - 8*i))
	}
	return n
}

// base64Characters returns the eight characters for the low 48 bits of x, most
// significant first. The alphabet has five runs of consecutive characters; each
// term below corrects the distance between value and character for one run and
// those after it.
func base64Characters(x uint64) uint64 {
	n := (x&0xffffff000000)<<8 | x&0xffffff
	n = (n&0x00fff00000fff000)<<4 | n&0x00000fff00000fff
	n = (n&0x0fc00fc00fc00fc0)<<2 | n&0x003f003f003f003f
	return n + lanes*'A' +
		atLeast(n, 26)*('a'-'A'-26) -
		atLeast(n, 52)*('a'-'0'+26) -
		atLeast(n, 62)*('0'+10-'-') +
		atLeast(n, 63)*('_'-'-'-1)
}
