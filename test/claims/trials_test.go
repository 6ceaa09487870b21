// SPDX-License-Identifier: MIT

package claims

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/require"
)

// hostPrograms are those of test/c that examine what the library does to its process and to
// children. They consist of named cases.
var hostPrograms = []string{"rewind.c", "refuse.c", "signals.c", "loading.c", "waiting.c"}

// A trial is one run of a test program: it must end with 0 and print prints, if that is not
// empty.
type trial struct {
	program string
	args    []string
	prints  string
}

// A testBench has the test programs, compiled once and run with one library after another.
type testBench struct {
	folder string
	trials []trial // the host's part first
}

// newTestBench compiles the programs with those flags, and lists their cases by running them with
// a library that works.
func newTestBench(t *testing.T, library string, flags ...string) testBench {
	t.Helper()
	bench := testBench{folder: t.TempDir()}
	ofCases := append(hostPrograms, testkit.Programs...)
	for _, source := range append(ofCases, "fork.c") {
		bench.compile(t, source, library, flags)
	}
	bench.compile(t, "large_tls.c", library, append(slices.Clone(flags), "-DSIZE=5000000"))
	bench.trials = append(bench.trials, trial{program: "large_tls"})
	bench.trials = append(bench.trials, forkTrials...)
	for _, source := range ofCases {
		program := strings.TrimSuffix(source, ".c")
		list, err := bench.run(t, trial{program: program}, filepath.Dir(library))
		require.NoError(t, err, list)
		for _, name := range testkit.NamesIn(t, list, "slow", "other", "program") {
			bench.trials = append(bench.trials, trial{program: program, args: []string{name}})
		}
	}
	return bench
}

// compile links without a path to the library, so that LD_LIBRARY_PATH selects it.
func (b testBench) compile(t *testing.T, source, library string, flags []string) {
	t.Helper()
	args := append([]string{"-std=c99", "-O1", "-pthread", "-rdynamic", "-Wl,--as-needed",
		"-I" + filepath.Join(testkit.Root, "include"), testkit.Source(source)}, flags...)
	run(t, ".", testkit.Tool("CC", "cc"), append(args, "-o",
		filepath.Join(b.folder, strings.TrimSuffix(source, ".c")), library, "-lm")...)
}

// Children of children, some of threads, draw tokens. None may hang, and no two tokens may be
// equal: of a few hundred of 128 bits two are with a probability below 2^-109.
var forkTrials = []trial{
	{"fork", strings.Fields("fork 2 4 1 2 10"),
		"children 2 hung 0 failed 0 tokens 65 repeated 0\n"},
	{"fork", strings.Fields("clone 0 1 4 1 10"),
		"children 1 hung 0 failed 0 tokens 33 repeated 0\n"},
}

// patience is how long a command may take before it counts as hung. None takes a tenth of it.
const patience = 2 * time.Minute

// run runs a trial with the library in that folder and returns what it printed.
func (b testBench) run(t *testing.T, tr trial, libraries string) (string, error) {
	library := filepath.Join(libraries, "libsecrets.so")
	out, err := limited(t, patience, filepath.Join(testkit.Root, "test", "c"),
		[]string{"LD_LIBRARY_PATH=" + libraries, "LIBRARY=" + library},
		filepath.Join(b.folder, tr.program), tr.args...)
	if err == nil && tr.prints != "" && out != tr.prints {
		return out, errors.New("printed something else")
	}
	return out, err
}

// firstFailure runs the trials with the library in that folder until one fails, and returns that
// failure; "" if none does.
func (b testBench) firstFailure(t *testing.T, libraries string) string {
	for _, tr := range b.trials {
		if out, err := b.run(t, tr, libraries); err != nil {
			return fmt.Sprintf("%s %s: %v\n%s", tr.program, strings.Join(tr.args, " "), err, out)
		}
	}
	return ""
}

// heapFailure runs test/c/heap.c, which includes capi/heap.c of a tree, and returns which case
// fails; "" if none does.
func heapFailure(t *testing.T, dir string, flags ...string) string {
	t.Helper()
	for _, args := range [][]string{
		append([]string{"-std=c99", "-Iinclude", "-Icapi", "-c",
			filepath.Join(dir, "test", "c", "heap.c"), "-o", "heap.o"}, flags...),
		append([]string{"heap.o", "-o", "heap"}, flags...),
	} {
		run(t, dir, testkit.Tool("CC", "cc"), args...)
	}
	program := filepath.Join(dir, "heap")
	for _, name := range testkit.NamesIn(t, run(t, dir, program)) {
		if out, err := limited(t, patience, dir, nil, program, name); err != nil {
			return fmt.Sprintf("heap %s: %v\n%s", name, err, out)
		}
	}
	return ""
}
