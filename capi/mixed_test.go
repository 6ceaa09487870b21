// SPDX-License-Identifier: MIT

package main

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
)

const mixedProgram = "testdata/mixed.c"

// processors has the engine see 64 processors; collects has the collector on; and garbage has calls
// take their memory from the runtime.
var (
	processors = change{"capi/engine.c", "CPU_COUNT(&set) : SLOTS", "64 : SLOTS"}
	collects   = change{"capi/engine.c", `"GOGC=off"`, `"GOGC=1"`}
	garbage    = change{"capi/scratch.go", "func init() {", "func never() {"}
)

// After a first call the library needs no thread and no memory that it cannot do without: under
// limits that are frozen then, a million random calls from many threads are done, or are
// SECRETS_ENOMEM, and none adds a thread, however many processors there are.
func TestMixedCallsUnderFrozenLimits(t *testing.T) {
	runCases(t, "mixed.c", against(t, mixedProgram, shared))
	t.Setenv("CALLS", "100000")
	runCases(t, "mixed.c", against(t, mixedProgram, rebuilt(t, processors)))
}

// The controls: calls that leave garbage, for which the runtime asks the system in vain, or which
// threads of its own collect.
func TestMixedCallsThatLeaveGarbage(t *testing.T) {
	t.Setenv("CALLS", "100000")
	grows := against(t, mixedProgram, rebuilt(t, processors, garbage))
	collected := against(t, mixedProgram, rebuilt(t, processors, garbage, collects))
	for _, control := range [][]string{
		{grows, "frozen_addresses"}, {grows, "frozen_data"}, {collected, "no_limit"},
	} {
		out, err := exec.CommandContext(t.Context(), control[0], control[1]).CombinedOutput()
		assert.Error(t, err, "%s\n%s", control[1], out)
	}
}
