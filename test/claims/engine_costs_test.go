// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The costs of having the library in a process are counted too: page faults and system calls
// while it is loaded, and at the first call of a process, of a forked child and of a thread
// (testdata/engine_costs.c).
//
// Of several runs the smallest counts are taken, figure by figure: meanwhile the other threads of
// the runtime do work of their own, which can only add to a run.
const (
	faultRuns = 10 // for the budget; fewer suffice to see what is far above it
	traceRuns = 4
	fewRuns   = 3
)

// What Go 1.26 takes, with room for other releases, kernels and processors. A first process took
// 230 faults before the library slept until its first call, and a child 320.
var engineBudget = engineCosts{
	faults: map[string]int{
		"load":     60,
		"first":    290,
		"child":    300,
		"thread":   2, // once it has started
		"calls":    5, // a thousand calls, from then on
		"child_kb": 3 << 10,
	},
	systemCalls: map[string]int{
		"first":  185,
		"child":  190,
		"thread": 2,
		"calls":  5,
	},
}

// Engine costs are counts by what was done meanwhile. Kilobytes and threads are among the faults,
// as they are counted in the same way.
type engineCosts struct {
	faults      map[string]int
	systemCalls map[string]int
	names       map[string][]string // of the system calls, in one run
}

// above returns which counts exceed the budget.
func (c engineCosts) above(budget engineCosts) (over []string) {
	for what, most := range budget.faults {
		if c.faults[what] > most {
			over = append(over, what+" faults")
		}
	}
	for what, most := range budget.systemCalls {
		if c.systemCalls[what] > most {
			over = append(over, what+" calls")
		}
	}
	return slices.Sorted(slices.Values(over))
}

func TestEngineCostsStayWithinTheBudget(t *testing.T) {
	c := engineCostsOf(t, filepath.Join(testkit.Root, "build", "libsecrets.so"), faultRuns,
		traceRuns)
	assert.Empty(t, c.above(engineBudget), "%+v", c)
	t.Logf("faults %v, system calls %v", c.faults, c.systemCalls)
}

// The control: a library that touches pages and makes 200 system calls wherever a process starts
// it and wherever a thread calls for the first time.
func TestEngineCostsOfAWorseLibrary(t *testing.T) {
	const take, grow = "\tgo_thread = slot->goroutine;\n", "\tgoGrowStack();\n"
	c := engineCostsOf(t, library(t, testkit.Tree(t,
		testkit.Change{File: "capi/engine.h", Before: take, After: `	extern int getppid(void);
	static ENGINE_THREAD int done;
	__attribute__((unused)) volatile char touched[100 << 12];
	for (; done < 200; done++)
		touched[done % 100 << 12] = getppid() != 0;
` + take},
		testkit.Change{File: "capi/slots.c", Before: grow, After: `
	__attribute__((unused)) static volatile char touched[1000 << 12];
	for (int i = 0; i < 1000; i++)
		touched[i << 12] = getppid() != 0;
` + grow}), "libsecrets.so"), fewRuns, 1)
	assert.Equal(t, []string{"child calls", "child faults", "child_kb faults", "first calls",
		"first faults", "thread calls", "thread faults"},
		c.above(engineBudget), "%+v", c)
}

// A library that runs no code when it is loaded costs the same as an empty one that needs the same
// others: the same system calls, and no thread.
func TestLoadingRunsNoCode(t *testing.T) {
	empty, plain := emptyLibrary(t), testkit.PlainLibrary(t)
	built := filepath.Join(testkit.Root, "build", "libsecrets.so")
	none := engineCostsOf(t, empty, fewRuns, 1)
	c := engineCostsOf(t, built, fewRuns, 1)
	assert.Empty(t, c.codeAtLoad(none), "%v, %v", c.names["load"], none.names["load"])
	assert.Equal(t, constructors(t, empty), constructors(t, built))

	c = engineCostsOf(t, plain, fewRuns, 1)
	assert.Equal(t, []string{"system calls", "threads"}, c.codeAtLoad(none), "%+v", c)
	assert.Contains(t, c.above(engineBudget), "load faults")
	assert.NotEqual(t, constructors(t, empty), constructors(t, plain))
}

// codeAtLoad returns the signs that code ran at load: threads, and system calls that are not
// those of the loader, except for one more or less that maps a segment. What the loader unmaps to
// align a library depends on where the kernel maps it: one time in 16 it is one part less.
func (c engineCosts) codeAtLoad(none engineCosts) (signs []string) {
	mapping := []string{"mmap", "munmap", "mprotect"}
	loaders := func(c engineCosts) []string {
		return slices.DeleteFunc(slices.Clone(c.names["load"]), func(name string) bool {
			return slices.Contains(mapping, name)
		})
	}
	if !slices.Equal(loaders(c), loaders(none)) {
		signs = append(signs, "system calls")
	}
	if c.faults["threads"] > 1 {
		signs = append(signs, "threads")
	}
	return signs
}

// constructors returns the functions of a library that the loader calls, in bytes of addresses.
// Each library has those that the compiler itself adds.
func constructors(t *testing.T, library string) []string {
	t.Helper()
	dynamic := run(t, ".", "readelf", "-dW", library)
	assert.NotContains(t, run(t, ".", "readelf", "-rW", library), "IRELATIV")
	return regexp.MustCompile(`\((?:PREINIT_ARRAYSZ|INIT_ARRAYSZ)\) .*`).FindAllString(dynamic, -1)
}

// A thread of the host that never calls costs nothing: it has the same system calls and page
// faults as in a process without the library.
func TestThreadsThatNeverCallCostNothing(t *testing.T) {
	c := engineCostsOf(t, filepath.Join(testkit.Root, "build", "libsecrets.so"), fewRuns, fewRuns)
	assert.LessOrEqual(t, c.faults["idle"], c.faults["idle_without"])
	assert.LessOrEqual(t, c.systemCalls["idle"], c.systemCalls["idle_without"])
}

func emptyLibrary(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	source, library := filepath.Join(folder, "empty.c"), filepath.Join(folder, "libempty.so")
	// It too has pages of its own, for which the loader has to align it, and needs what was the
	// library of threads before glibc 2.34.
	testkit.Write(t, source, "__attribute__((aligned(65536))) char pages[65536];\n")
	run(t, ".", testkit.Tool("CC", "cc"), "-shared", "-fPIC", "-Wl,-z,relro,-z,now", "-o", library,
		source, "-Wl,--no-as-needed", "-l:libpthread.so.0")
	return library
}

func engineCostsOf(t *testing.T, library string, faultRuns, traceRuns int) engineCosts {
	t.Helper()
	program := filepath.Join(t.TempDir(), "engine_costs")
	run(t, ".", testkit.Tool("CC", "cc"), "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
		"-O1", "-pthread",
		beside("engine_costs.c"), "-o", program, "-ldl")
	c := engineCosts{map[string]int{}, map[string]int{}, nil}
	for range faultRuns {
		for line := range strings.Lines(run(t, ".", "env", "LIBRARY="+library, program)) {
			var what string
			var count int
			_, err := fmt.Sscan(line, &what, &count)
			require.NoError(t, err, line)
			takeLess(c.faults, what, count)
		}
	}
	for range traceRuns {
		c.names = systemCallsMeanwhile(t, library, program)
		for what, names := range c.names {
			takeLess(c.systemCalls, what, len(names))
		}
	}
	require.Contains(t, c.faults, "load")
	require.ElementsMatch(t, slices.Collect(maps.Keys(c.systemCalls)),
		slices.DeleteFunc(slices.Collect(maps.Keys(c.faults)),
			func(what string) bool { return what == "threads" || what == "child_kb" }))
	return c
}

func takeLess(counts map[string]int, what string, count int) {
	if least, found := counts[what]; !found || count < least {
		counts[what] = count
	}
}

// Calls by which threads wait, for each other or for some time, are not counted: their number
// depends on time, so a slow machine has more. Nor is the end of a thread, which strace may
// report late.
var notCounted = []string{"futex", "nanosleep", "clock_nanosleep", "sched_yield", "restart_syscall",
	"exit"}

// systemCallsMeanwhile traces the system calls of all threads by strace, and returns their names
// by the marks between which they were made.
func systemCallsMeanwhile(t *testing.T, library, program string) map[string][]string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	run(t, ".", "env", "LIBRARY="+library, "strace", "-f", "-o", out, program)
	meanwhile, now := map[string][]string{}, ""
	for line := range strings.Lines(testkit.Read(t, out)) {
		found := regexp.MustCompile(`^\d+ +(\w+)\((?:-1, "(\w+)")?`).FindStringSubmatch(line)
		switch {
		case found == nil: // the second half of a call, a signal, an end
		case found[1] == "write" && found[2] == "end":
			now = ""
		case found[1] == "write" && found[2] != "":
			now = found[2]
			meanwhile[now] = []string{}
		case now != "" && !slices.Contains(notCounted, found[1]):
			meanwhile[now] = append(meanwhile[now], found[1])
		}
	}
	return meanwhile
}
