// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// forkArguments are a way to fork, the threads of the parent, those of a child, the number of
// generations, that of children, and after how long one counts as hung.
func forkArguments(way string, parent, child, depth, children, deadline int) []string {
	return strings.Fields(fmt.Sprint(way, " ", parent, child, depth, children, deadline))
}

// requireAllAnswer reads the report of a run, and returns how many processes called. A run makes
// fewer than 2^10 tokens of 128 bits: two are equal with a probability below 2^-109.
func requireAllAnswer(t *testing.T, out string, child, depth, children int) int {
	require.Equal(t, testkit.ForkReport{Children: children, Tokens: 1 + 8*child*depth*children},
		testkit.ForkReportOf(t, out), out)
	return children * depth
}

// vfork and spawn execute /proc/self/exe, which is memcheck itself.
var waysUnderMemcheck = []string{"fork", "clone", "daemon"}

// childless returns the cases of a program for AddressSanitizer, which does not handle fork(): if
// another thread allocates at that moment, as those of a starting runtime do, the child waits for
// ever for the lock of the allocator.
func childless(t *testing.T, program string) []string {
	return testkit.CaseNames(t, program, "forks")
}

// survivors is what the instruments of this claim saw, of three libraries.
type survivors struct {
	sound, broken, plain          string
	processes, cases              int // under UBSan
	memcheckedProcesses           int
	memcheckedCases, addressCases int
	hungAfter                     int
}

func childrenAnswer(t *testing.T) evidence {
	s := survivors{
		sound:  watchedInChildren.library(t, testkit.Tree(t), "libsecrets.so"),
		broken: watchedInChildren.library(t, brokenInChildren(t), "libsecrets.so"),
		plain:  testkit.PlainLibrary(t),
	}
	require.True(t, t.Run("instruments", func(t *testing.T) {
		inParallel(t, "memcheck", s.underMemcheck) // the longest
		inParallel(t, "behaviour", s.underUBSan)
		inParallel(t, "addresses", s.underASan)
		inParallel(t, "plain", s.plainLibraryHangs)
	}))
	return evidence{
		fmt.Sprintf("UBSan: %d children of 5 kinds and %d cases of children, refusals, signals "+
			"and loading; memcheck: %d processes, of %d cases among others; ASan: %d refusals: "+
			"none hung, failed or repeated",
			s.processes, s.cases, s.memcheckedProcesses, s.memcheckedCases, s.addressCases),
		fmt.Sprintf("a child of the plain library hung in run %d, and it ended the process that "+
			"a status was due to; overflows in a child; tokens made twice", s.hungAfter),
	}
}

func (s *survivors) underUBSan(t *testing.T) {
	program := compile(t, testkit.Source("fork.c"), s.sound)
	for _, way := range []string{"fork", "clone", "daemon", "vfork", "spawn"} {
		for _, parent := range []int{0, 4} {
			out := run(t, ".", program, forkArguments(way, parent, 4, 2, 4, 60)...)
			s.processes += requireAllAnswer(t, out, 4, 2, 4)
		}
	}
	for _, source := range hostPrograms {
		s.cases += s.runEach(t, source)
	}

	program = compile(t, testkit.Source("fork.c"), s.broken)
	out := run(t, ".", program, forkArguments("fork", 0, 1, 1, 2, 60)...)
	require.Equal(t, 2, testkit.ForkReportOf(t, out).Failed, "what overflows in a child")
	require.Contains(t, out, "runtime error: signed integer overflow")
	out = run(t, ".", program, forkArguments("spawn", 0, 1, 1, 2, 60)...)
	require.Positive(t, testkit.ForkReportOf(t, out).Repeated, "tokens made twice")
}

// runEach runs the cases of a program, each in a process of its own, and returns their number.
func (s *survivors) runEach(t *testing.T, source string) (count int) {
	program := compile(t, testkit.Source(source), s.sound)
	for _, name := range testkit.CaseNames(t, program, "program") {
		run(t, ".", "env", "LIBRARY="+s.sound, "OTHER="+s.plain, program, name)
		count++
	}
	require.Positive(t, count, source)
	return count
}

// brokenInChildren writes beyond its memory, and overflows, only where a child re-initialises the
// library; and all its tokens are the same.
func brokenInChildren(t *testing.T) string {
	return testkit.Tree(t,
		testkit.Change{File: "capi/engine.c",
			Before: "static void rewind_image(void)\n{\n", After: `
void *__real_malloc(size_t size);

static void rewind_image(void)
{
	if (!process->started) { /* else it is the end of the library */
		char *volatile one = __real_malloc(1);
		one[1] = 0;
		volatile int most = 0x7fffffff;
		most = most + 1;
	}
`},
		testkit.Change{File: "capi/dispatch.c",
			Before: "\tFORWARD(nbytes, goTokenBytes, out, nbytes);\n", After: `
	int status = engine_enter();
	struct slot *slot;
	if (status == SECRETS_OK && engine_take(&slot, nbytes)) {
		status = goTokenBytes(out, nbytes);
		engine_leave(slot);
	}
	if (status == SECRETS_OK)
		__builtin_memset(out, 1, nbytes);
	return status;
`})
}

// A child takes fifty times as long under memcheck.
var patient = testkit.Change{File: "test/c/refuse.c", Before: "#define DEADLINE 20 ",
	After: "#define DEADLINE 300 "}

func (s *survivors) underMemcheck(t *testing.T) {
	program := compile(t, testkit.Source("fork.c"), s.sound)
	for _, way := range waysUnderMemcheck {
		processes, reports, log := memcheckFamily(t, program,
			forkArguments(way, 0, 2, 2, 1, 300)...)
		require.Zero(t, reports, log)
		requireAllAnswer(t, log, 2, 2, 1)
		s.memcheckedProcesses += processes
	}
	slow := filepath.Join(testkit.Tree(t, patient), "test", "c")
	for _, source := range []string{"refuse.c", "rewind.c"} {
		program = compile(t, filepath.Join(slow, source), s.sound)
		for _, name := range testkit.CaseNames(t, program, "slow", "busy", "unwatched") {
			processes, reports, log := memcheckFamily(t, program, name)
			require.Zero(t, reports, log)
			s.memcheckedProcesses += processes
			s.memcheckedCases++
		}
	}
	require.Positive(t, s.memcheckedCases)

	program = compile(t, testkit.Source("fork.c"), s.broken)
	_, reports, log := memcheckFamily(t, program, forkArguments("fork", 0, 1, 1, 1, 300)...)
	require.Positive(t, reports, "a byte too many in a child")
	require.Contains(t, log, "Invalid write of size 1")
}

// memcheckFamily runs memcheck on a program and its children, each of which has a summary of its
// own.
func memcheckFamily(t *testing.T, program string,
	args ...string) (processes, reports int, log string) {
	_, log = memcheck(t, program, args...)
	for _, match := range summary.FindAllStringSubmatch(log, -1) {
		processes++
		if match[1] != "0" {
			reports++
		}
	}
	return processes, reports, log
}

func (s *survivors) underASan(t *testing.T) {
	v := watchedAddresses
	program := v.program(t, testkit.Source("refuse.c"),
		v.library(t, testkit.Tree(t), "libsecrets.a"))
	for _, name := range childless(t, program) {
		// The search for leaks needs /proc, which a case makes unavailable.
		run(t, ".", "env", "ASAN_OPTIONS=detect_leaks=0", program, name)
		s.addressCases++
	}
	require.Positive(t, s.addressCases)
}

// With any other Go library at least half of the children of an idle parent hang, so that of a
// hundred none does with a probability below 2^-100.
func (s *survivors) plainLibraryHangs(t *testing.T) {
	program := compile(t, testkit.Source("fork.c"), s.plain)
	hung := false
	for !hung && s.hungAfter < 100 {
		hung = testkit.ForkReportOf(t, run(t, ".", program,
			forkArguments("fork", 4, 8, 1, 1, 2)...)).Hung > 0
		s.hungAfter++
	}
	require.True(t, hung, "no child of a plain library hangs: that ours do not proves nothing")

	out, err := attempt(t, ".", compile(t, testkit.Source("refuse.c"), s.plain),
		"entropy_refused_at_first_call")
	require.Error(t, err)
	assert.Contains(t, out, "fatal error: crypto/rand")
}
