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

// cPrograms are the programs of testdata that consist of named cases: without
// an argument they list them, with a name they run one.
var cPrograms = []string{
	"tokens.c", "batches.c", "numbers.c", "big.c", "sequences.c", "passwords.c", "passphrases.c", "apikeys.c",
	"compare.c", "library.c", "threads.c",
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

// caseNames gives the names of a program's cases. Those that begin with inner_ are
// what others run after an exec.
func caseNames(t *testing.T, program string, args ...string) []string {
	names := slices.DeleteFunc(strings.Fields(run(t, program, args...)), func(name string) bool {
		return strings.HasPrefix(name, "inner_")
	})
	require.NotEmpty(t, names, "%s lists no cases", program)
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
