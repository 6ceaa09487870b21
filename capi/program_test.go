// SPDX-License-Identifier: MIT

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// cPrograms are the programs of testdata that consist of named cases, see check.h.
var cPrograms = []string{
	"tokens.c", "batches.c", "numbers.c", "big.c", "sequences.c", "passwords.c", "passphrases.c", "apikeys.c",
	"compare.c", "library.c", "threads.c",
}

// programsWithoutThreads are those that need nothing but the library and C, for an emulator.
func programsWithoutThreads() []string {
	return slices.DeleteFunc(slices.Clone(cPrograms), func(source string) bool { return source == "threads.c" })
}

// Every function of the header from real programs, as C and as C++, against the
// shared library.
func TestPrograms(t *testing.T) {
	for _, l := range languages {
		t.Run(l.name, func(t *testing.T) {
			for _, source := range cPrograms {
				runCases(t, source, l.compile(t, filepath.Join("testdata", source)))
			}
		})
	}
}

// The same against the static library.
func TestProgramsLinkedStatically(t *testing.T) {
	for _, source := range cPrograms {
		runCases(t, source, languages[0].compile(t, filepath.Join("testdata", source), static))
	}
}

func runCases(t *testing.T, source, program string) {
	for _, name := range caseNames(t, program) {
		t.Run(strings.TrimSuffix(source, ".c")+"/"+name, func(t *testing.T) {
			t.Parallel()
			run(t, program, name)
		})
	}
}

// caseNames returns the names of a program's cases, but for those with one of the tags.
func caseNames(t *testing.T, program string, without ...string) []string {
	t.Helper()
	return namesIn(t, run(t, program), without...)
}

// namesIn returns the names in a list of cases, see check.h, but for those with one of the tags
// and those that others run.
func namesIn(t *testing.T, list string, without ...string) (names []string) {
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

// A function that no program calls is a function that nobody tried.
func TestProgramsCallEveryFunction(t *testing.T) {
	var sources strings.Builder
	for _, source := range cPrograms {
		text, err := os.ReadFile(filepath.Join("testdata", source))
		require.NoError(t, err)
		sources.Write(text)
	}
	for _, name := range declared(t) {
		assert.Regexp(t, regexp.MustCompile(`\b`+name+`\(`), sources.String())
	}
}
