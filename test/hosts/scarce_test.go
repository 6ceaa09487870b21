// SPDX-License-Identifier: MIT

package hosts

import (
	"os/exec"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var scarceProgram = testkit.Source("scarce.c")

func TestScarceMemory(t *testing.T) {
	t.Parallel()
	testkit.RunCases(t, "scarce.c", testkit.Compile(t, scarceProgram))
}

// The control: a library whose calls allocate memory of Go's runtime.
func TestScarceMemoryOfGoEndsTheHost(t *testing.T) {
	t.Parallel()
	library := testkit.Rebuilt(t, garbage)
	program := testkit.Against(t, scarceProgram, library)
	for _, name := range []string{"long_list_addresses", "long_list_data"} {
		var failure *exec.ExitError
		require.ErrorAs(t, exec.CommandContext(t.Context(), program, name).Run(), &failure, name)
		assert.NotEqual(t, 1, failure.ExitCode(),
			"%s ends by a CHECK, and not by the runtime", name)
	}
}
