// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/require"
)

// earlyExit makes CompareDigest return as soon as it can.
var earlyExit = testkit.Change{File: "secrets/compare.go",
	Before: "\treturn subtle.ConstantTimeCompare(left, b)&same == 1\n", After: `
	for i := range b {
		if same == 0 || left[i] != b[i] {
			return false
		}
	}
	return same == 1
`}

// distinct is the |t| from which dudect calls a function definitely not of constant time.
//
// If the time does not depend on the inputs, it does not depend on the coins that chose them,
// whatever else runs on the machine. For given times, t is to within a few hundredths a sum of
// their distances from the mean, each with the sign of its coin, over the root of the sum of
// their squares: by Hoeffding's inequality it exceeds 9 with a probability below 2*exp(-40.5) <
// 2^-57. A false alarm needs that in 3 of 5 batches, each with 4 ways to crop it, for one of 30
// pairs of size and way: below 2^-150. (The ways that differ in size may be one per cent apart:
// testdata/timing.c says why.)
const distinct = 10.0

// A batch has enough calls to show a processor cycle or two.
const callsInBatch = "40000"

func compareTakesTimeBySizeAlone(t *testing.T) evidence {
	largest := slices.Max(slices.Collect(maps.Values(differences(t,
		filepath.Join(testkit.Root, "build", "libsecrets.so")))))
	require.Less(t, largest, distinct,
		"calls that differ in their inputs alone differ in their time")
	reports, log := memcheck(t, undefined(t, watched(t, testkit.Tree(t))), "comparison")
	require.Zero(t, reports, log)

	// If only the last byte differs, an early exit takes as long as for equal inputs.
	broken := watched(t, testkit.Tree(t, earlyExit))
	caught := differences(t, broken)
	delete(caught, "last")
	least := slices.Min(slices.Collect(maps.Values(caught)))
	require.Greater(t, least, distinct, "the times do not show the early exit: %v", caught)
	branches, log := memcheck(t, undefined(t, broken), "comparison")
	require.NotZero(t, branches, log)
	require.Contains(t, log, branchReport)
	return evidence{
		figure: fmt.Sprintf("|t| of %.1f at most (beyond a hundredth, where sizes differ), %d "+
			"reports", largest, reports),
		caught: fmt.Sprintf("an early exit, |t| of %.0f at least, %d reports", least, branches),
	}
}

// differences times a library and returns, for each way in which two inputs can differ, the
// largest |t| of all sizes.
func differences(t *testing.T, library string) map[string]float64 {
	t.Helper()
	program := compile(t, filepath.Join("testdata", "timing.c"), library)
	largest := map[string]float64{}
	for line := range strings.Lines(run(t, ".", program, callsInBatch)) {
		var size int
		var way string
		var value float64
		_, err := fmt.Sscan(line, &size, &way, &value)
		require.NoError(t, err, line)
		largest[way] = max(largest[way], value)
	}
	require.Len(t, largest, 6)
	return largest
}
