// SPDX-License-Identifier: MIT

package hosts

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// Settings that Go runtimes read, and whether a plain Go library shows that it has read them: by
// a message on stderr, or by its end.
var environments = []struct {
	setting string
	shows   bool
}{
	{"GODEBUG=inittrace=1", true},
	{"GODEBUG=gctrace=1", false},
	{"GODEBUG=schedtrace=1000", true},
	{"GODEBUG=fips140=on", false},
	{"GODEBUG=fips140=bogus", true},
	{"GODEBUG=asyncpreemptoff=0", false},
	{"GODEBUG=cgocheck=2", true},
	{"GOGC=1", false},
	{"GOGC=off", false},
	{"GOGC=bogus", false},
	{"GOMAXPROCS=1", false},
	{"GOMAXPROCS=100000", true},
	{"GOTRACEBACK=crash", false},
	{"GOMEMLIMIT=512Mi", true},
	{"GOMEMLIMIT=bogus", true},
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
	for _, e := range environments {
		t.Run(e.setting, func(t *testing.T) {
			assert.Equal(t, without, audit(t, program, testkit.Shared, e.setting))
			assert.Equal(t, "exit status 0", said(t, forks, e.setting))
			if e.shows {
				assert.NotEqual(t, "exit status 0", said(t, program, plain, e.setting),
					"of a plain Go library")
			}
		})
	}
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
