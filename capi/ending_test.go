// SPDX-License-Identifier: MIT

package main

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
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
