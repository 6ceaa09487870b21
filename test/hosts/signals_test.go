// SPDX-License-Identifier: MIT

package hosts

import (
	"os/exec"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// The host's signals are the host's: handlers, masks, stacks.
func TestSignals(t *testing.T) {
	program := testkit.Compile(t, testkit.Source("signals.c"))
	t.Setenv("LIBRARY", testkit.Shared)
	for _, name := range testkit.CaseNames(t, program) {
		t.Run(name, func(t *testing.T) { testkit.Run(t, program, name) })
	}
}

// The control: as a plain Go library the same code fails these.
func TestSignalsOfAPlainLibrary(t *testing.T) {
	program := testkit.Compile(t, testkit.Source("signals.c"))
	t.Setenv("LIBRARY", testkit.PlainLibrary(t))
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
