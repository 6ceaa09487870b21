// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A mutant is a fault put into the sources. If no test can see it, reason says why.
type mutant struct {
	testkit.Change
	reason string
}

// mutants reads the table: file, text before, text after, reason, separated by tabs. \n, \t and
// \\ in them mean what they do in C.
func mutants(t *testing.T) []mutant {
	var list []mutant
	plain := strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\\`, `\`)
	for _, line := range strings.Split(strings.TrimSuffix(testkit.Read(t, "testdata/mutants.tsv"),
		"\n"), "\n")[1:] {
		fields := strings.Split(line, "\t")
		require.Len(t, fields, 4, line)
		list = append(list, mutant{testkit.Change{File: fields[0], Before: plain.Replace(fields[1]),
			After: plain.Replace(fields[2])}, fields[3]})
	}
	return list
}

// Every edit applies to the sources, so that no claim is without its control.
func TestEditsFitTheSources(t *testing.T) {
	for _, m := range mutants(t) {
		text := testkit.Read(t, filepath.Join(testkit.Root, m.File))
		assert.Equal(t, 1, strings.Count(text, m.Before), "%s has this once: %s", m.File, m.Before)
	}
	brokenTree(t)
	brokenInChildren(t)
	testkit.Tree(t, slices.Concat(racing, tables, []testkit.Change{testkit.AsksForBounds})...)
	testkit.Tree(t, append(unchecked, branching)...)
	testkit.Tree(t, drawsMarked, drawsPanic, keysAhead, charsAhead, shufflesAhead, notDeferred,
		wipedLate)
}

// mutantsAreCaught applies one mutant after another and runs the tests. The first two change
// nothing: if they were caught, all would be.
func mutantsAreCaught(t *testing.T) evidence {
	bench := newTestBench(t, library(t, testkit.Tree(t), "libsecrets.so"))
	for _, file := range []string{"secrets/wipe.go", "capi/status.go"} {
		m := mutant{Change: testkit.Change{File: file, Before: "// SPDX",
			After: "// The same. SPDX"}}
		require.Empty(t, m.caught(t, bench), "a mutant that changes nothing in %s is caught", file)
	}
	var tally tally
	t.Run("each", func(t *testing.T) {
		for i, m := range mutants(t) {
			t.Run(strconv.Itoa(i+1), func(t *testing.T) {
				t.Parallel()
				tally.add(m, m.caught(t, bench))
			})
		}
	})
	tally.judge(t)
	return evidence{
		figure: fmt.Sprintf("%d of %d mutants", tally.caught, tally.mutants),
		caught: fmt.Sprintf("all but %d that no test can see; none of the two that change nothing",
			len(tally.survivors)),
	}
}

// caught returns the failure by which the tests see the mutant; "" if they do not. A mutant that
// does not compile is an error in the table.
func (m mutant) caught(t *testing.T, bench testBench) string {
	dir := testkit.Tree(t, m.Change)
	if strings.HasPrefix(m.File, "secrets/") {
		if failure := coreFailure(t, dir); failure != "" {
			return failure
		}
	}
	if m.File == "capi/heap.c" {
		if failure := heapFailure(t, dir); failure != "" {
			return failure
		}
	}
	return bench.firstFailure(t, filepath.Dir(library(t, dir, "libsecrets.so")))
}

// coreFailure returns the first failure of the tests of the core in a tree.
func coreFailure(t *testing.T, dir string) string {
	run(t, dir, "go", "test", "-c", "-trimpath", "-ldflags=-s -w", "-o", "core.test", "./secrets")
	out, err := limited(t, patience, filepath.Join(dir, "secrets"), nil, "../core.test",
		"-test.failfast")
	if err != nil {
		return fmt.Sprintf("%v\n%s", err, out)
	}
	return ""
}

// A tally counts the mutants that were caught.
type tally struct {
	sync.Mutex
	mutants, caught int
	survivors       []mutant
	stale           []mutant // which a test sees, although the table says that none can
}

func (y *tally) add(m mutant, failure string) {
	y.Lock()
	defer y.Unlock()
	y.mutants++
	if failure == "" {
		y.survivors = append(y.survivors, m)
		return
	}
	y.caught++
	if m.reason != "" {
		y.stale = append(y.stale, m)
	}
}

func (y *tally) judge(t *testing.T) {
	for _, m := range y.survivors {
		fmt.Printf("      survives: %s: %q -> %q: %s\n", m.File, m.Before, m.After, m.reason)
		assert.NotEmpty(t, m.reason, "%s survives: %q -> %q", m.File, m.Before, m.After)
	}
	for _, m := range y.stale {
		assert.Fail(t, "caught after all", "%s: %q -> %q", m.File, m.Before, m.After)
	}
	assert.GreaterOrEqual(t, y.mutants, 60)
	assert.GreaterOrEqual(t, 100*y.caught, 95*y.mutants, "fewer than 95 %% are caught")
	if t.Failed() {
		t.FailNow()
	}
}
