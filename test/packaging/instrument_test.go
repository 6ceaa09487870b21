// SPDX-License-Identifier: MIT

package packaging

import (
	"path/filepath"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// With the suppressions, memcheck reports only a program's own faults. The control: without them
// it reports more.
func TestMemcheck(t *testing.T) {
	build := t.TempDir()
	library := filepath.Join(build, "libsecrets.so")
	testkit.Makes(t, testkit.Root, "BUILD="+build, "TAGS=instrument", library)
	program := testkit.Against(t, testkit.Source("memcheck.c"), library)
	check := func(args ...string) int {
		status, _, _ := testkit.Call(t, "valgrind",
			append([]string{"--leak-check=full", "--error-exitcode=9"}, args...)...)
		return status
	}
	const suppressions = "--suppressions=../../packaging/valgrind.supp"
	assert.Equal(t, 0, check(suppressions, program))
	assert.Equal(t, 9, check(program))
	assert.Equal(t, 9, check(suppressions, program, "branch"))
	assert.Equal(t, 9, check(suppressions, program, "leak"))
}
