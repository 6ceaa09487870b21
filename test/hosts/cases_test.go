// SPDX-License-Identifier: MIT

package hosts

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// runInTurn runs each case of a program, one after the other.
func runInTurn(t *testing.T, program ...string) {
	list := testkit.Run(t, program[0], program[1:]...)
	for _, name := range testkit.NamesIn(t, list) {
		t.Run(name, func(t *testing.T) {
			t.Log(testkit.Run(t, program[0], append(program[1:], name)...))
		})
	}
}

// withLibrary returns the command that runs a program with a library to load and other settings in
// its environment.
func withLibrary(library, program string, settings ...string) []string {
	return slices.Concat([]string{"env", "LIBRARY=" + library}, settings, []string{program})
}

// fails runs a control, which has to fail, and returns what it prints.
func fails(t *testing.T, command ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), command[0], command[1:]...).CombinedOutput()
	assert.Error(t, err, "%s\n%s", command, out)
	return string(out)
}

// tracedAfterMark runs a program under strace, with options, and returns the system calls after
// the mark that the program makes.
func tracedAfterMark(t *testing.T, command ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "trace")
	testkit.Run(t, "strace", append([]string{"-f", "-qq", "-e", "signal=none", "-o", path},
		command...)...)
	_, after, found := strings.Cut(testkit.Read(t, path), `write(-1, "mark"`)
	require.True(t, found)
	return after
}
