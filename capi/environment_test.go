// SPDX-License-Identifier: MIT

package main

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
)

// What the host's environment says to Go runtimes is not for this one: each of these makes a
// plain Go library say something, or ends it.
func TestEnvironmentIsNotRead(t *testing.T) {
	quiet := against(t, "testdata/large_tls.c", shared, "-DSIZE=1")
	plain := against(t, "testdata/large_tls.c", plainLibrary(t), "-DSIZE=1")
	said := func(program, setting string) string {
		command := exec.CommandContext(t.Context(), "timeout", "10", program)
		command.Env = append(command.Environ(), setting)
		out, _ := command.CombinedOutput()
		return string(out) + command.ProcessState.String()
	}
	for _, setting := range []string{
		"GODEBUG=inittrace=1", "GODEBUG=schedtrace=1", "GODEBUG=fips140=bogus", "GODEBUG=fips140=on", "GODEBUG=cgocheck=2",
		"GOMEMLIMIT=512Mi", "GOMEMLIMIT=bogus", "GOGC=bogus",
	} {
		assert.Equal(t, "exit status 0", said(quiet, setting), setting)
	}
	for _, setting := range []string{"GODEBUG=inittrace=1", "GODEBUG=fips140=bogus", "GODEBUG=cgocheck=2", "GOMEMLIMIT=512Mi"} {
		assert.NotEqual(t, "exit status 0", said(plain, setting), "of a plain Go library: %s", setting)
	}
}
