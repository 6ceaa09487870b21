// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A reached counts the lines of the sources that the tests have run. Missed lines are recorded by
// file and text, as line numbers change.
type reached struct {
	lines, run int
	missed     []string
}

func (r reached) percent() float64 { return 100 * float64(r.run) / float64(r.lines) }

// testsReachEveryLine measures what the tests of the core and the programs of capi reach, and
// compares the rest with a list. Without one of the tests the list must differ.
func testsReachEveryLine(t *testing.T) evidence {
	core, side := coreReached(t), sideReached(t)
	requireListed(t, append(core.missed, side.missed...))
	require.GreaterOrEqual(t, core.percent(), 97.0, "statements of the core")
	require.GreaterOrEqual(t, side.percent(), 97.0, "lines of the C side")
	control := coreReached(t, "-skip", "^TestNeededEntropyRejects$")
	require.Contains(t, strings.Join(control.missed, "\n"), "secrets/entropy.go",
		"a test that is left out is not noticed")
	return evidence{
		figure: fmt.Sprintf("%.1f %% of the core's statements, %.1f %% of the C side's lines; %d "+
			"lines listed with a reason",
			core.percent(), side.percent(), len(core.missed)+len(side.missed)),
		caught: fmt.Sprintf("without one test of what is refused, %.1f %%", control.percent()),
	}
}

// requireListed requires that exactly the lines on the list are missed, except for lines that are
// reached by chance.
func requireListed(t *testing.T, missed []string) {
	t.Helper()
	var listed []string
	for _, fields := range uncovered(t) {
		line := fields[0] + "\t" + fields[1]
		if strings.HasPrefix(fields[2], "by chance: ") {
			missed = slices.DeleteFunc(missed, func(other string) bool { return other == line })
		} else {
			listed = append(listed, line)
		}
	}
	slices.Sort(missed)
	slices.Sort(listed)
	require.Equal(t, listed, slices.Compact(missed),
		"testdata/uncovered.tsv must have what no test reaches, and nothing else")
}

// coreReached runs the tests of the core with Go's own counters. A profile has lines of the form
//
//	libsecrets/secrets/FILE:LINE.COLUMN,LINE.COLUMN STATEMENTS COUNT
func coreReached(t *testing.T, args ...string) reached {
	t.Helper()
	profile := filepath.Join(t.TempDir(), "profile")
	run(t, testkit.Root, "go", append([]string{"test", "-count=1", "-coverprofile=" + profile,
		"./secrets"}, args...)...)
	var r reached
	block := regexp.MustCompile(`(?m)^libsecrets/(\S+):(\d+)\.\d+,(\d+)\.\d+ (\d+) (\d+)$`)
	for _, found := range block.FindAllStringSubmatch(testkit.Read(t, profile), -1) {
		statements, err := strconv.Atoi(found[4])
		require.NoError(t, err)
		r.lines += statements
		if found[5] != "0" {
			r.run += statements
			continue
		}
		first, err := strconv.Atoi(found[2])
		require.NoError(t, err)
		lines := strings.Split(testkit.Read(t, filepath.Join(testkit.Root, found[1])), "\n")
		r.missed = append(r.missed, found[1]+"\t"+strings.TrimSpace(lines[first-1]))
	}
	require.Positive(t, r.lines)
	return r
}

// countsKept puts the counters into a section of their own, which no rewind clears: a child
// continues counting where its parent was.
var countsKept = testkit.Change{File: "capi/sections.ld",
	Before: "\tlibsecrets_zero : { *(.bss .bss.*",
	After:  "\t.bss.counts : { *(.bss.__gcov*) }\n\tlibsecrets_zero : { *(.bss .bss.*"}

// sideReached runs the test programs with a library whose C side counts its lines. The counts of
// a process are lost if it ends by a signal or executes another program.
func sideReached(t *testing.T) reached {
	t.Helper()
	dir := testkit.Tree(t, countsKept)
	work := filepath.Join(dir, "work")
	require.NoError(t, os.Mkdir(work, 0o755))
	counting := library(t, dir, "libsecrets.so", "CFLAGS=-O0 -g --coverage -fdata-sections",
		"LDFLAGS=--coverage", withSections,
		"GOFLAGS=-work", "GOTMPDIR="+work)
	// A child that ends by _exit(2) would write no counts.
	bench := newTestBench(t, counting, "-D_exit=exit")
	for _, tr := range bench.trials {
		// Cases may fail here: the counters keep files open.
		_, _ = bench.run(t, tr, filepath.Dir(counting))
	}
	counters, err := filepath.Glob(filepath.Join(work, "*", "b001", "_x*.gcda"))
	require.NoError(t, err)
	require.NotEmpty(t, counters)
	require.Empty(t, heapFailure(t, dir, "-O0", "-g", "--coverage"))
	return gcovReached(t, append(counters, filepath.Join(dir, "heap.gcda")))
}

// gcovReached reads those counters. Each is for one source and what it includes.
func gcovReached(t *testing.T, counters []string) reached {
	t.Helper()
	seen := map[string]bool{}
	for _, counter := range counters {
		out := run(t, filepath.Join(testkit.Root, "capi"), "gcov", "--stdout", counter)
		for _, source := range strings.Split(out, ":Source:")[1:] {
			name, lines, _ := strings.Cut(source, "\n")
			if name = filepath.Clean(name); isSource(name) {
				addCounts(seen, "capi/"+filepath.Base(name), lines)
			}
		}
	}
	require.NotEmpty(t, seen)
	return judged(seen)
}

// addCounts reads the output of gcov for a source, and records for each line whether it was
// reached:
//
//	COUNT:LINE:TEXT
//
// with - for a line without code and ##### for one that was not reached.
func addCounts(seen map[string]bool, file, lines string) {
	for line := range strings.Lines(lines) {
		fields := strings.SplitN(line, ":", 3)
		if len(fields) < 3 || strings.TrimSpace(fields[0]) == "-" {
			continue
		}
		key := file + "\t" + strings.TrimSpace(fields[1]) + "\t" + strings.TrimSpace(fields[2])
		seen[key] = seen[key] || !strings.HasPrefix(strings.TrimSpace(fields[0]), "#")
	}
}

// isSource reports whether path is a C source in capi, and not one of a test.
func isSource(path string) bool {
	_, err := os.Stat(filepath.Join(testkit.Root, "capi", filepath.Base(path)))
	return err == nil && filepath.Base(filepath.Dir(path)) != "c" && filepath.Ext(path) != ".go"
}

func judged(seen map[string]bool) reached {
	r := reached{lines: len(seen)}
	for _, key := range slices.Sorted(maps.Keys(seen)) {
		if seen[key] {
			r.run++
			continue
		}
		fields := strings.SplitN(key, "\t", 3)
		r.missed = append(r.missed, fields[0]+"\t"+fields[2])
	}
	return r
}

// uncovered returns the list of lines that no test reaches: file, text, reason.
func uncovered(t *testing.T) (list [][]string) {
	t.Helper()
	for line := range strings.Lines(testkit.Read(t, "testdata/uncovered.tsv")) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		require.Len(t, fields, 3, line)
		list = append(list, fields)
	}
	return list
}

func TestUncoveredLinesExist(t *testing.T) {
	for _, fields := range uncovered(t) {
		assert.Contains(t, testkit.Read(t, filepath.Join(testkit.Root, fields[0])), fields[1])
	}
}
