// SPDX-License-Identifier: MIT

package proofs

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// root is the checkout.
var root = absolute("..")

func absolute(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		panic(err)
	}
	return path
}

// An edit replaces the one place in a file that reads before.
type edit struct{ file, before, after string }

// tree gives a folder with a copy of what the library is built from, with the
// edits made: the place where variants are built.
func tree(t *testing.T, edits ...edit) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"capi", "internal", "secrets", "include"} {
		require.NoError(t, os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join(root, name))))
	}
	for _, name := range []string{"Makefile", "go.mod", "go.sum"} {
		write(t, filepath.Join(dir, name), read(t, filepath.Join(root, name)))
	}
	for _, e := range edits {
		e.apply(t, dir)
	}
	return dir
}

func (e edit) apply(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, e.file)
	text := read(t, path)
	require.Equal(t, 1, strings.Count(text, e.before), "%s must have this once: %s", e.file, e.before)
	write(t, path, strings.Replace(text, e.before, e.after, 1))
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

// library makes one library of a tree, libsecrets.a or libsecrets.so, with
// settings of the Makefile and of the environment.
func library(t *testing.T, dir, name string, settings ...string) string {
	t.Helper()
	run(t, dir, "make", append([]string{"-s", "build/" + name}, settings...)...)
	return filepath.Join(dir, "build", name)
}

// compile makes a program of a source and a library, shared or static.
func compile(t *testing.T, source, library string, flags ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), strings.TrimSuffix(filepath.Base(source), ".c"))
	args := append([]string{"-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-g", "-pthread",
		"-I" + filepath.Join(root, "include"), "-I" + filepath.Join(root, "capi", "testdata")}, flags...)
	run(t, ".", cc(), append(args, source, "-o", program, library, "-lm", "-Wl,-rpath,"+filepath.Dir(library))...)
	return program
}

func cc() string {
	if command := os.Getenv("CC"); command != "" {
		return command
	}
	return "cc"
}

// run runs a command to its end in a folder and gives what it printed. It fails
// the test where the command fails.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	out, err := attempt(t, dir, name, args...)
	require.NoError(t, err, "%s %s\n%s", name, strings.Join(args, " "), out)
	return out
}

// attempt runs a command that may fail, for at most ten minutes.
func attempt(t *testing.T, dir, name string, args ...string) (string, error) {
	t.Helper()
	return limited(t, 10*time.Minute, dir, nil, name, args...)
}

// limited is attempt with a limit and an environment of its own. All that the
// command has started ends with it.
func limited(t *testing.T, limit time.Duration, dir string, environment []string, name string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	command := exec.CommandContext(ctx, name, args...)
	command.Dir = dir
	command.Env = append(os.Environ(), environment...)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	command.WaitDelay = time.Second
	out, err := command.CombinedOutput()
	return string(out), err
}
