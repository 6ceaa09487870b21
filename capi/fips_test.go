// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A host that turns on FIPS 140-3 mode for itself, or for another Go library in it, has
// it in this one, too.
func TestHostTurnsFIPSModeOn(t *testing.T) {
	program := languages[0].compile(t, "../bindings/c/token.c")
	inMode := func(folder, mode string) error {
		command := exec.CommandContext(t.Context(), program)
		command.Env = append(os.Environ(), "GODEBUG=fips140="+mode, "LD_LIBRARY_PATH="+folder)
		return command.Run()
	}
	assert.NoError(t, inMode(filepath.Dir(shared), "on"))

	// The control: without its checksum the library ends the process, but only in that mode.
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "libsecrets.so.1"), withoutChecksum(t), 0o600))
	program = languages[0].compile(t, "../bindings/c/token.c", shared)
	assert.Error(t, inMode(folder, "on"))
	assert.NoError(t, inMode(folder, "off"))
}

// withoutChecksum gives the library with zeros for the checksum, which stands behind a
// magic text of 16 bytes.
func withoutChecksum(t *testing.T) []byte {
	t.Helper()
	library, err := os.ReadFile(shared)
	require.NoError(t, err)
	place := bytes.Index(library, []byte("\xff Go fipsinfo \xff\x00"))
	require.Positive(t, place)
	clear(library[place+16 : place+48])
	return library
}

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
}
