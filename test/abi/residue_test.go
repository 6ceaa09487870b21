// SPDX-License-Identifier: MIT

package abi

import (
	"path/filepath"
	"regexp"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// After calls of every kind, from many threads and in a forked child, no memory that the process
// can read holds what they drew, except the caller's. The program has its own controls: cases
// that leave a copy, and must find it.
func TestNoCopyOfASecretStays(t *testing.T) {
	// Bound at the start: otherwise the loader would save registers at the first calls.
	program := testkit.Compile(t, testkit.Source("residue.c"), testkit.Shared,
		"-Wl,-rpath,"+filepath.Dir(testkit.Shared), "-Wl,-z,now")
	testkit.RunCases(t, "residue.c", program)
}

// Every function that draws or gets a secret is among those calls.
func TestResidueCallsEveryFunction(t *testing.T) {
	source := testkit.Read(t, testkit.Source("residue.c"))
	withoutSecrets := regexp.MustCompile(`_(size|entropy|length|words|version|strerror)$`)
	for _, name := range declared(t) {
		if !withoutSecrets.MatchString(name) {
			assert.Contains(t, source, name+"(")
		}
	}
}
