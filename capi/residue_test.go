// SPDX-License-Identifier: MIT

package main

import (
	"path/filepath"
	"testing"
)

// After calls of every kind, from many threads and in a forked child, no memory
// that the process can read holds what they drew, but the caller's. The program
// has its controls with it: cases that leave a copy, and must find it.
func TestNoCopyOfASecretStays(t *testing.T) {
	// Bound at the start: the loader would save registers on the stack in between.
	program := languages[0].compile(t, "testdata/residue.c", shared, "-Wl,-rpath,"+filepath.Dir(shared), "-Wl,-z,now")
	runCases(t, "residue.c", program)
}
