// SPDX-License-Identifier: MIT

package hosts

import (
	"regexp"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

var endingProgram = testkit.Source("ending.c")

// A process ends when its host's threads have ended: after pthread_exit in main, and in a child
// whose last thread returns.
func TestEnding(t *testing.T) {
	program := testkit.Compile(t, endingProgram, "-ldl")
	runInTurn(t, withLibrary(testkit.Shared, program)...)
}

// The control: the threads of a plain Go library keep every process that loaded it alive, whether
// it has called or not. A forked child does not have them.
func TestEndingWithAPlainLibrary(t *testing.T) {
	t.Parallel()
	program := withLibrary(testkit.PlainLibrary(t), testkit.Compile(t, endingProgram, "-ldl"),
		"DEADLINE=1")
	out := fails(t, append(program, "programs")...)
	assert.Contains(t, out, "nobody_calls: stays alive\n")
	assert.Contains(t, out, "main_calls_and_ends_last: stays alive\n")
}

// callsAtExit returns the system calls of a program that has called the library, after the mark
// before its return from main.
func callsAtExit(t *testing.T, library string) []string {
	t.Helper()
	after := tracedAfterMark(t, testkit.Against(t, testkit.Source("exit.c"), library))
	return regexp.MustCompile(`\w+\(`).FindAllString(after, -1)
}

// The library makes no system call when a process exits, as a filter may allow none. The control
// frees everything, as when it is unloaded.
func TestExitCallsNothing(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"exit_group("}, callsAtExit(t, testkit.Shared))
	library := testkit.Rebuilt(t, testkit.Change{File: "capi/engine.c",
		Before: "\tint exits = 1;\n", After: "\tint exits = 1;\n\treturn 1;\n"})
	assert.Contains(t, callsAtExit(t, library), "munmap(")
}
