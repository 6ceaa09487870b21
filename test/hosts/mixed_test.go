// SPDX-License-Identifier: MIT

package hosts

import (
	"testing"

	"libsecrets/internal/testkit"
)

var mixedProgram = testkit.Source("mixed.c")

// processors makes the engine see 64 processors, collects turns the collector on, and garbage
// makes calls allocate memory of the runtime.
var (
	processors = testkit.Change{File: "capi/engine.c", Before: "CPU_COUNT(&set) : SLOTS",
		After: "64 : SLOTS"}
	collects = testkit.Change{File: "capi/engine.c", Before: `"GOGC=off"`, After: `"GOGC=1"`}
	garbage  = testkit.Change{File: "capi/scratch.go", Before: "func init() {",
		After: "func never() {"}
)

// setCalls has the program make fewer calls than a million, which `make stress` makes.
func setCalls(t *testing.T) {
	if !stress {
		t.Setenv("CALLS", "50000")
	}
}

// After a first call the library needs no thread, and no memory whose lack would end the process.
// Under limits that are frozen then, each of many random calls from many threads succeeds or
// returns SECRETS_ENOMEM, and none adds a thread, however many processors there are.
func TestMixedCallsUnderFrozenLimits(t *testing.T) {
	setCalls(t)
	for _, library := range []string{testkit.Shared, testkit.Rebuilt(t, processors)} {
		testkit.RunCases(t, "mixed.c", testkit.Against(t, mixedProgram, library))
	}
}

// The controls: calls that leave garbage. The runtime asks the system for memory in vain, or
// starts threads to collect the garbage.
func TestMixedCallsThatLeaveGarbage(t *testing.T) {
	setCalls(t)
	grows := testkit.Against(t, mixedProgram, testkit.Rebuilt(t, processors, garbage))
	collected := testkit.Against(t, mixedProgram, testkit.Rebuilt(t, processors, garbage, collects))
	for _, control := range [][]string{
		{grows, "frozen_addresses"}, {grows, "frozen_data"}, {collected, "no_limit"},
	} {
		fails(t, control[0], control[1])
	}
}
