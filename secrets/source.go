// SPDX-License-Identifier: MIT

package secrets

import (
	"crypto/rand"
	"encoding/binary"
)

// fill draws len(b) random bytes into b. It is the only way by which randomness
// enters this package. It cannot fail: crypto/rand ends the process instead.
func fill(b []byte) {
	rand.Read(b)
}

// word draws 64 random bits.
//
// The scratch array is cleared in line and not by [Wipe]: Go's calling
// convention saves no registers, so the result would be spilled to the stack
// across a call, where it would stay.
func word() uint64 {
	var b [8]byte
	fill(b[:])
	w := binary.NativeEndian.Uint64(b[:])
	b = [8]byte{}
	return w
}
