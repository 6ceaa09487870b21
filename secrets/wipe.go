// SPDX-License-Identifier: MIT

package secrets

// Wipe sets every byte of b to zero, for a secret that is no longer needed.
// It does not reach copies made elsewhere: by append, by a conversion to
// string, by the operating system (swap, core dumps).
//
// Not inlined, so that no caller's compiler can see that nothing reads b later.
//
//go:noinline
func Wipe(b []byte) {
	clear(b)
}
