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
	// that the build refuses them. No child calls such a library.
	withSections = "SECTIONS=any"
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
	if command := testkit.Tool("CC", "cc"); command != "cc" {
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

// beside returns the path of a program of these tests.
func beside(name string) string {
	return filepath.Join(testkit.Root, "test", "claims", "testdata", name)
}

// caseRun is what an instrument makes of all cases of a program, in one process.
type caseRun func(t *testing.T, program string, cases ...string)

// runCases runs all cases of the programs but the slow ones, whose calls others make too, and
// those with children, in which the instruments cannot start a thread. It counts them.
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

// quietly runs a program of cases that says nothing but their names.
func quietly(t *testing.T, program string, cases ...string) {
	out := run(t, ".", program, cases...)
	require.Equal(t, strings.Join(cases, "\n")+"\n", out)
}
