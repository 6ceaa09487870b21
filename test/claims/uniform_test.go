// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/require"
)

// uniformTests enumerate the outcomes of draws, or prove what cannot be enumerated. The last one
// applies the same judge to functions with a known bias.
var uniformTests = []string{
	"TestEveryOutcomeIsEquallyLikely",
	"TestRejectedWordsLeaveTheOthersUniform",
	"TestEveryShortWordCounts",
	"TestScaleIsAsProved",
	"TestRandBelowAcceptsAndRejects",
	"TestRandBitsTakesTheTopBits",
	"TestRandomTakesAsManyWordsForEach",
	"TestRandBelowBigCountsEveryValueAlike",
	"TestFillRandBelowReplacesRejectedWords",
	"TestShuffleMakesEveryPermutationOnce",
	"TestSampleOfManyIsUniform",
	"TestSampleOfFewIsUniform",
	"TestPasswordMakesEachThatSatisfies",
	"TestCountsHaveExactlyTheirShare",
	"TestNaturalsAreDrawnBelow",
	"TestBiasIsFound",
}

// biases are faults of the library, each with the test that has to see it.
var biases = []struct {
	edit testkit.Change
	seen string
}{
	{testkit.Change{File: "secrets/number.go",
		Before: "low >= bound || low >= (1<<width-bound)%bound", After: "low|1 != 0"},
		"TestEveryShortWordCounts"},
	{testkit.Change{File: "secrets/number.go", Before: "(1<<width-bound)%bound",
		After: "(1<<width-bound)%bound>>1"}, "TestScaleIsAsProved"},
	{testkit.Change{File: "secrets/number.go", Before: "word>>11", After: "word>>12<<1"},
		"TestRandomTakesAsManyWordsForEach"},
	{testkit.Change{File: "secrets/big.go", Before: "!less(value, bound)",
		After: "less(bound, value)"}, "TestRandBelowBigCountsEveryValueAlike"},
	{testkit.Change{File: "secrets/sequence.go", Before: "ahead.below(uint64(i)+1, i)",
		After: "ahead.below(uint64(n), i)"}, "TestShuffleMakesEveryPermutationOnce"},
	{testkit.Change{File: "secrets/sample.go", Before: "< uint64(len(dst)) {",
		After: "<= uint64(len(dst)) {"}, "TestSampleOfManyIsUniform"},
	{testkit.Change{File: "secrets/password.go", Before: "\tShuffle(groups)\n", After: ""},
		"TestPasswordMakesEachThatSatisfies"},
	{testkit.Change{File: "secrets/plan.go", Before: "way.draw(ways)\n\tc[0] = 1",
		After: "way.draw(ways)\n\tc[0] = 2"}, "TestPasswordMakesEachThatSatisfies"},
	{testkit.Change{File: "secrets/plan.go", Before: "for n := range l + 1 {",
		After: "for n := range l {"}, "TestCountsHaveExactlyTheirShare"},
	{testkit.Change{File: "secrets/natural.go", Before: "drawn = a.below(bound)",
		After: "drawn = a.below(bound) || true"}, "TestNaturalsAreDrawnBelow"},
	{testkit.Change{File: "secrets/passphrase.go",
		Before: "ahead.below(uint64(p.vocabulary.size), left)",
		After:  "ahead.below(uint64(max(1, p.vocabulary.size-1)), left)"},
		"TestEveryOutcomeIsEquallyLikely"},
	{testkit.Change{File: "secrets/apikey.go", Before: "ahead.below(62, len(body)-i)",
		After: "ahead.below(61, len(body)-i)"}, "TestEveryOutcomeIsEquallyLikely"},
}

func exactlyUniform(t *testing.T) evidence {
	out, err := testCore(t, testkit.Root, uniformTests...)
	require.NoError(t, err, out)
	for _, name := range uniformTests {
		require.Contains(t, out, "--- PASS: "+name+" ", "it did not run")
	}
	for _, bias := range biases {
		out, err := testCore(t, testkit.Tree(t, bias.edit), bias.seen)
		require.Error(t, err, "%v goes unnoticed", bias.edit)
		require.Contains(t, out, "--- FAIL: "+bias.seen+" ", bias.edit)
	}
	return evidence{
		figure: fmt.Sprintf("%d draws enumerated, %d edges of wide words exact",
			logged(t, out, "draws enumerated"), logged(t, out, "words checked")),
		caught: fmt.Sprintf("%d biased functions and %d faults put into the library",
			logged(t, out, "biases found"), len(biases)),
	}
}

// testCore runs these tests of package secrets in a tree, and returns what they print.
func testCore(t *testing.T, dir string, names ...string) (string, error) {
	t.Helper()
	return attempt(t, dir, "go", "test", "./secrets", "-count=1", "-vet=off", "-v", "-run",
		"^("+strings.Join(names, "|")+")$")
}

// logged adds up the numbers that were printed under that name.
func logged(t *testing.T, out, name string) int {
	t.Helper()
	matches := regexp.MustCompile(name+`: (\d+)\b`).FindAllStringSubmatch(out, -1)
	require.NotEmpty(t, matches, "nothing printed %s", name)
	sum := 0
	for _, match := range matches {
		n, err := strconv.Atoi(match[1])
		require.NoError(t, err)
		sum += n
	}
	return sum
}
