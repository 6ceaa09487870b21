// SPDX-License-Identifier: MIT

package hosts

import (
	"strings"
	"testing"

	"libsecrets/internal/testkit"
)

// Calls on other stacks than the thread's own cost the same as others: the C program itself
// checks that nobody asks for their bounds. The control is a library that asks, as Go does.
func TestOtherStacks(t *testing.T) {
	t.Parallel()
	program := testkit.Compile(t, testkit.Source("stacks.c"))
	testkit.RunCases(t, "stacks.c", program)
	control := testkit.Against(t, testkit.Source("stacks.c"),
		testkit.Rebuilt(t, testkit.AsksForBounds))
	for _, name := range testkit.CaseNames(t, program) {
		if strings.Contains(name, "fiber") {
			fails(t, control, name)
		}
	}
}
