// SPDX-License-Identifier: MIT

package abi

import (
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// Every function of the header is called from programs in C and C++ that are linked with the
// shared library. In the other versions of C, which differ in how they are compiled, the cases that
// take long would show nothing new.
func TestPrograms(t *testing.T) {
	for _, l := range testkit.Languages {
		var without []string
		if l.Name == "C11" || l.Name == "C23" {
			without = []string{"slow", "many", "busy"}
		}
		t.Run(l.Name, func(t *testing.T) {
			for _, source := range testkit.Programs {
				testkit.RunCases(t, source, l.Compile(t, testkit.Source(source)), without...)
			}
		})
	}
}

// The same against the static library.
func TestProgramsLinkedStatically(t *testing.T) {
	for _, source := range testkit.Programs {
		testkit.RunCases(t, source, testkit.Compile(t, testkit.Source(source), testkit.Static))
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
