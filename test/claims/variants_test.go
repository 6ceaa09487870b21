// SPDX-License-Identifier: MIT

package claims

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/require"
)

// library builds one library of a tree, libsecrets.a or libsecrets.so, with settings of the
// Makefile and of the environment.
func library(t *testing.T, dir, name string, settings ...string) string {
	t.Helper()
	run(t, dir, "make", append([]string{"-s", "build/" + name}, settings...)...)
	return filepath.Join(dir, "build", name)
}

// compile compiles a program, with a shared or a static library.
func compile(t *testing.T, source, library string, flags ...string) string {
	t.Helper()
	flags = append([]string{"-I" + testkit.Source(".")}, flags...)
	return testkit.Compile(t, source, append(flags, library, "-lm",
		"-Wl,-rpath,"+filepath.Dir(library))...)
}

// run runs a command to its end in a folder and returns what it printed. If the command fails, so
// does the test.
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

// limited is attempt with a limit and an environment of its own. At the limit everything that the
// command has started is killed.
func limited(t *testing.T, limit time.Duration, dir string, environment []string, name string,
	args ...string) (string, error) {
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
