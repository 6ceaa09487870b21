// SPDX-License-Identifier: MIT

package packaging

import (
	"path/filepath"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// The build with the certified module behaves the same: every case succeeds, and children
// re-initialise it.
func TestFIPSBuild(t *testing.T) {
	build := t.TempDir()
	library := filepath.Join(build, "libsecrets.so")
	tool := filepath.Join(build, "libsecrets")
	testkit.Run(t, "make", "-s", "-C", testkit.Root, "FIPS=1", "BUILD="+build, library, tool)
	assert.True(t, loadsLibrary(t, tool))
	assert.Regexp(t, `^[\w-]{43}\n$`, testkit.Run(t, tool, "token"))
	assert.Contains(t, testkit.Run(t, "go", "version", "-m", library), "GOFIPS140=v1.")
	assert.NotContains(t, testkit.Run(t, "go", "version", "-m", testkit.Shared), "GOFIPS140=v1.")
	for _, source := range testkit.Programs {
		testkit.RunCases(t, source, testkit.Compile(t, testkit.Source(source), library,
			"-Wl,-rpath,"+build))
	}
	testkit.Run(t, testkit.Compile(t, filepath.Join(testkit.Root, "bindings/c/prefork_server.c"),
		library, "-Wl,-rpath,"+build))

	// There Go's generator does something once, under a lock, when threads start together.
	together := testkit.Against(t, testkit.Source("together.c"), library)
	for range 100 {
		testkit.Run(t, together)
		testkit.Run(t, together, "compared")
	}
}
