// SPDX-License-Identifier: MIT

package secrets

import (
	"crypto/rand"
	"encoding/binary"
)

// fill draws len(b) random bytes into b. All randomness of this package comes
// through it. It cannot fail: crypto/rand ends the process instead.
func fill(b []byte) {
	rand.Read(b)
}

// word draws 64 random bits.
//
// The array is cleared in line and not by [Wipe]: Go's calling convention has no
// callee-saved registers, so a call would have the result spilled to the stack, where
// it would stay.
func word() uint64 {
	var b [8]byte
	fill(b[:])
	w := binary.NativeEndian.Uint64(b[:])
	b = [8]byte{}
	return w
}
