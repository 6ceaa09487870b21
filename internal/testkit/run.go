// SPDX-License-Identifier: MIT

package testkit

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Run runs a command to its end and returns what it printed on either output. If the command
// fails, so does the test.
func Run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	require.NoError(t, err, "%s %s\n%s", name, strings.Join(args, " "), out)
	return string(out)
}

// Tool returns the command that an environment variable names, or else the default.
func Tool(variable, otherwise string) string {
	if command := os.Getenv(variable); command != "" {
		return command
	}
	return otherwise
}

// MakeIn returns the command that runs make in a folder, without any setting that make reads,
// under other commands around it.
func MakeIn(folder string, around ...string) []string {
	command := []string{"env"}
	for _, name := range strings.Fields(`MAKEFLAGS MAKELEVEL BUILD PREFIX BINDIR LIBDIR INCLUDEDIR
		DATADIR MANDIR DOCDIR DESTDIR SOURCE_DATE_EPOCH`) {
		command = append(command, "-u", name)
	}
	return append(append(command, around...), "make", "-s", "-C", folder)
}

// Makes runs make in a folder. If that fails, so does the test.
func Makes(t *testing.T, folder string, args ...string) string {
	t.Helper()
	command := append(MakeIn(folder), args...)
	return Run(t, command[0], command[1:]...)
}

// Glob returns the paths that match a pattern, at least one.
func Glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	require.NoError(t, err)
	require.NotEmpty(t, paths, pattern)
	return paths
}

// Only returns the one path that matches a pattern.
func Only(t *testing.T, pattern string) string {
	t.Helper()
	paths := Glob(t, pattern)
	require.Len(t, paths, 1)
	return paths[0]
}

// Read returns the text of a file.
func Read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// Write writes a file.
func Write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

// Call runs a command to its end, whether it succeeds or not.
func Call(t *testing.T, name string, args ...string) (status int, stdout, stderr string) {
	return Feed(t, nil, name, args...)
}

// Feed runs a command with an input to its end, whether it succeeds or not.
func Feed(t *testing.T, stdin io.Reader, name string, args ...string) (status int, stdout,
	stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	command := exec.CommandContext(t.Context(), name, args...)
	command.Stdin, command.Stdout, command.Stderr = stdin, &out, &errs
	var failure *exec.ExitError
	if err := command.Run(); errors.As(err, &failure) {
		status = failure.ExitCode()
	} else {
		require.NoError(t, err)
	}
	return status, out.String(), errs.String()
}

// Install returns the program of a Go module with a version, which the go command fetches.
func Install(t *testing.T, module string) string {
	t.Helper()
	folder := t.TempDir()
	command := exec.CommandContext(t.Context(), Tool("GO", "go"), "install", module)
	command.Dir, command.Env = folder, append(os.Environ(), "GOBIN="+folder, "GOFLAGS=")
	out, err := command.CombinedOutput()
	require.NoError(t, err, "%s: %s", module, out)
	return Only(t, filepath.Join(folder, "*"))
}
