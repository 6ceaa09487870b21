// SPDX-License-Identifier: MIT

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const endingProgram = "testdata/ending.c"

// A process ends when its host's threads have ended: after pthread_exit in main, and in a child
// whose last thread returns.
func TestEnding(t *testing.T) {
	t.Setenv("LIBRARY", shared)
	program := languages[0].compile(t, endingProgram, "-ldl")
	for _, name := range caseNames(t, program) {
		t.Run(name, func(t *testing.T) { run(t, program, name) })
	}
}

// The control: the threads of a plain Go library keep every process alive that loaded it, called or
// not. A forked child has none of them.
func TestEndingWithAPlainLibrary(t *testing.T) {
	t.Setenv("LIBRARY", plainLibrary(t))
	t.Setenv("DEADLINE", "1")
	program := languages[0].compile(t, endingProgram, "-ldl")
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
	run(t, "strace", "-f", "-qq", "-o", path, against(t, "testdata/exit.c", library))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	_, after, found := strings.Cut(string(text), `write(-1, "mark"`)
	require.True(t, found)
	return regexp.MustCompile(`\w+\(`).FindAllString(after, -1)
}

// At the end of a process nothing is called, as a filter may allow nothing but that. The control
// gives everything back, as when it is unloaded.
func TestExitCallsNothing(t *testing.T) {
	assert.Equal(t, []string{"exit_group("}, callsAtExit(t, shared))
	library := rebuilt(t, change{"capi/engine.c", "\tint exits = 1;\n", "\tint exits = 1;\n\treturn 1;\n"})
	assert.Contains(t, callsAtExit(t, library), "munmap(")
}
