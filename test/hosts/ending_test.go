// SPDX-License-Identifier: MIT

package hosts

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var endingProgram = testkit.Source("ending.c")

// A process ends when its host's threads have ended: after pthread_exit in main, and in a child
// whose last thread returns.
func TestEnding(t *testing.T) {
	t.Setenv("LIBRARY", testkit.Shared)
	program := testkit.Compile(t, endingProgram, "-ldl")
	for _, name := range testkit.CaseNames(t, program) {
		t.Run(name, func(t *testing.T) { testkit.Run(t, program, name) })
	}
}

// The control: the threads of a plain Go library keep every process alive that loaded it, called or
// not. A forked child has none of them.
func TestEndingWithAPlainLibrary(t *testing.T) {
	t.Setenv("LIBRARY", testkit.PlainLibrary(t))
	t.Setenv("DEADLINE", "1")
	program := testkit.Compile(t, endingProgram, "-ldl")
	out, err := exec.CommandContext(t.Context(), program, "programs").CombinedOutput()
	assert.Error(t, err)
	assert.Contains(t, string(out), "nobody_calls: stays alive\n")
	assert.Contains(t, string(out), "main_calls_and_ends_last: stays alive\n")
}

// callsAtExit gives the system calls of a program that has called the library, from its return
// from main on.
func callsAtExit(t *testing.T, library string) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "trace")
	testkit.Run(t, "strace", "-f", "-qq", "-o", path, testkit.Against(t, testkit.Source("exit.c"), library))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	_, after, found := strings.Cut(string(text), `write(-1, "mark"`)
	require.True(t, found)
	return regexp.MustCompile(`\w+\(`).FindAllString(after, -1)
}

// At the end of a process nothing is called, as a filter may allow nothing but that. The control
// gives everything back, as when it is unloaded.
func TestExitCallsNothing(t *testing.T) {
	assert.Equal(t, []string{"exit_group("}, callsAtExit(t, testkit.Shared))
	library := testkit.Rebuilt(t, testkit.Change{File: "capi/engine.c", Before: "\tint exits = 1;\n", After: "\tint exits = 1;\n\treturn 1;\n"})
	assert.Contains(t, callsAtExit(t, library), "munmap(")
}
