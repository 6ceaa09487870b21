// SPDX-License-Identifier: MIT

package main

import (
	"os/exec"
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

// The control: a plain Go library starts as it is loaded, overwrites the kernel's bytes, and
// raises a limit.
func TestLoadingAPlainLibrary(t *testing.T) {
	program := languages[0].compile(t, "testdata/loading.c")
	t.Setenv("LIBRARY", plainLibrary(t))
	for _, name := range []string{"loading_starts_nothing", "random_bytes_of_the_process_stay", "limit_of_descriptors_stays"} {
		assert.Error(t, exec.CommandContext(t.Context(), program, name).Run(), name)
	}
}

// Before everything else in the process, or resolved at once.
func TestPreloading(t *testing.T) {
	run(t, "env", "LD_PRELOAD="+shared, languages[0].compile(t, "testdata/preloaded.c", "-ldl"))
	run(t, "env", "LD_BIND_NOW=1", languages[0].compile(t, "testdata/tokens.c"), "hex_exact_buffer")
}
