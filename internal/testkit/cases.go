// SPDX-License-Identifier: MIT

package testkit

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Programs are the programs of test/c that together call every function of the header. They
// consist of named cases (check.h).
var Programs = []string{
	"tokens.c", "batches.c", "numbers.c", "big.c", "sequences.c", "passwords.c", "passphrases.c",
	"apikeys.c", "compare.c", "library.c", "threads.c",
}

// CppPrograms are the programs of test/cpp that consist of cases.
var CppPrograms = []string{"functions.cc", "scripted.cc"}

// ProgramsWithoutThreads are those that need nothing but the library and C, as in an emulator.
func ProgramsWithoutThreads() []string {
	return slices.DeleteFunc(slices.Clone(Programs), func(source string) bool {
		return source == "threads.c"
	})
}

// RunCases runs each case of a program, except for those with one of the tags.
func RunCases(t *testing.T, source, program string, without ...string) {
	for _, name := range CaseNames(t, program, without...) {
		t.Run(strings.TrimSuffix(source, ".c")+"/"+name, func(t *testing.T) {
			t.Parallel()
			Run(t, program, name)
		})
	}
}

// RunTogether runs the cases of a program in one process, except for those with one of the tags.
func RunTogether(t *testing.T, program string, without ...string) {
	t.Helper()
	Run(t, program, CaseNames(t, program, without...)...)
}

// CaseNames returns the names of a program's cases, except for those with one of the tags.
func CaseNames(t *testing.T, program string, without ...string) []string {
	t.Helper()
	return NamesIn(t, Run(t, program), without...)
}

// NamesIn returns the names in a list of cases (check.h), except for those with one of the tags
// and those that other cases run.
func NamesIn(t *testing.T, list string, without ...string) (names []string) {
	t.Helper()
	for line := range strings.Lines(list) {
		words := strings.Fields(line)
		named := func(tag string) bool { return slices.Contains(words[1:], tag) }
		if !slices.ContainsFunc(append(without, "inner"), named) {
			names = append(names, words[0])
		}
	}
	require.NotEmpty(t, names, "no case is left of\n%s", list)
	return names
}

// The cases that are run for each way of linking: who forks, who calls first, what stays.
var rewinds = strings.Fields(`parent_called parent_never_called bare_system_call
	other_thread_calls_first threads_fork descendants_of_the_busy copy_is_kept memory_is_locked
	constructor_answers`)

// RunRewinds runs these cases of rewind.c.
func RunRewinds(t *testing.T, program ...string) {
	t.Helper()
	for _, name := range rewinds {
		Run(t, program[0], append(program[1:len(program):len(program)], name)...)
	}
}
