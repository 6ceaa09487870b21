// SPDX-License-Identifier: MIT

package main

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Every way to load the library, beside another Go runtime too, and what
// threads that come and go leave behind.
func TestLoading(t *testing.T) {
	program := languages[0].compile(t, "testdata/loading.c")
	t.Setenv("LIBRARY", shared)
	t.Setenv("OTHER", plainLibrary(t))
	if stress {
		t.Setenv("CALLS", "1000000")
	}
	for _, name := range caseNames(t, program) {
		t.Run(name, func(t *testing.T) { t.Log(run(t, program, name)) })
	}
}

// Before everything else in the process, or resolved at once.
func TestPreloading(t *testing.T) {
	program := languages[0].compile(t, filepath.Join("testdata", "tokens.c"))
	for _, setting := range []string{"LD_PRELOAD=" + shared, "LD_BIND_NOW=1"} {
		command := exec.CommandContext(t.Context(), program, "hex_exact_buffer")
		command.Env = append(command.Environ(), setting)
		out, err := command.CombinedOutput()
		assert.NoError(t, err, "%s\n%s", setting, out)
	}
}
