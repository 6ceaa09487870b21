// SPDX-License-Identifier: MIT

package languages

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Calls on the stacks of other languages cost what others do: on small and large fibers, in all
// threads and alternating between threads, and on the stack that koffi has for every call. The
// control is a library that asks for the bounds of stacks as Go does.
func TestOtherStacks(t *testing.T) {
	asking := testkit.Rebuilt(t, testkit.AsksForBounds)
	for language := range callers {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			callFromStacks(t, language, asking)
		})
	}
}

// The programs in other languages, and the stacks that they call from. Python's greenlets are not
// among them: they run on the thread's own stack, and are copied away and back.
var callers = map[string]struct {
	program string
	stacks  []string
}{
	"php": {"stacks.php", []string{"own stack", "fiber", "by turns"}},
	"ruby": {"stacks.rb", []string{"own stack", "fiber", "by turns",
		"in a thread, own stack", "in a thread, fiber", "in a thread, by turns"}},
	"node": {"stacks.js", []string{"koffi", "callback",
		"in a thread, koffi", "in a thread, callback"}},
}

// From each stack a program makes a thousand calls or more. What an interpreter does at
// intervals, or to collect garbage, is some tens of system calls.
const (
	callsOfStack = 1000
	byTheWay     = callsOfStack / 10
)

// No call of the library makes a system call except getrandom.
func callFromStacks(t *testing.T, language, asking string) {
	for stack, calls := range systemCallsFrom(t, language, testkit.Shared) {
		assert.Less(t, calls.sum(), byTheWay, "%s: %v", stack, calls)
	}
	for stack, calls := range systemCallsFrom(t, language, asking) {
		if !strings.HasSuffix(stack, "own stack") {
			assert.GreaterOrEqual(t, calls.sum(), callsOfStack, "the control: %s: %v", stack, calls)
		}
	}
}

// A tally counts how often each system call was made.
type tally map[string]int

func (t tally) sum() (sum int) {
	for _, count := range t {
		sum += count
	}
	return sum
}

// beyond returns the system calls that are not in the other, except getrandom.
func (t tally) beyond(other tally) tally {
	more := tally{}
	for name, count := range t {
		if count > other[name] && name != "getrandom" {
			more[name] = count - other[name]
		}
	}
	return more
}

// systemCallsFrom counts, for each stack, the system calls that a program makes beyond those that
// it makes when it calls the C library instead.
func systemCallsFrom(t *testing.T, language, library string) map[string]tally {
	t.Helper()
	found := betweenMarks(traced(t, language, library))
	beyond := map[string]tally{}
	for _, stack := range callers[language].stacks {
		require.Contains(t, found, "nothing: "+stack)
		require.Contains(t, found, "calls: "+stack)
		beyond[stack] = found["calls: "+stack].beyond(found["nothing: "+stack])
	}
	require.Len(t, found, 2*len(beyond))
	return beyond
}

// traced traces the system calls of all threads of a program by strace.
func traced(t *testing.T, language, library string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	command := append([]string{"strace", "-f", "-o", out}, scripting[language].command...)
	program := filepath.Join(testkit.Root, "test", "languages", callers[language].program)
	printed, err := scripted(t, library, append(command, program)...).CombinedOutput()
	require.NoError(t, err, "%s", printed)
	return testkit.Read(t, out)
}

var traceLine = regexp.MustCompile(`^(\d+) +(\w+)\((?:-1, "([^"]+)")?`)

// betweenMarks counts the system calls of a thread between the marks that it writes to no
// descriptor: a title, and then `end`.
func betweenMarks(trace string) map[string]tally {
	titles, counts := map[string]string{}, map[string]tally{}
	for line := range strings.Lines(trace) {
		found := traceLine.FindStringSubmatch(line)
		if found == nil { // the second half of a call, a signal, an end
			continue
		}
		thread, name, mark := found[1], found[2], found[3]
		switch title := titles[thread]; {
		case name == "write" && mark == "end":
			delete(titles, thread)
		case name == "write" && mark != "":
			titles[thread] = mark
			counts[mark] = tally{}
		case title != "":
			counts[title][name]++
		}
	}
	return counts
}
