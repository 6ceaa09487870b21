// SPDX-License-Identifier: MIT

package main

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
)

const mixedProgram = "testdata/mixed.c"

// processors has the runtime schedule for 64 processors, and garbage has calls take their memory
// from it.
var (
	processors = []change{
		{"capi/warm.go", "import (\n", "import (\n\t\"runtime\"\n"},
		{"capi/warm.go", "func init() {\n", "func init() {\n\truntime.GOMAXPROCS(64)\n"},
	}
	garbage = change{"capi/scratch.go", "func init() {", "func never() {"}
)

// After a first call the library needs no thread and no memory that it cannot do without: under
// limits that are frozen then, a million random calls from many threads are done, or are
// SECRETS_ENOMEM, and none adds a thread, however many processors there are.
func TestMixedCallsUnderFrozenLimits(t *testing.T) {
	runCases(t, "mixed.c", against(t, mixedProgram, shared))
	t.Setenv("CALLS", "100000")
	runCases(t, "mixed.c", against(t, mixedProgram, rebuilt(t, processors...)))
}

// The control: calls that leave garbage, which makes threads where there are processors, and
// have the runtime end the process.
func TestMixedCallsThatLeaveGarbage(t *testing.T) {
	t.Setenv("CALLS", "100000")
	program := against(t, mixedProgram, rebuilt(t, append(processors, garbage)...))
	for _, name := range []string{"no_limit", "frozen_addresses", "frozen_data"} {
		out, err := exec.CommandContext(t.Context(), program, name).CombinedOutput()
		assert.Error(t, err, "%s\n%s", name, out)
	}
}
