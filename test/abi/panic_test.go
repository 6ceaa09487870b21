// SPDX-License-Identifier: MIT

package abi

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A panic of the core becomes SECRETS_EINTERNAL, or the answer for invalid arguments where there
// is no status, in every function. Here all exports panic after their deferred call, and one that
// has none is noticed.
func TestPanicIsAStatus(t *testing.T) {
	const net = "\tdefer recovered("
	folder := filepath.Join(t.TempDir(), "changed")
	testkit.CopyTree(t, folder)
	exports, nets := 0, 0
	for _, path := range testkit.Glob(t, filepath.Join(folder, "capi", "*.go")) {
		text := testkit.Read(t, path)
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		exports += strings.Count(text, "\n//export ")
		var lines []string
		for line := range strings.Lines(text) {
			lines = append(lines, line)
			if strings.HasPrefix(line, net) {
				nets++
				lines = append(lines, "\tif panics {\n\t\tpanic(\"of the test\")\n\t}\n")
			}
		}
		testkit.Write(t, path, strings.Join(lines, ""))
	}
	status, err := os.OpenFile(filepath.Join(folder, "capi", "status.go"), os.O_APPEND|os.O_WRONLY,
		0)
	require.NoError(t, err)
	_, err = status.WriteString("\nvar panics = true\n")
	require.NoError(t, errors.Join(err, status.Close()))
	assert.Equal(t, exports-4, nets,
		"every export but the engine's: goGrowStack, goLeaveThread, goProcessors, goFirstDraw")
	testkit.Makes(t, folder, "build/libsecrets.so")
	testkit.RunCases(t, "panic.c", testkit.Against(t, testkit.Source("panic.c"),
		filepath.Join(folder, "build", "libsecrets.so"), "-lm"))
}

// panic.c calls every function that goes through Go.
func TestPanicCallsEveryFunction(t *testing.T) {
	text := testkit.Read(t, testkit.Source("panic.c"))
	inC := []string{"secrets_strerror", "secrets_token_hex_size", "secrets_token_urlsafe_size",
		"secrets_version", "secrets_wipe"}
	for _, name := range declared(t) {
		assert.Equal(t, !slices.Contains(inC, name), strings.Contains(text, name+"("), name)
	}
}
