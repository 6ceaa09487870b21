// SPDX-License-Identifier: MIT

package hosts

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The long form, which `make stress` runs.
var stress = os.Getenv("STRESS") != ""

// children returns how many children each combination of TestFork has.
func children() int {
	if stress {
		return 45 // with their descendants, more than 10,000 processes
	}
	return 2
}

func fork(t *testing.T, program string, args ...any) testkit.ForkReport {
	t.Helper()
	var words []string
	for _, arg := range args {
		words = append(words, fmt.Sprint(arg))
	}
	out := testkit.Run(t, program, words...)
	require.Regexp(t, `^children [^\n]*\n$`, out, "nothing else is said")
	return testkit.ForkReportOf(t, out)
}

// Every child gets answers, whatever the threads of parent and child, the depth, and the way it
// was created, and no two tokens are equal. A run makes fewer than 2^20 tokens of 128 bits, two
// of which are equal with a probability below 2^-88; in any run: below 2^-80.
func TestFork(t *testing.T) {
	program := testkit.Compile(t, testkit.Source("fork.c"))
	total := 0
	for _, way := range []string{"fork", "clone", "daemon", "vfork", "spawn"} {
		for _, parent := range []int{0, 1, 4} {
			for _, child := range []int{1, 4, 8} {
				for _, depth := range []int{1, 4} {
					r := fork(t, program, way, parent, child, depth, children(), 60)
					assert.Equal(t, testkit.ForkReport{Children: r.Children,
						Tokens: 1 + 8*child*depth*r.Children}, r,
						"%s, %d threads in the parent, %d in the child, depth %d",
						way, parent, child, depth)
					total += r.Children * depth
				}
			}
		}
	}
	t.Logf("%d forked processes", total)
}

// The control: without the engine that re-initialises the library, children hang. If they do not,
// TestFork proves nothing.
func TestForkHangsWithoutTheEngine(t *testing.T) {
	t.Parallel()
	plain := testkit.PlainLibrary(t)
	program := testkit.Compile(t, testkit.Source("fork.c"), plain,
		"-Wl,-rpath,"+filepath.Dir(plain))
	for _, c := range [][2]int{{0, 8}, {4, 1}, {4, 8}} {
		assert.True(t, hangs(t, program, c[0], c[1]),
			"%d threads in the parent, %d in the child", c[0], c[1])
	}
}

// hangs reports whether any of a hundred children hangs. Of the children of an idle parent about
// half did with four threads, and more with eight.
func hangs(t *testing.T, program string, parent, child int) bool {
	for range 100 {
		if fork(t, program, "fork", parent, child, 1, 1, 2).Hung > 0 {
			return true
		}
	}
	return false
}

// Each case refuses one thing, in a process of its own.
func TestRefusals(t *testing.T) {
	program := testkit.Compile(t, testkit.Source("refuse.c"))
	for _, name := range testkit.CaseNames(t, program) {
		t.Run(name, func(t *testing.T) { testkit.Run(t, program, name) })
	}
}
