// SPDX-License-Identifier: MIT

package hosts

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// auditor compiles the program that examines everything a library could change in its host.
func auditor(t *testing.T) string {
	return testkit.Compile(t, testkit.Source("audit.c"), "-ldl", "-lm")
}

// audit returns the lines that it prints about a library, with settings in its environment.
func audit(t *testing.T, program, library string, settings ...string) []string {
	t.Helper()
	command := exec.CommandContext(t.Context(), program)
	command.Env = append([]string{"PATH=" + os.Getenv("PATH"), "LIBRARY=" + library}, settings...)
	out, err := command.CombinedOutput()
	require.NoError(t, err, "%s\n%s", settings, out)
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// documented returns the same lines from the table in docs/internals.md, for each of the three
// moments: what a first call leaves, a thousand leave too.
func documented(t *testing.T) (lines []string) {
	t.Helper()
	for _, cells := range testkit.CellsOf(t, testkit.Internals(t, "What a call leaves behind"), 4) {
		what, load, call := cells[0], cells[1], cells[2]
		assert.NotEmpty(t, cells[3], "the reason for %s", what)
		for when, change := range map[string]string{
			"load": load, "first call": call, "thousand calls": call,
		} {
			if change != "" {
				lines = append(lines, "after "+when+": "+what+": "+change)
			}
		}
	}
	return lines
}

// Every difference in a host is documented with its reason, and there are no others. Nothing
// wakes up in ten seconds.
func TestAudit(t *testing.T) {
	t.Parallel()
	if runtime.GOARCH != "amd64" {
		t.Skip("the table has the numbers of x86-64")
	}
	assert.ElementsMatch(t, documented(t), audit(t, auditor(t), testkit.Shared, "IDLE=10"))
}

// The control: a plain Go library changes more, in at least eight respects.
func TestAuditOfAPlainLibrary(t *testing.T) {
	allowed := documented(t)
	kinds := map[string]bool{}
	for _, line := range audit(t, auditor(t), testkit.PlainLibrary(t)) {
		what := strings.Split(line, ": ")[1]
		// Differences in the amount of these do not count as another respect.
		if strings.HasPrefix(what, "MB ") || what == "threads" || what == "masks of other threads" {
			continue
		}
		if !slices.Contains(allowed, line) {
			kinds[what] = true
		}
	}
	t.Log(kinds)
	assert.GreaterOrEqual(t, len(kinds), 8)
}

// The control of the program: every probe notices a library that changes everything, except its
// control group, as few hosts may do that.
func TestAuditOfABadGuest(t *testing.T) {
	library := filepath.Join(t.TempDir(), "guest.so")
	testkit.Compile(t, testkit.Source("bad_guest.c"), "-shared", "-fPIC", "-o", library, "-lm")
	out := strings.Join(audit(t, auditor(t), library), "\n")
	source := testkit.Read(t, testkit.Source("audit.c"))
	probes := regexp.MustCompile(`\{ "([^"]+)", read_`).FindAllStringSubmatch(source, -1)
	require.NotEmpty(t, probes)
	for _, probe := range probes {
		if probe[1] != "control group" {
			assert.Contains(t, out, "after first call: "+probe[1]+": ")
		}
	}
}

// The control of the idle seconds: a runtime that prints statistics wakes up for it.
func TestAuditSeesWakeUps(t *testing.T) {
	out := audit(t, auditor(t), testkit.PlainLibrary(t), "IDLE=1", "GODEBUG=schedtrace=100")
	assert.Contains(t, strings.Join(out, "\n"), "wake-ups in 1 seconds")
}
