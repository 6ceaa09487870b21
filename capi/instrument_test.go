// SPDX-License-Identifier: MIT

package main

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
)

// With the suppressions, memcheck has nothing to say of a program but what is the program's own
// fault. The control: without them it has.
func TestMemcheck(t *testing.T) {
	build := t.TempDir()
	library := filepath.Join(build, "libsecrets.so")
	makes(t, root, "BUILD="+build, "TAGS=instrument", library)
	program := against(t, "testdata/memcheck.c", library)
	check := func(args ...string) int {
		status, _, _ := call(t, "valgrind", append([]string{"--leak-check=full", "--error-exitcode=9"}, args...)...)
		return status
	}
	const suppressions = "--suppressions=../packaging/valgrind.supp"
	assert.Equal(t, 0, check(suppressions, program))
	assert.Equal(t, 9, check(program))
	assert.Equal(t, 9, check(suppressions, program, "branch"))
	assert.Equal(t, 9, check(suppressions, program, "leak"))
}
