// SPDX-License-Identifier: MIT

package secrets

import "math/bits"

// FillTokenHexBatch writes count tokens, each what [TokenHex] returns for nbytes
// and followed by the byte end, to the front of dst, and returns the number of
// bytes written, count*(2*nbytes+1). The rest of dst stays untouched. It is much
// faster than count calls.
//
// It fails with [ErrInvalid] if nbytes or count is negative and with
// [ErrShortBuffer] if the tokens do not fit into dst, which then stays untouched.
func FillTokenHexBatch(dst []byte, nbytes, count int, end byte) (int, error) {
	return fillTokens(dst, nbytes, count, end, hexLen, encodeHex)
}

// FillTokenURLSafeBatch writes count tokens, each what [TokenURLSafe] returns for
// nbytes and followed by the byte end, to the front of dst, and returns the
// number of bytes written. The rest of dst stays untouched. It is much faster
// than count calls.
//
// It fails with [ErrInvalid] if nbytes or count is negative and with
// [ErrShortBuffer] if the tokens do not fit into dst, which then stays untouched.
func FillTokenURLSafeBatch(dst []byte, nbytes, count int, end byte) (int, error) {
	return fillTokens(dst, nbytes, count, end, base64Len, encodeBase64)
}

// fillTokens draws the bytes of all tokens at once, into the tail of their
// places at the front of dst. Then token by token is moved to the tail of its
// own place and encoded there, like a single one (fillToken). A place is longer
// than the bytes that it is for, so those of later tokens all lie behind it.
func fillTokens(dst []byte, nbytes, count int, end byte, length func(uint) uint, encode func(dst []byte, nbytes int)) (int, error) {
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
