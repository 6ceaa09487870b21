// SPDX-License-Identifier: MIT

package main

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
)

const waitingProgram = "testdata/waiting.c"

func TestWaiting(t *testing.T) {
	runCases(t, "waiting.c", languages[0].compile(t, waitingProgram))
}

// The control: long calls may have every slot.
func TestWaitingForLongCalls(t *testing.T) {
	library := rebuilt(t, change{"capi/slots.h", "((size_t)1 << 16)", "((size_t)-1)"})
	program := against(t, waitingProgram, library)
	out, err := exec.CommandContext(t.Context(), program, "short_calls_beside_long_ones").CombinedOutput()
	assert.Error(t, err)
	assert.Contains(t, string(out), "failed", "%s", out)
}
