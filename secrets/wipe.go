// SPDX-License-Identifier: MIT

package secrets

// Wipe sets every byte of b to zero, for a secret that is no longer needed.
// It does not reach copies made elsewhere: by append, by a conversion to
// string, by the operating system (swap, core dumps).
//
// It is not inlined: otherwise the compiler could see that nothing reads b later,
// and leave it out.
//
//go:noinline
func Wipe(b []byte) {
	clear(b)
}
