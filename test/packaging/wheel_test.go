// SPDX-License-Identifier: MIT

package packaging

import (
	"path/filepath"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// The wheel and the sdist, in the words of those who install them: test_wheel.py.
func TestWheel(t *testing.T) {
	out := testkit.Run(t, "env", "-C", filepath.Join(testkit.Root, "bindings", "python"),
		testkit.Tool("PYTHON", "python3"), "-m", "unittest", "discover", "-v",
		"-s", filepath.Join(testkit.Root, "test", "packaging"))
	assert.Regexp(t, `\nRan \d{2} tests in`, out)
	assert.Regexp(t, `\nOK\n\z`, out, "a test was skipped")
}
