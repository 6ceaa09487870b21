// SPDX-License-Identifier: MIT

package secrets

import "crypto/subtle"

// CompareDigest reports whether a and b hold the same bytes, in constant time: the
// time depends only on the length of b, not on the contents and not on the length
// of a. Pass the secret you hold as b and what came from outside as a.
func CompareDigest(a, b []byte) bool {
	same := subtle.ConstantTimeEq(int32(len(a)), int32(len(b))) &
		subtle.ConstantTimeEq(int32(len(a)>>32), int32(len(b)>>32))
	// If the lengths differ, b is compared with itself, which takes the same time.
	// The choice is by index, as the time of a branch would depend on it.
	left := [2][]byte{b, a}[same]
	return subtle.ConstantTimeCompare(left, b)&same == 1
}
