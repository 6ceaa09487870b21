// SPDX-License-Identifier: MIT

package hosts

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// runInTurn runs each case of a program, one after the other.
func runInTurn(t *testing.T, program string) {
	for _, name := range testkit.CaseNames(t, program) {
		t.Run(name, func(t *testing.T) { t.Log(testkit.Run(t, program, name)) })
	}
}

// fails runs a control, which has to fail, and returns what it prints.
func fails(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	assert.Error(t, err, "%s %s\n%s", name, args, out)
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
