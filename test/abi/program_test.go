// SPDX-License-Identifier: MIT

package abi

import (
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// Every function of the header is called from programs in C that are linked with the shared
// library: each case in a process of its own.
func TestPrograms(t *testing.T) {
	for _, source := range testkit.Programs {
		testkit.RunCases(t, source, testkit.Compile(t, testkit.Source(source)))
	}
}

// The same in C++ and the other versions of C, one of them with the static library, which differ in
// how a program is compiled and linked: cases that take long would show nothing new.
func TestProgramsCompiledOtherwise(t *testing.T) {
	for _, source := range testkit.Programs {
		for _, l := range testkit.Languages[1:] {
			var linked []string
			if l.Name == "C11" {
				linked = append(linked, testkit.Static)
			}
			t.Run(l.Name+"/"+source, func(t *testing.T) {
				t.Parallel()
				program := l.Compile(t, testkit.Source(source), linked...)
				testkit.RunTogether(t, program, "slow", "many", "busy")
			})
		}
	}
}

// Every function of the header is called by some program.
func TestProgramsCallEveryFunction(t *testing.T) {
	var sources strings.Builder
	for _, source := range testkit.Programs {
		sources.WriteString(testkit.Read(t, testkit.Source(source)))
	}
	for _, name := range declared(t) {
		assert.Regexp(t, regexp.MustCompile(`\b`+name+`\(`), sources.String())
	}
}
