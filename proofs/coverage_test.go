// SPDX-License-Identifier: MIT

package proofs

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

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A reached tells which lines of the sources the tests have run: their texts, by
// file and text, as the numbers of lines change.
type reached struct {
	lines, run int
	missed     []string
}

func (r reached) percent() float64 { return 100 * float64(r.run) / float64(r.lines) }

// testsReachEveryLine measures what the tests of the core and the programs of capi
// reach, and compares what they do not with a list of it. Without one of the tests
// the lists must differ.
func testsReachEveryLine(t *testing.T) evidence {
	core, side := coreReached(t), sideReached(t, tree(t))
	requireListed(t, append(core.missed, side.missed...))
	require.GreaterOrEqual(t, core.percent(), 97.0, "statements of the core")
	require.GreaterOrEqual(t, side.percent(), 97.0, "lines of the C side")
	control := coreReached(t, "-skip", "^TestNeededEntropyRefuses$")
	require.Contains(t, strings.Join(control.missed, "\n"), "secrets/entropy.go", "a test that is left out is not noticed")
	return evidence{
		figure: fmt.Sprintf("%.1f %% of the core's statements, %.1f %% of the C side's lines; %d lines listed with a reason",
			core.percent(), side.percent(), len(core.missed)+len(side.missed)),
		caught: fmt.Sprintf("without one test of what is refused, %.1f %%", control.percent()),
	}
}

// requireListed compares with testdata/uncovered.tsv: file and text of the line, reason.
func requireListed(t *testing.T, missed []string) {
	t.Helper()
	var listed []string
	for line := range strings.Lines(read(t, "testdata/uncovered.tsv")) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		require.Len(t, fields, 3, line)
		listed = append(listed, fields[0]+"\t"+fields[1])
	}
	slices.Sort(missed)
	slices.Sort(listed)
	require.Equal(t, listed, slices.Compact(missed), "testdata/uncovered.tsv must have what no test reaches, and nothing else")
}

// coreReached runs the tests of the core with Go's own counters. A profile has
//
//	libsecrets/secrets/FILE:LINE.COLUMN,LINE.COLUMN STATEMENTS COUNT
func coreReached(t *testing.T, args ...string) reached {
	t.Helper()
	profile := filepath.Join(t.TempDir(), "profile")
	run(t, root, "go", append([]string{"test", "-count=1", "-coverprofile=" + profile, "./secrets"}, args...)...)
	var r reached
	block := regexp.MustCompile(`(?m)^libsecrets/(\S+):(\d+)\.\d+,(\d+)\.\d+ (\d+) (\d+)$`)
	for _, found := range block.FindAllStringSubmatch(read(t, profile), -1) {
		statements, err := strconv.Atoi(found[4])
		require.NoError(t, err)
		r.lines += statements
		if found[5] != "0" {
			r.run += statements
			continue
		}
		first, err := strconv.Atoi(found[2])
		require.NoError(t, err)
		lines := strings.Split(read(t, filepath.Join(root, found[1])), "\n")
		r.missed = append(r.missed, found[1]+"\t"+strings.TrimSpace(lines[first-1]))
	}
	require.Positive(t, r.lines)
	return r
}

// sideReached runs the test programs with a library whose C side counts its lines. What
// a process has counted is lost where it ends by a signal or becomes another.
func sideReached(t *testing.T, dir string) reached {
	t.Helper()
	work := filepath.Join(dir, "work")
	require.NoError(t, os.Mkdir(work, 0o755))
	t.Setenv("GOTMPDIR", work)
	t.Setenv("GOFLAGS", "-work")
	run(t, dir, "make", "-s", "build/libsecrets.so", "CFLAGS=-O0 -g --coverage", "LDFLAGS=--coverage")
	// A child that ends by _exit(2) would write no counts.
	bench := newTestBench(t, filepath.Join(dir, "build", "libsecrets.so"), "-D_exit=exit")
	for _, tr := range bench.trials {
		// That a case fails is not what is asked here: counters open files.
		_, _ = bench.run(t, tr, filepath.Join(dir, "build"))
	}
	counters, err := filepath.Glob(filepath.Join(work, "*", "b001", "_x*.gcda"))
	require.NoError(t, err)
	require.NotEmpty(t, counters)
	return gcovReached(t, counters)
}

// gcovReached reads what gcov prints of those counters:
//
//	COUNT:LINE:TEXT
//
// with - for a line without code and ##### for one that was not reached.
func gcovReached(t *testing.T, counters []string) reached {
	t.Helper()
	seen := map[string]bool{}
	for _, counter := range counters {
		source := ""
		for line := range strings.Lines(run(t, filepath.Join(root, "capi"), "gcov", "--stdout", counter)) {
			fields := strings.SplitN(strings.TrimRight(line, "\n"), ":", 3)
			if len(fields) < 3 {
				continue
			}
			if name, ok := strings.CutPrefix(fields[2], "Source:"); ok {
				source = filepath.Base(name)
			}
			count, number := strings.TrimSpace(fields[0]), strings.TrimSpace(fields[1])
			if count == "-" || !isSource(source) {
				continue
			}
			key := "capi/" + source + "\t" + number + "\t" + strings.TrimSpace(fields[2])
			seen[key] = seen[key] || !strings.HasPrefix(count, "#")
		}
	}
	require.NotEmpty(t, seen)
	return judged(seen)
}

func isSource(name string) bool {
	_, err := os.Stat(filepath.Join(root, "capi", name))
	return name != "" && err == nil && filepath.Ext(name) != ".go"
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

func TestUncoveredLinesExist(t *testing.T) {
	for line := range strings.Lines(read(t, "testdata/uncovered.tsv")) {
		fields := strings.Split(line, "\t")
		require.Len(t, fields, 3, line)
		assert.Contains(t, read(t, filepath.Join(root, fields[0])), fields[1])
	}
}
