// SPDX-License-Identifier: MIT

package main

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The host's signals are the host's: handlers, masks, stacks.
func TestSignals(t *testing.T) {
	program := languages[0].compile(t, "testdata/signals.c")
	t.Setenv("LIBRARY", shared)
	for _, name := range caseNames(t, program) {
		t.Run(name, func(t *testing.T) { run(t, program, name) })
	}
}

// The control: as a plain Go library the same code fails these.
func TestSignalsOfAPlainLibrary(t *testing.T) {
	program := languages[0].compile(t, "testdata/signals.c")
	t.Setenv("LIBRARY", plainLibrary(t))
	for _, name := range []string{
		"defaults_stay",
		"handlers_stay",
		"ignored_sigpipe_stays_across_exec",
		"fault_inside_a_call",
		"mask_and_alternate_stack_stay",
		"signals_blocked_before_load_arrive",
		"signals_blocked_after_load_arrive",
		"no_sigurg",
	} {
		assert.Error(t, exec.CommandContext(t.Context(), program, name).Run(), name)
	}
}
