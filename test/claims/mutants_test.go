// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// engineFaults are faults of the C side that once went unnoticed, or nearly did. Each text stands
// once in capi/*.c. The controls of the other tests are more such faults.
var engineFaults = []struct{ before, after string }{
	{"PTHREAD_CANCEL_DISABLE, &cancel", "PTHREAD_CANCEL_ENABLE, &cancel"},
	{"return SECRETS_EENTROPY", "return SECRETS_ESTART"},
	{"leave_signals_alone();", "(void)leave_signals_alone;"},
	{"go_random_used = 1;", ""},
	{"pthread_sigmask(SIG_SETMASK, &host, NULL);", "(void)host;"},
	{"sigaltstack(&none, NULL)", "(void)none"},
	{"go_thread = NULL;", ""},
	{"errno == ENOSYS", "errno == EPERM"},
	{"to < old.at + old.size", "to > old.at + old.size"},
	{"!(flags & MAP_FIXED)", "(flags & MAP_FIXED)"},
	{"error == EINVAL && pool", "error == ENOMEM && pool"},
	{"return error == 0;", "return 1;"},
}

// mutantsAreCaught has the tests run on a core with other operators, and on an engine with faults.
func mutantsAreCaught(t *testing.T) evidence {
	program := testkit.Install(t, gremlins)
	survivors := mutantsOfCompare(t, program)
	t.Run("engine", engineFaultsAreCaught)
	if t.Failed() {
		t.FailNow()
	}
	return evidence{
		figure: fmt.Sprintf("%s, %d of %d faults of the engine", coreMutantsAreCaught(t, program),
			len(engineFaults), len(engineFaults)),
		caught: survivors + "; a change of a comment passes",
	}
}

// engineFaultsAreCaught applies one fault after another. The first changes nothing: if that was
// caught, all would be.
func engineFaultsAreCaught(t *testing.T) {
	bench := newTestBench(t, testkit.Shared)
	comment := testkit.Change{File: "capi/engine.c", Before: "SPDX", After: "The same. SPDX"}
	require.Empty(t, engineFailure(t, bench, comment), "a change of a comment is caught")
	for i, fault := range engineFaults {
		t.Run(strconv.Itoa(i+1), func(t *testing.T) {
			t.Parallel()
			change := inEngine(t, fault.before, fault.after)
			assert.NotEmpty(t, engineFailure(t, bench, change), "%s survives: %q -> %q",
				change.File, change.Before, change.After)
		})
	}
}

// engineFailure returns the failure by which the programs of test/c notice a change; "" if they
// do not.
func engineFailure(t *testing.T, bench testBench, change testkit.Change) string {
	t.Helper()
	if failure := heapFailure(t, testkit.Tree(t, change)); failure != "" {
		return failure
	}
	return bench.firstFailure(t, filepath.Dir(testkit.Rebuilt(t, change)))
}

// inEngine returns the change to the one file of the C side that has that text.
func inEngine(t *testing.T, before, after string) testkit.Change {
	t.Helper()
	for _, path := range testkit.Glob(t, filepath.Join(testkit.Root, "capi", "*.c")) {
		if strings.Contains(testkit.Read(t, path), before) {
			return testkit.Change{File: "capi/" + filepath.Base(path), Before: before, After: after}
		}
	}
	require.Fail(t, "no file of the C side has this", before)
	return testkit.Change{}
}

// Every edit applies to the sources, so that no claim is without its control.
func TestEditsFitTheSources(t *testing.T) {
	for _, fault := range engineFaults {
		testkit.Tree(t, inEngine(t, fault.before, fault.after))
	}
	brokenTree(t)
	brokenInChildren(t)
	testkit.Tree(t, slices.Concat(racing, tables, []testkit.Change{testkit.AsksForBounds})...)
	testkit.Tree(t, append(unchecked, branching)...)
	testkit.Tree(t, drawsMarked, drawsPanic, keysAhead, charsAhead, shufflesAhead, notDeferred,
		wipedLate)
}
