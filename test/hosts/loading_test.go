// SPDX-License-Identifier: MIT

package hosts

import (
	"os/exec"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// Every way to load the library, beside another Go runtime too, and what
// threads that come and go leave behind.
func TestLoading(t *testing.T) {
	program := testkit.Compile(t, testkit.Source("loading.c"))
	t.Setenv("LIBRARY", testkit.Shared)
	t.Setenv("OTHER", testkit.PlainLibrary(t))
	if stress {
		t.Setenv("CALLS", "1000000")
	}
	for _, name := range testkit.CaseNames(t, program) {
		t.Run(name, func(t *testing.T) { t.Log(testkit.Run(t, program, name)) })
	}
}

// The control: a plain Go library starts as it is loaded, overwrites the kernel's bytes, and
// raises a limit.
func TestLoadingAPlainLibrary(t *testing.T) {
	program := testkit.Compile(t, testkit.Source("loading.c"))
	t.Setenv("LIBRARY", testkit.PlainLibrary(t))
	for _, name := range []string{"loading_starts_nothing", "random_bytes_of_the_process_stay", "limit_of_descriptors_stays"} {
		assert.Error(t, exec.CommandContext(t.Context(), program, name).Run(), name)
	}
}

// Before everything else in the process, or resolved at once.
func TestPreloading(t *testing.T) {
	testkit.Run(t, "env", "LD_PRELOAD="+testkit.Shared, testkit.Compile(t, testkit.Source("preloaded.c"), "-ldl"))
	testkit.Run(t, "env", "LD_BIND_NOW=1", testkit.Compile(t, testkit.Source("tokens.c")), "hex_exact_buffer")
}
