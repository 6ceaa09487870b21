// SPDX-License-Identifier: MIT

package secrets

import "math/bits"

// FillTokenHexBatch writes count tokens, each what [TokenHex] returns for nbytes
// and followed by the byte end, to the front of dst, and returns the number of
// bytes written, count*(2*nbytes+1). The rest of dst is unchanged. It is much
// faster than count calls.
//
// It fails with [ErrInvalid] if nbytes or count is negative and with
// [ErrShortBuffer] if the tokens do not fit into dst. On error dst is unchanged.
func FillTokenHexBatch(dst []byte, nbytes, count int, end byte) (int, error) {
	return fillTokens(dst, nbytes, count, end, hexLen, encodeHex)
}

// FillTokenURLSafeBatch writes count tokens, each what [TokenURLSafe] returns for
// nbytes and followed by the byte end, to the front of dst, and returns the
// number of bytes written. The rest of dst is unchanged. It is much faster than
// count calls.
//
// It fails with [ErrInvalid] if nbytes or count is negative and with
// [ErrShortBuffer] if the tokens do not fit into dst. On error dst is unchanged.
func FillTokenURLSafeBatch(dst []byte, nbytes, count int, end byte) (int, error) {
	return fillTokens(dst, nbytes, count, end, base64Len, encodeBase64)
}

// fillTokens writes the tokens to the front of dst. It draws the bytes of all of
// them at once, into the tail of the result. Then it moves those of one token after
// the other to the tail of its place, and encodes them there, as fillToken does. A
// place is longer than the bytes of its token, so the bytes of later tokens lie
// after it.
func fillTokens(dst []byte, nbytes, count int, end byte, length func(uint) uint,
	encode func(dst []byte, nbytes int)) (int, error) {
	if nbytes < 0 {
		return 0, errNegative
	}
	if count < 0 {
		return 0, errCount
	}
	place := length(uint(nbytes)) + 1
	overflow, size := bits.Mul(place, uint(count))
	if overflow != 0 || size > uint(len(dst)) {
		return 0, ErrShortBuffer
	}
	places := dst[:size]
	drawn := places[len(places)-nbytes*count:]
	fill(drawn)
	for ; len(places) > 0; places, drawn = places[place:], drawn[nbytes:] {
		token := places[:place-1]
		copy(token[len(token)-nbytes:], drawn)
		encode(token, nbytes)
		places[place-1] = end
	}
	return int(size), nil
}
