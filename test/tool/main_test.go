// SPDX-License-Identifier: MIT

// Package tool tests the command-line tool, as make has built it: what it prints, its exit
// statuses, what it leaves in memory, its manual page and the completions of shells.
package tool

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// A result is what a run of the tool has left.
type result struct {
	status         int
	stdout, stderr string
}

// run runs the tool to its end.
func run(t *testing.T, stdin io.Reader, args ...string) (r result) {
	t.Helper()
	r.status, r.stdout, r.stderr = testkit.Feed(t, stdin, testkit.Command, args...)
	return r
}

// A use is a command line, in words or if these have blanks as args, and what it is expected to
// leave: both outputs are matched as a whole. An exit status other than 0 needs no stdout.
type use struct {
	words          string
	stdin          string
	status         int
	stdout, stderr string
	args           []string
}

const (
	done    = 0
	no      = 1
	misused = 2
	failed  = 3
)

// check runs all of them.
func check(t *testing.T, uses []use) {
	t.Helper()
	for _, u := range uses {
		args := append(strings.Fields(u.words), u.args...)
		r := run(t, strings.NewReader(u.stdin), args...)
		assert.Equal(t, u.status, r.status, "%q: %s", args, r.stderr)
		assert.Regexp(t, `\A(?:`+u.stdout+`)\z`, r.stdout, "%q", args)
		stderr := u.stderr
		if u.status == misused || u.status == failed {
			stderr = "libsecrets: " + stderr + "\n"
		}
		assert.Regexp(t, `\A(?:`+stderr+`)\z`, r.stderr, "%q", args)
	}
}

// file writes a file of that content and returns its path.
func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	testkit.Write(t, path, text)
	return path
}
