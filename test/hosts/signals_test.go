// SPDX-License-Identifier: MIT

package hosts

import (
	"testing"

	"libsecrets/internal/testkit"
)

// The host's signal handlers, masks and stacks are unchanged.
func TestSignals(t *testing.T) {
	program := testkit.Compile(t, testkit.Source("signals.c"))
	runInTurn(t, withLibrary(testkit.Shared, program)...)
}

// The control: a plain Go library of the same code fails these cases.
func TestSignalsOfAPlainLibrary(t *testing.T) {
	t.Parallel()
	program := withLibrary(testkit.PlainLibrary(t), testkit.Compile(t, testkit.Source("signals.c")))
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
		fails(t, append(program, name)...)
	}
}
