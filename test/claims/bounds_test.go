// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A defect breaks the claim in one function. signs is what each instrument must report about it;
// one that cannot see it has none.
type defect struct {
	function string
	edit     testkit.Change
	signs    map[string]string
}

// The instruments, by how the calls are run.
const (
	behind  = "behind"
	front   = "front"
	inAsan  = "asan"
	inCheck = "memcheck"
)

const (
	touched  = "touched a page that it was not given"
	overflow = "AddressSanitizer: heap-buffer-overflow"
)

var defects = []defect{
	{"secrets_wipe", testkit.Change{File: "capi/without_go.c",
		Before: "\tmemset(buffer, 0, size);\n", After: "\tmemset(buffer, 0, size + 1);\n"},
		map[string]string{behind: touched, inAsan: overflow, inCheck: "Invalid write of size 1"}},

	{"secrets_compare_digest", testkit.Change{File: "capi/dispatch.c",
		Before: "\tANSWER(int, 0, b_size, goCompareDigest,",
		After: "\tstatic volatile char beyond;\n\tif (a != NULL)\n" +
			"\t\tbeyond = ((const char *)a)[a_size];\n\t(void)beyond;\n" +
			"\tANSWER(int, 0, b_size, goCompareDigest,"},
		map[string]string{behind: touched, inAsan: overflow, inCheck: "Invalid read of size 1"}},

	{"secrets_token_bytes", testkit.Change{File: "capi/dispatch.c",
		Before: "\tFORWARD(nbytes, goTokenBytes,",
		After: "\tstatic volatile char beyond;\n\tif (out != NULL)\n" +
			"\t\tbeyond = ((char *)out)[-1];\n\t(void)beyond;\n\tFORWARD(nbytes, goTokenBytes,"},
		map[string]string{front: touched, inAsan: overflow, inCheck: "Invalid read of size 1"}},

	{"secrets_token_hex", testkit.Change{File: "capi/text.go", Before: "\tdst[n] = 0\n",
		After: "\tdst[n] = 0\n\t*(*byte)(unsafe.Add(unsafe.Pointer(out), outSize)) = 0\n"},
		map[string]string{behind: touched, inAsan: overflow, inCheck: "Invalid write of size 1"}},

	{"secrets_apikey_size", testkit.Change{File: "capi/text.go",
		Before: "\treturn unsafe.String(start, n)\n",
		After: "\tbeyond = *(*byte)(unsafe.Add(unsafe.Pointer(start), n+1))\n" +
			"\treturn unsafe.String(start, n)\n"},
		map[string]string{behind: touched, inAsan: overflow, inCheck: "Invalid read of size 1"}},

	// Reading eight bytes at once never crosses into another page.
	{"secrets_apikey_valid", testkit.Change{File: "secrets/apikey.go",
		Before: "compareExactly(key[body:], stringOf(want[:])) == 0",
		After:  "key[body:] == stringOf(want[:])"},
		map[string]string{inCheck: "Invalid read of size 8"}},

	{"secrets_randbelow_big", testkit.Change{File: "capi/dispatch.c",
		Before: "\tFORWARD(size, goRandbelowBig,",
		After: "\tif (bound != NULL && size > 0)\n\t\t((volatile uint8_t *)bound)[0] |= 0;\n" +
			"\tFORWARD(size, goRandbelowBig,"},
		map[string]string{behind: touched, front: touched}},

	{"secrets_randbits_big", testkit.Change{File: "capi/dispatch.c",
		Before: "\tFORWARD(bits, goRandbitsBig,",
		After: "\tif (out_size > 0 && bits / 8 > out_size)\n\t\tout[0] = 0;\n" +
			"\tFORWARD(bits, goRandbitsBig,"},
		map[string]string{behind: "failed: unchanged", front: "failed: unchanged",
			inAsan: "failed: unchanged"}},

	{"secrets_password_length", testkit.Change{File: "capi/dispatch.c",
		Before: "\tANSWER(size_t, 0, 0, goPasswordLength,",
		After: "\tstatic volatile char beyond;\n\tif (classes != NULL)\n" +
			"\t\tbeyond = *(const char *)(classes + nclasses);\n\t(void)beyond;\n" +
			"\tANSWER(size_t, 0, 0, goPasswordLength,"},
		map[string]string{behind: touched, inAsan: overflow, inCheck: "Invalid read of size 1"}},

	{"secrets_random", testkit.Change{File: "capi/dispatch.c", Before: "\tFORWARD(0, goRandom,",
		After: "\tvolatile int most = 0x7fffffff;\n\tmost = most + 1;\n\tFORWARD(0, goRandom,"},
		map[string]string{inAsan: "runtime error: signed integer overflow"}},

	{"secrets_randrange", testkit.Change{File: "capi/number.go",
		Before: "\tvalue, err := secrets.RandRange(",
		After: "\tstraddling = unsafe.Slice(unsafe.SliceData(make([]byte, len(straddling)+8)), " +
			"4096)\n\tvalue, err := secrets.RandRange("},
		map[string]string{inAsan: "checkptr: unsafe.Slice result straddles multiple allocations"}},
}

// What the defects in Go need besides.
var defectNeeds = []testkit.Change{
	{File: "capi/text.go", Before: "// goString returns",
		After: "var beyond byte\n\n// goString returns"},
	{File: "capi/number.go", Before: "//export goRandrange\n",
		After: "var straddling []byte\n\n//export goRandrange\n"},
}

// A count that all threads change without synchronisation.
var racing = []testkit.Change{
	{File: "capi/number.go", Before: "//export goRandbits\n",
		After: "var racing int\n\n//export goRandbits\n"},
	{File: "capi/number.go", Before: "\tvalue, err := secrets.RandBits(",
		After: "\tracing++\n\tvalue, err := secrets.RandBits("},
}

// brokenTree has all defects, each in a function of its own.
func brokenTree(t *testing.T) string {
	edits := defectNeeds
	for _, d := range defects {
		edits = append(edits, d.edit)
	}
	return testkit.Tree(t, edits...)
}

// requireCaught makes an instrument meet every defect that it can see, and returns how many those
// are.
func requireCaught(t *testing.T, instrument string,
	call func(function string) (string, error)) int {
	count := 0
	for _, d := range defects {
		sign := d.signs[instrument]
		if sign == "" {
			continue
		}
		out, err := call(d.function)
		require.Error(t, err,
			"%s has not noticed what is wrong with %s\n%s", instrument, d.function, out)
		require.Contains(t, out, sign, "%s, %s", instrument, d.function)
		count++
	}
	require.Positive(t, count)
	return count
}

// sightings is what the instruments of this claim saw.
type sightings struct {
	guarded, onTheHeap            int // calls
	sanitized, memchecked, raced  int // cases
	caughtByGuards, caughtByTools int
}

func nothingOutsideBuffers(t *testing.T) evidence {
	t.Chdir(testkit.Source("."))                       // where the programs look for their table
	t.Setenv("VALGRIND_OPTS", "--partial-loads-ok=no") // otherwise a word may be read beyond an end
	var s sightings
	require.True(t, t.Run("instruments", func(t *testing.T) {
		inParallel(t, "memcheck", s.byMemcheck) // the longest
		inParallel(t, "sanitizers", s.bySanitizers)
		inParallel(t, "guards", s.byGuards)
		inParallel(t, "races", s.byRaceDetector)
	}))
	return evidence{
		fmt.Sprintf("%d guarded calls of %d functions and %d on a watched heap, %d cases under "+
			"ASan, UBSan and checkptr, %d under memcheck, %d under the race detector: 0 reports",
			s.guarded, len(functionsWithPointers(t)), s.onTheHeap, s.sanitized, s.memchecked,
			s.raced),
		fmt.Sprintf("%d defects, %d times by guard pages and %d times by the others",
			len(defects)+1, s.caughtByGuards, s.caughtByTools),
	}
}

func (s *sightings) byGuards(t *testing.T) {
	library := asUsual.library(t, testkit.Root, "libsecrets.a")
	s.guarded = requireGuardsKept(t, library)
	program := guards(t, asUsual, asUsual.library(t, brokenTree(t), "libsecrets.a"))
	for _, place := range []string{behind, front} {
		s.caughtByGuards += requireCaught(t, place, func(function string) (string, error) {
			return attempt(t, ".", program, place, function)
		})
	}
}

func (s *sightings) bySanitizers(t *testing.T) {
	v := watchedAddresses
	library := v.library(t, testkit.Tree(t), "libsecrets.a")
	s.onTheHeap += callsMade(t, run(t, ".", guards(t, v, library), "heap"))
	s.sanitized = v.runCases(t, library, testkit.Programs, quietly)

	program := guards(t, v, v.library(t, brokenTree(t), "libsecrets.a"))
	s.caughtByTools += requireCaught(t, inAsan, func(function string) (string, error) {
		return attempt(t, ".", program, "heap", function)
	})
}

func (s *sightings) byMemcheck(t *testing.T) {
	v := watchedByMemcheck
	library := v.library(t, testkit.Tree(t), "libsecrets.a")
	nothingReported := func(t *testing.T, program string, args ...string) {
		reports, log := memcheck(t, program, args...)
		require.Zero(t, reports, log)
	}
	nothingReported(t, guards(t, v, library), "heap")
	// The race detector runs one thread at a time, for a minute.
	s.memchecked = v.runCases(t, library, testkit.ProgramsWithoutThreads(), nothingReported)

	program := guards(t, v, v.library(t, brokenTree(t), "libsecrets.a"))
	s.caughtByTools += requireCaught(t, inCheck, func(function string) (string, error) {
		reports, log := memcheck(t, program, "heap", function)
		if reports == 0 {
			return log, nil
		}
		return log, fmt.Errorf("%d reports", reports)
	})
}

func (s *sightings) byRaceDetector(t *testing.T) {
	v, threads := watchedThreads, []string{"threads.c"}
	s.raced = v.runCases(t, v.library(t, testkit.Tree(t), "libsecrets.a"), threads, quietly)

	v.runCases(t, v.library(t, testkit.Tree(t, racing...), "libsecrets.a"), threads,
		func(t *testing.T, program string, cases ...string) {
			require.Contains(t, run(t, ".", program, "rounds_of_threads"), "WARNING: DATA RACE")
			s.caughtByTools++
		})
}

// guards makes the program that calls every function with each buffer next to a page that must
// not be touched.
func guards(t *testing.T, v variant, library string) string {
	return v.program(t, beside("guards.c"), library)
}

// requireGuardsKept calls every function with a guard page after all buffers, and then before
// them, and returns the number of calls.
func requireGuardsKept(t *testing.T, library string) (calls int) {
	program := guards(t, asUsual, library)
	pointers := functionsWithPointers(t)
	require.Equal(t, pointers, strings.Fields(run(t, ".", program)),
		"what is called, of what the header has")
	for _, place := range []string{behind, front} {
		calls += callsMade(t, run(t, ".", program, place))
	}
	return calls
}

// callsMade reads what the program prints at its end.
func callsMade(t *testing.T, out string) (calls int) {
	var functions int
	_, err := fmt.Sscanf(out, "functions %d calls %d\n", &functions, &calls)
	require.NoError(t, err, out)
	require.Equal(t, len(functionsWithPointers(t)), functions)
	return calls
}

// functionsWithPointers returns the public functions that take a pointer, in the order of the
// header.
func functionsWithPointers(t *testing.T) (names []string) {
	prototype := regexp.MustCompile(`(?m)^[a-z][a-z0-9_ ]*[ *](secrets_\w+)\(([^)]*)\)`)
	all := prototype.FindAllStringSubmatch(testkit.Read(t,
		filepath.Join(testkit.Root, "include", "secrets.h")), -1)
	require.Len(t, all, strings.Count(testkit.Read(t,
		filepath.Join(testkit.Root, "test", "abi", "symbols.txt")), "\n"))
	for _, match := range all {
		if strings.Contains(match[2], "*") {
			names = append(names, match[1])
		}
	}
	return names
}

// The quick part of the claim, which is in `make test-all`.
func TestGuards(t *testing.T) {
	assert.Positive(t, requireGuardsKept(t, asUsual.library(t, testkit.Root, "libsecrets.a")))
}
