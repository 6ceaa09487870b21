// SPDX-License-Identifier: MIT

package hosts

import (
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

var waitingProgram = testkit.Source("waiting.c")

func TestWaiting(t *testing.T) {
	testkit.RunCases(t, "waiting.c", testkit.Compile(t, waitingProgram))
}

// The control: long calls may take every slot.
func TestWaitingForLongCalls(t *testing.T) {
	t.Parallel()
	library := testkit.Rebuilt(t, testkit.Change{File: "capi/slots.c",
		Before: "work >= SLOT_LARGE && count > 1", After: "work < 1"})
	program := testkit.Against(t, waitingProgram, library)
	assert.Contains(t, fails(t, program, "short_calls_beside_long_ones"), "failed")
}
