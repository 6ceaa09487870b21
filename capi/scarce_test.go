// SPDX-License-Identifier: MIT

package main

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const scarceProgram = "testdata/scarce.c"

func TestScarceMemory(t *testing.T) {
	runCases(t, "scarce.c", languages[0].compile(t, scarceProgram))
}

// The control: a library whose calls have their memory from Go's runtime.
func TestScarceMemoryOfGoEndsTheHost(t *testing.T) {
	library := rebuilt(t, change{"capi/scratch.go", "func init() {", "func never() {"})
	program := against(t, scarceProgram, library)
	for _, name := range []string{"long_list_addresses", "long_list_data"} {
		var failure *exec.ExitError
		require.ErrorAs(t, exec.CommandContext(t.Context(), program, name).Run(), &failure, name)
		assert.NotEqual(t, 1, failure.ExitCode(), "%s ends by a CHECK, and not by the runtime", name)
	}
}
