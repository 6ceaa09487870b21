// SPDX-License-Identifier: MIT

package hosts

import (
	"testing"

	"libsecrets/internal/testkit"
)

// Every way to load the library, also beside another Go runtime, and what threads that come and
// go leave behind.
func TestLoading(t *testing.T) {
	program := withLibrary(testkit.Shared, testkit.Compile(t, testkit.Source("loading.c")),
		"OTHER="+testkit.PlainLibrary(t))
	if stress {
		t.Setenv("CALLS", "1000000")
	}
	runInTurn(t, program...)
}

// The control: a plain Go library starts when it is loaded, overwrites the kernel's bytes, and
// raises a limit.
func TestLoadingAPlainLibrary(t *testing.T) {
	t.Parallel()
	program := withLibrary(testkit.PlainLibrary(t), testkit.Compile(t, testkit.Source("loading.c")))
	for _, name := range []string{
		"loading_starts_nothing", "random_bytes_of_the_process_stay", "limit_of_descriptors_stays",
	} {
		fails(t, append(program, name)...)
	}
}

// Loaded before everything else in the process, or with all symbols resolved at once.
func TestPreloading(t *testing.T) {
	testkit.Run(t, "env", "LD_PRELOAD="+testkit.Shared,
		testkit.Compile(t, testkit.Source("preloaded.c"), "-ldl"))
	testkit.Run(t, "env", "LD_BIND_NOW=1", testkit.Compile(t, testkit.Source("tokens.c")),
		"hex_exact_buffer")
}
