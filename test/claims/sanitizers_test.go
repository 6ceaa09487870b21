// SPDX-License-Identifier: MIT

package claims

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/require"
)

// A variant is a way to build the library for an instrument, with the flags that a program needs
// besides.
type variant struct {
	settings []string
	flags    []string
}

const (
	stopAtFirst = " -fno-sanitize-recover=all"
	ofAddresses = "-fsanitize=address,undefined"
	ofBehaviour = "-fsanitize=undefined"

	// Some instruments have sections of their own, which a rewind would not restore, so the build
	// rejects them. No child calls such a library.
	withSections = "SECTIONS=any"
)

var (
	asUsual = variant{}

	// AddressSanitizer for both languages, UBSan for C, and for Go checkptr, which -asan
	// enables. The variables of C have no guards between them, as the engine would read those
	// when it copies all variables.
	watchedAddresses = variant{
		settings: []string{"CC=" + namedCC(), "GOFLAGS=-asan",
			"CFLAGS=-O1 -g " + ofAddresses + stopAtFirst + noGuards(), "LDFLAGS=" + ofAddresses,
			withSections},
		flags: []string{ofAddresses, "-fno-sanitize-recover=all"},
	}
	watchedByMemcheck = variant{settings: []string{"TAGS=valgrind"}}

	// The same code as usual, without an instruction that valgrind does not know.
	watchedByCallgrind = variant{settings: []string{"TAGS=instrument"}}

	// UBSan and memcheck, the two instruments that work in forked children.
	watchedInChildren = variant{
		settings: []string{"TAGS=valgrind", "CFLAGS=-O1 -g " + ofBehaviour + stopAtFirst,
			"LDFLAGS=" + ofBehaviour},
	}

	// The race detector of Go has no shadow memory for position-independent executables. It
	// enables checkptr too.
	watchedThreads = variant{
		settings: []string{"GOFLAGS=-race", withSections},
		flags:    []string{"-no-pie"},
	}
)

// namedCC returns a compiler that Go recognises by its name, as -asan needs: cc does not say
// which it is.
func namedCC() string {
	if command := testkit.Tool("CC", "cc"); command != "cc" {
		return command
	}
	return "gcc"
}

// noGuards returns the option by which that compiler omits the guards.
func noGuards() string {
	if strings.Contains(namedCC(), "clang") {
		return " -mllvm -asan-globals=0"
	}
	return " --param=asan-globals=0"
}

// library builds one library of a tree, libsecrets.a or libsecrets.so.
func (v variant) library(t *testing.T, dir, name string) string {
	t.Helper()
	return library(t, dir, name, v.settings...)
}

// program compiles a program with the static library of a tree.
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

// beside returns the path of a program of these tests.
func beside(name string) string {
	return filepath.Join(testkit.Root, "test", "claims", "testdata", name)
}

// caseRun runs all cases of a program under an instrument, in one process.
type caseRun func(t *testing.T, program string, cases ...string)

// runCases runs the cases of the programs, except the slow ones, whose calls others make too, and
// those with children, in which the instruments cannot start a thread. It returns their number.
func (v variant) runCases(t *testing.T, library string, sources []string, run caseRun) int {
	count := 0
	for _, source := range sources {
		program := v.program(t, testkit.Source(source), library)
		cases := testkit.CaseNames(t, program, "slow", "forks")
		run(t, program, cases...)
		count += len(cases)
	}
	return count
}

// quietly runs a program of cases that prints nothing but their names.
func quietly(t *testing.T, program string, cases ...string) {
	out := run(t, ".", program, cases...)
	require.Equal(t, strings.Join(cases, "\n")+"\n", out)
}
