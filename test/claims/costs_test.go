// SPDX-License-Identifier: MIT

package claims

import (
	"flag"
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The cost of a call is counted, not timed: a count is the same on a busy machine. The number of
// allocations, none, is tested in capi and secrets.

var update = flag.Bool("update", false, "write testdata/costs.tsv anew, with what is counted now")

const (
	costList    = "testdata/costs.tsv" // work, size, instructions per call
	costedCalls = 1000                 // CALLS of costs.c
	costRoom    = 0.10                 // allowed above the budget: releases of Go differ by less
)

// A cost is what calls of a kind of work take.
type cost struct {
	work         string
	instructions int // per call
	crossings    int // in total
}

func TestCostsStayWithinTheBudget(t *testing.T) {
	budget := budgeted(t)
	counted := costsOf(t, costProgram(t, watchedByCallgrind.library(t, testkit.Tree(t),
		"libsecrets.a")), budget)
	if *update {
		writeBudget(t, counted)
		return
	}
	for i, c := range counted {
		assert.True(t, c.within(budget[i]),
			"%s: %d instructions of %d, %d crossings of %d calls; go test ./test/claims -run "+
				"TestCosts -update renews %s",
			c.work, c.instructions, budget[i].instructions, c.crossings, costedCalls, costList)
		assert.Greater(t, c.instructions, budget[i].instructions/2,
			"%s got much cheaper: renew %s", c.work, costList)
	}
}

// within reports whether a call enters Go once and takes no more instructions than budgeted.
func (c cost) within(budget cost) bool {
	return c.crossings == costedCalls &&
		float64(c.instructions) <= (1+costRoom)*float64(budget.instructions)
}

// A call makes no system call except for randomness, where the vDSO has no getrandom. What the
// runtime does for its own threads depends on time, not on the number of calls: futexes, and
// rarely a yield or two.
func TestCallsMakeNoOtherSystemCalls(t *testing.T) {
	for work, calls := range systemCallsOf(t, costProgram(t,
		filepath.Join(testkit.Root, "build", "libsecrets.a")), budgeted(t)) {
		others := regexp.MustCompile(`(getrandom|futex) `).ReplaceAllString(calls, "")
		assert.Less(t, len(strings.Fields(others)), costedCalls/100, "%s: %s", work, others)
	}
}

// The control: a library that does everything twice, with a system call each time.
func TestCostsOfAWorseLibrary(t *testing.T) {
	const call, again = "export(__VA_ARGS__); \\\n", "(void)(getppid(), export(__VA_ARGS__)); \\\n	"
	const forward, answer = "status = " + call, "type answer = " + call
	worse := costProgram(t, watchedByCallgrind.library(t, testkit.Tree(t,
		testkit.Change{File: "capi/dispatch.c", Before: forward, After: again + forward},
		testkit.Change{File: "capi/dispatch.c", Before: answer, After: again + answer},
		testkit.Change{File: "capi/dispatch.c", Before: "#include <math.h>\n",
			After: "#include <math.h>\n#include <unistd.h>\n"},
	), "libsecrets.a"))
	budget := budgeted(t)
	for i, c := range costsOf(t, worse, budget) {
		assert.False(t, c.within(cost{instructions: math.MaxInt}), c.work)
		c.crossings = costedCalls
		assert.False(t, c.within(budget[i]), c.work)
	}
	for work, calls := range systemCallsOf(t, worse, budget) {
		assert.Equal(t, costedCalls, strings.Count(calls, "getppid "), work)
	}
}

func budgeted(t *testing.T) (list []cost) {
	t.Helper()
	for line := range strings.Lines(testkit.Read(t, costList)) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		require.Len(t, fields, 3, line)
		list = append(list, cost{work: fields[0] + " " + fields[1],
			instructions: number(t, fields[2], `(\d+)`)})
	}
	return list
}

func writeBudget(t *testing.T, counted []cost) {
	t.Helper()
	var b strings.Builder
	for _, c := range counted {
		fmt.Fprintf(&b, "%s\t%d\n", strings.ReplaceAll(c.work, " ", "\t"), c.instructions)
	}
	testkit.Write(t, costList, b.String())
}

// costProgram makes a program that does what the benchmark does, at the addresses that nm prints.
func costProgram(t *testing.T, library string) string {
	t.Helper()
	return compile(t, filepath.Join("testdata", "costs.c"), library,
		"-D_GNU_SOURCE", "-no-pie", "-I"+filepath.Join(testkit.Root, "bench", "c"))
}

func costArguments(list []cost) (args []string) {
	for _, c := range list {
		args = append(args, strings.Fields(c.work)...)
	}
	return args
}

// costsOf counts the instructions of the calling thread by callgrind, with a library that was
// built for it (watchedByCallgrind).
func costsOf(t *testing.T, program string, list []cost) (counted []cost) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	run(t, ".", "valgrind", append([]string{"--tool=callgrind", "--separate-threads=yes",
		"--compress-strings=no",
		"--compress-pos=no", "--callgrind-out-file=" + out, program}, costArguments(list)...)...)
	crossing := `cfn=0x0*` + address(t, program, "crosscall2") + `\ncalls=(\d+)`
	for i, c := range list {
		text := testkit.Read(t, fmt.Sprintf("%s.%d-01", out, i+1))
		require.Contains(t, text, "Client Request: "+c.work+"\n")
		c.instructions = number(t, text, `(?m)^totals: (\d+)$`) / costedCalls
		c.crossings = number(t, text, crossing)
		counted = append(counted, c)
	}
	return counted
}

// address returns the address of a function as nm prints it, without leading zeros.
func address(t *testing.T, program, function string) string {
	t.Helper()
	found := regexp.MustCompile(`(?m)^0*([0-9a-f]+) . ` + function +
		`$`).FindStringSubmatch(run(t, ".", "nm", program))
	require.NotNil(t, found, function)
	return found[1]
}

// systemCallsOf traces the system calls of the calling thread by strace; each is followed by a
// space.
func systemCallsOf(t *testing.T, program string, list []cost) map[string]string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	run(t, ".", "strace", append([]string{"-ff", "-o", out, program}, costArguments(list)...)...)
	text := testkit.Read(t, mainThread(t, out))
	calls := map[string]string{}
	for _, c := range list {
		_, rest, found := strings.Cut(text, fmt.Sprintf("write(-1, %q", c.work))
		require.True(t, found, c.work)
		rest, _, found = strings.Cut(rest[strings.Index(rest, "\n")+1:], `write(-1, "end"`)
		require.True(t, found, c.work)
		calls[c.work] = regexp.MustCompile(`(?m)^(\w+)\(.*\n`).ReplaceAllString(rest, "$1 ")
	}
	return calls
}

// mainThread returns the file of the thread that makes the calls.
func mainThread(t *testing.T, out string) string {
	t.Helper()
	files, err := filepath.Glob(out + ".*")
	require.NoError(t, err)
	for _, file := range files {
		if strings.Contains(testkit.Read(t, file), "write(-1") {
			return file
		}
	}
	require.Fail(t, "strace saw no calls")
	return ""
}
