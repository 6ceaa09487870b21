// SPDX-License-Identifier: MIT

package main

import "testing"

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
	run(t, "env", "LD_PRELOAD="+shared, languages[0].compile(t, "testdata/preloaded.c", "-ldl"))
	run(t, "env", "LD_BIND_NOW=1", languages[0].compile(t, "testdata/tokens.c"), "hex_exact_buffer")
}
