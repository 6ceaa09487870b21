// SPDX-License-Identifier: MIT

package proofs

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A variant is a way to build the library that has it watched, and the flags that
// a program needs beside it.
type variant struct {
	settings []string
	flags    []string
}

const (
	stopAtFirst = " -fno-sanitize-recover=all"
	ofAddresses = "-fsanitize=address,undefined"
	ofBehaviour = "-fsanitize=undefined"

	// Some instruments have sections of their own, which a rewind would leave as they are, so
	// that the Makefile refuses them. No child calls such a library.
	withSections = "WRITABLE=.*"
)

var (
	asUsual = variant{}

	// AddressSanitizer for both languages, UBSan for C, and checkptr, which
	// -asan brings along, for Go. The variables of C have no guards between them, which the
	// engine would read as it puts all of them aside.
	watchedAddresses = variant{
		settings: []string{"CC=" + namedCC(), "GOFLAGS=-asan", "CFLAGS=-O1 -g " + ofAddresses + stopAtFirst + noGuards(), "LDFLAGS=" + ofAddresses, withSections},
		flags:    []string{ofAddresses, "-fno-sanitize-recover=all"},
	}
	watchedByMemcheck = variant{settings: []string{"TAGS=valgrind"}}

	// The same code as usual, without an instruction that valgrind does not know.
	watchedByCallgrind = variant{settings: []string{"TAGS=instrument"}}

	// UBSan and memcheck, the two that forked children can do with.
	watchedInChildren = variant{
		settings: []string{"TAGS=valgrind", "CFLAGS=-O1 -g " + ofBehaviour + stopAtFirst, "LDFLAGS=" + ofBehaviour},
	}

	// The race detector of Go has no shadow for where a program lies that may lie
	// anywhere. It brings checkptr along too.
	watchedThreads = variant{
		settings: []string{"GOFLAGS=-race", withSections},
		flags:    []string{"-no-pie"},
	}
)

// namedCC is a compiler that Go knows by its name, as it has to for -asan: cc does
// not tell which it is.
func namedCC() string {
	if command := cc(); command != "cc" {
		return command
	}
	return "gcc"
}

// noGuards is how a compiler is told so.
func noGuards() string {
	if strings.Contains(namedCC(), "clang") {
		return " -mllvm -asan-globals=0"
	}
	return " --param=asan-globals=0"
}

// library makes one library of a tree, libsecrets.a or libsecrets.so.
func (v variant) library(t *testing.T, dir, name string) string {
	t.Helper()
	return library(t, dir, name, v.settings...)
}

// program makes a program with the static library of a tree in it.
func (v variant) program(t *testing.T, source, library string, flags ...string) string {
	t.Helper()
	return compile(t, source, library, slices.Concat(v.flags, flags)...)
}

func inParallel(t *testing.T, name string, body func(t *testing.T)) {
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		body(t)
	})
}

// inProofs and inTests give the sources of programs.
func inProofs(name string) string { return filepath.Join(root, "proofs", "testdata", name) }
func inTests(name string) string  { return filepath.Join(root, "capi", "testdata", name) }

// programsOfCases are the programs in capi/testdata that consist of named cases,
// from the list that the tests of that package have.
func programsOfCases(t *testing.T) []string {
	list := regexp.MustCompile(`(?s)var cPrograms = \[\]string\{(.*?)\n\}`).FindStringSubmatch(
		read(t, filepath.Join(root, "capi", "program_test.go")))
	require.NotNil(t, list)
	var sources []string
	for _, quoted := range regexp.MustCompile(`"\w+\.c"`).FindAllString(list[1], -1) {
		sources = append(sources, strings.Trim(quoted, `"`))
	}
	require.NotEmpty(t, sources)
	return sources
}

// leftOut says which cases of those programs no instrument runs, and why. What
// they call others call too, at all sizes.
var leftOut = []struct{ reason, cases string }{
	{"counts what many draws give: minutes where every access is watched", `
		below_a_million below_independent below_no_bias below_no_bias_in_16_bits below_no_bias_in_32_bits
		below_no_bias_in_64_bits below_reaches_all built_in_even characters_equally_likely choice_even
		choice_reaches_all_and_reads_none naive_numbers_are_caught naive_shuffle_is_caught
		naive_strings_are_caught numbers_by_class_exact own_words_even reaches_all_of_four_classes
		sample_orders_even sample_pairs_even sample_places_even sample_reaches_every_index_everywhere
		sample_reaches_every_pair shuffle_orders_even shuffle_places_even shuffle_reaches_every_order
		strings_equally_likely`},
	{"is large: seconds as it is, a minute where every access is watched", `
		bits_large built_in_everywhere bytes_large entropy_by_counting every_swap_is_noticed large_list
		largest_policy prefixes_of_every_kind repeated_in_large_list sample_larger_populations
		sample_needs_no_memory sample_of_a_million sample_of_huge_populations sample_small_populations
		shuffle_a_million`},
	{"is rounds_of_threads once more, and a few calls", `threads_beside_main`},
	{"starts a thread in a forked child, which the instruments themselves cannot do", `cancelled_in_its_first_call`},
	{"counts in memory that another case counts in, and they share a process here", `bytes_every_value hex_every_character`},
}

func namesLeftOut() (names []string) {
	for _, some := range leftOut {
		names = append(names, strings.Fields(some.cases)...)
	}
	return names
}

// caseRun is what an instrument makes of all cases of a program, in one process.
type caseRun func(t *testing.T, program string, cases ...string)

// runCases runs all cases of the programs but those left out, and counts them.
func (v variant) runCases(t *testing.T, library string, sources []string, run caseRun) int {
	count := 0
	for _, source := range sources {
		program := v.program(t, inTests(source), library, "-Dmain=run_case", inProofs("cases.c"))
		cases := slices.DeleteFunc(caseNames(t, program), func(name string) bool {
			return slices.Contains(namesLeftOut(), name)
		})
		require.NotEmpty(t, cases, source)
		run(t, program, cases...)
		count += len(cases)
	}
	return count
}

// caseNames are the cases of a program but those that it runs itself.
func caseNames(t *testing.T, program string) []string {
	return slices.DeleteFunc(strings.Fields(run(t, ".", program)), func(name string) bool {
		return strings.HasPrefix(name, "inner_")
	})
}

// quietly runs a program of cases that says nothing but their names.
func quietly(t *testing.T, program string, cases ...string) {
	out := run(t, ".", program, cases...)
	require.Equal(t, strings.Join(cases, "\n")+"\n", out)
}

// A case that is gone must not stay on the list.
func requireLeftOutExist(t *testing.T, library string) {
	var all []string
	for _, source := range programsOfCases(t) {
		all = append(all, caseNames(t, compile(t, inTests(source), library))...)
	}
	require.Subset(t, all, namesLeftOut())
}
