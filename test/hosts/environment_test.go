// SPDX-License-Identifier: MIT

package hosts

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Settings that Go runtimes read, in as few environments as can hold them all.
var environments = [][]string{
	{
		"GODEBUG=inittrace=1,gctrace=1,schedtrace=1000,fips140=on,asyncpreemptoff=0,cgocheck=2",
		"GOGC=1", "GOMAXPROCS=1", "GOTRACEBACK=crash", "GOMEMLIMIT=512Mi",
	},
	{"GODEBUG=fips140=bogus", "GOGC=off", "GOMAXPROCS=100000", "GOMEMLIMIT=bogus"},
	{"GOGC=bogus"},
}

// Those by which a plain Go library shows that it has read them: by a message on stderr, or by its
// end.
var shown = []string{
	"GODEBUG=inittrace=1", "GODEBUG=schedtrace=1000", "GODEBUG=fips140=bogus",
	"GODEBUG=cgocheck=2", "GOMEMLIMIT=512Mi", "GOMEMLIMIT=bogus",
}

// said returns what a program prints on stderr, and how it ends.
func said(t *testing.T, program string, settings ...string) string {
	var errors strings.Builder
	command := exec.CommandContext(t.Context(), "timeout", "10", program)
	command.Env = append(os.Environ(), settings...)
	command.Stderr = &errors
	_ = command.Run() // its end is part of the answer
	return errors.String() + command.ProcessState.String()
}

// This library reads none of them: the host works as without, and nothing is printed, neither in
// the host nor in a child.
func TestEnvironmentIsNotRead(t *testing.T) {
	program, plain := auditor(t), "LIBRARY="+testkit.PlainLibrary(t)
	forks := testkit.Against(t, testkit.Source("large_tls.c"), testkit.Shared, "-DSIZE=1")
	without := audit(t, program, testkit.Shared)
	assert.Equal(t, "exit status 0", said(t, program, plain),
		"of a plain Go library that is told nothing")
	for _, settings := range environments {
		assert.Equal(t, without, audit(t, program, testkit.Shared, settings...), settings)
		assert.Equal(t, "exit status 0", said(t, forks, settings...), settings)
	}
	for _, setting := range shown {
		assert.NotEqual(t, "exit status 0", said(t, program, plain, setting), setting)
	}
	few, many := audit(t, program, testkit.PlainLibrary(t)),
		audit(t, program, testkit.PlainLibrary(t), "GOMAXPROCS=1000")
	require.Contains(t, few[1], "MB of addresses")
	assert.NotEqual(t, few[1], many[1], "which GOMAXPROCS changes")
}

// One setting has an effect only during calls that take long (TestSignalsOfAPlainLibrary has the
// control).
func TestEnvironmentIsNotReadLater(t *testing.T) {
	t.Setenv("GODEBUG", "asyncpreemptoff=0")
	t.Setenv("LIBRARY", testkit.Shared)
	program := testkit.Compile(t, testkit.Source("signals.c"))
	assert.Equal(t, "no_sigurg\n", testkit.Run(t, program, "no_sigurg"),
		"nothing but the case's name")
}
