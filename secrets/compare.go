// SPDX-License-Identifier: MIT

package secrets

import "crypto/subtle"

// CompareDigest reports whether a and b hold the same bytes, in a time that
// depends on the length of b alone: not on the contents, not on the length of
// a. Give it the secret as b and what came from outside as a.
func CompareDigest(a, b []byte) bool {
	same := subtle.ConstantTimeEq(int32(len(a)), int32(len(b))) &
		subtle.ConstantTimeEq(int32(len(a)>>32), int32(len(b)>>32))
	// With unequal lengths the work is done all the same, on b and itself.
	// Chosen by index, since a branch would be a time of its own.
	left := [2][]byte{b, a}[same]
	return subtle.ConstantTimeCompare(left, b)&same == 1
}
