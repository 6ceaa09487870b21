// SPDX-License-Identifier: MIT

package tool

import (
	"cmp"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// keeping is the tool, linked with a secrets_wipe that does nothing at its call KEEP.
func keeping(t *testing.T) string {
	t.Helper()
	wrapped := filepath.Join(t.TempDir(), "keeping.c")
	testkit.Write(t, wrapped, `#include <secrets.h>
#include <stdlib.h>

void __real_secrets_wipe(void *buffer, size_t size);
void __wrap_secrets_wipe(void *buffer, size_t size);

void __wrap_secrets_wipe(void *buffer, size_t size)
{
	static int calls;
	const char *kept = getenv("KEEP");
	calls += size > 8; /* or it is a single number */
	if (kept == NULL || calls != atoi(kept))
		__real_secrets_wipe(buffer, size);
}
`)
	objects := testkit.Glob(t, filepath.Join(filepath.Dir(testkit.Static), "command/*.o"))
	return testkit.Compile(t, wrapped, append(objects, "-Wl,--wrap=secrets_wipe", "-Wl,-z,now",
		testkit.Static)...)
}

// When the tool has ended, no secret that it has printed or read is left in its memory. The
// controls: of the buffers that it wipes, each one holds a secret if only that is not wiped.
func TestNoSecretIsLeft(t *testing.T) {
	searching := filepath.Join(t.TempDir(), "leftovers.so")
	testkit.Run(t, testkit.Tool("CC", "cc"), "-std=c99", "-Wall", "-Wextra", "-Werror", "-O1",
		"-shared", "-fPIC", "-Wl,-z,now", testkit.Source("leftovers.c"), "-o", searching)
	control := keeping(t)
	// Keys for more than one buffer of input. It is searched for few of them, as that takes time.
	keys := strings.SplitAfter(run(t, nil, "apikey", "acme", "--count", "150").stdout, "\n")
	many, two := file(t, strings.Join(keys, "")), file(t, keys[0]+keys[1])
	for _, c := range []struct {
		words, stdin string
		secrets      string // a file with what is searched for, if that is not the output
		wipes        int
	}{
		{"token --count 3", "/dev/null", "", 2},
		{"password --count 3", "/dev/null", "", 2},
		{"passphrase --count 3", "/dev/null", "", 3},
		{"check", many, file(t, strings.Join(keys[20:69], "")), 3},
		{"check --against " + two, two, file(t, keys[1]), 2},
	} {
		leaves := func(program string, variables ...string) (status int, stderr string) {
			output := filepath.Join(t.TempDir(), "output")
			variables = append(variables, "LD_PRELOAD="+searching,
				"SECRETS="+cmp.Or(c.secrets, output))
			return callWith(t, variables, program, c.words, c.stdin, output)
		}
		status, stderr := leaves(testkit.Command)
		assert.Equal(t, done, status, "%s: %s", c.words, stderr)
		for n := range c.wipes {
			status, stderr := leaves(control, "KEEP="+strconv.Itoa(n+1))
			assert.Equal(t, 99, status, "%s, wipe %d: %s", c.words, n+1, stderr)
		}
	}
}

// callWith runs a program with those variables in the environment and its input and output in
// files.
func callWith(t *testing.T, variables []string, program, words, stdin,
	stdout string) (status int, stderr string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "env", append(variables, "sh", "-c",
		`exec "$0" $1 <"$2" >"$3"`, program, words, stdin, stdout)...)
	var out strings.Builder
	command.Stderr = &out
	if err := command.Run(); err != nil {
		require.ErrorAs(t, err, new(*exec.ExitError))
	}
	return command.ProcessState.ExitCode(), out.String()
}
