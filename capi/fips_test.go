// SPDX-License-Identifier: MIT

package main

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The build with the certified module is the same library: every case holds, and children
// start it again.
func TestFIPSBuild(t *testing.T) {
	build := t.TempDir()
	library := filepath.Join(build, "libsecrets.so")
	run(t, "make", "-s", "-C", root, "FIPS=1", "BUILD="+build, library)
	assert.Contains(t, run(t, "go", "version", "-m", library), "GOFIPS140=v1.")
	assert.NotContains(t, run(t, "go", "version", "-m", shared), "GOFIPS140=v1.")
	for _, source := range cPrograms {
		runCases(t, source, languages[0].compile(t, filepath.Join("testdata", source), library, "-Wl,-rpath,"+build))
	}
	run(t, languages[0].compile(t, "../bindings/c/prefork_server.c", library, "-Wl,-rpath,"+build))

	// Go's generator does something once there, under a lock, where threads begin together.
	together := against(t, "testdata/together.c", library)
	for range 100 {
		run(t, together)
		run(t, together, "compared")
	}
}
