// SPDX-License-Identifier: MIT

package hosts

import (
	"os/exec"
	"strconv"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// How the first call of limits.c ends: with an answer, with SECRETS_ESTART, or by a signal.
const (
	answered = 0
	refused  = 4
	died     = -1
)

func under(t *testing.T, program, what string, amount int) int {
	t.Helper()
	var failure *exec.ExitError
	err := exec.CommandContext(t.Context(), program, what, strconv.Itoa(amount)).Run()
	if err == nil {
		return answered
	}
	require.ErrorAs(t, err, &failure)
	require.NotEqual(t, 1, failure.ExitCode(), "the limit could not be set")
	return failure.ExitCode()
}

// least returns the smallest amount, up to most, with which three first calls in a row succeed.
func least(t *testing.T, program, what string, most int) int {
	t.Helper()
	low, high := 0, most
	for high-low > 1 {
		middle := (low + high) / 2
		if under(t, program, what, middle) == answered &&
			under(t, program, what, middle) == answered &&
			under(t, program, what, middle) == answered {
			high = middle
		} else {
			low = middle
		}
	}
	require.Less(t, high, most, "%s: no first call answers", what)
	return high
}

// What is tried before a start is at least what the runtime needs, and not much more: a heap may
// begin at the end of an arena, and then needs another, 64 MB of addresses and 4 MB of writable
// memory. If there is less, the call returns a status. The control is a library that tries
// nothing, and aborts as soon as the runtime is refused memory. (Left to itself, the runtime
// would use some memory that it was refused.)
func TestTrialAsksForWhatTheRuntimeNeeds(t *testing.T) {
	t.Parallel()
	program := testkit.Against(t, testkit.Source("limits.c"), testkit.Shared)
	untried := testkit.Against(t, testkit.Source("limits.c"), testkit.Rebuilt(t,
		testkit.Change{File: "capi/engine.c", Before: "!heap_fits() || ", After: ""},
		testkit.Change{File: "capi/heap.c", Before: "\tif (region != MAP_FAILED &&",
			After: "\tif (region == MAP_FAILED)\n\t\tabort();\n\tif (region != MAP_FAILED &&"},
	))
	for what, slack := range map[string]int{"addresses": 64 + 6, "data": 6} {
		const most = 3000
		tried, needed := least(t, program, what, most), least(t, untried, what, most)
		t.Logf("%s: %d MB are tried out, %d needed", what, tried, needed)
		assert.LessOrEqual(t, needed, tried,
			"%s that the runtime needs and are not tried out, in MB", what)
		assert.LessOrEqual(t, tried-needed, slack,
			"%s that are tried out and not needed, in MB", what)
		assert.Equal(t, refused, under(t, program, what, tried-10), what)
		assert.Equal(t, died, under(t, untried, what, needed/2), what)
	}
}

// The number of the runtime's threads differs from start to start. As many are created as it was
// ever seen to need, and if one of them is refused, the call fails every time.
func TestTrialOfThreads(t *testing.T) {
	const threads = 5 // THREADS of threads.c; the calling thread is one more
	program := testkit.Against(t, testkit.Source("limits.c"), testkit.Shared)
	untried := testkit.Against(t, testkit.Source("limits.c"), testkit.Rebuilt(t,
		testkit.Change{File: "capi/threads.c", Before: "#define THREADS 5",
			After: "#define THREADS 0"},
	))
	for range 10 {
		assert.Equal(t, answered, under(t, program, "threads", threads+1))
		assert.Equal(t, refused, under(t, program, "threads", threads))
		assert.Equal(t, answered, under(t, untried, "threads", threads+1),
			"the runtime asks for more threads than are made")
	}
	// Two are indispensable: the first one, and one for the work that the first waits for.
	assert.Equal(t, died, under(t, untried, "threads", 1+1))
}
