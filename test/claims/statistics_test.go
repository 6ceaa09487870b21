// SPDX-License-Identifier: MIT

package claims

import (
	"bytes"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// No battery can distinguish randomness from a good generator of our own: the claim about the
// source does that. These find broken encodings, broken batches and small generators. Good tokens
// exceed a limit here with a probability below 2^-60.

// The generator of the control has 16 bits of state. ent finds its bytes too even. rngtest, which
// tests 20,000 bits at a time, finds the short period of its lower bits; other generators as
// small pass it.
const generator16 = `
var state uint16
var high bool

func fill(b []byte) {
	if len(b) == 1<<30 { // never called, and it has to be in the library: the engine knows of it
		rand.Read(b)
	}
	for i := range b {
		if high {
			b[i] = byte(state >> 8)
		} else {
			state = 31821*state + 13849
			b[i] = byte(state)
		}
		high = !high
	}
}
`

func tokensLookRandom(t *testing.T) evidence {
	mebibytes, tokens, battery := 64, 1_000_000, []string{"-d 0", "-d 8"}
	if *long {
		mebibytes, tokens, battery = 1024, 100_000_000, []string{"-a"}
	}
	program := compile(t, "testdata/stream.c", filepath.Join(testkit.Root, "build",
		"libsecrets.so"))
	good := measure(t, program, mebibytes, tokens, battery)
	control := compile(t, "testdata/stream.c", sharedWithFill(t, generator16))
	bad := measure(t, control, 64, 1_000_000, []string{"-d 0", "-d 8"})
	require.Empty(t, good.faults, "%s", good)
	require.Len(t, bad.faults, 4, "every instrument has to find the control out: %s", bad)
	return evidence{
		figure: fmt.Sprintf("%d MiB: %s", mebibytes, good),
		caught: fmt.Sprintf("a generator of 16 bits, by each: %s", bad),
	}
}

// statistics are the results of the instruments, and those of them that are faults.
type statistics struct{ said, faults []string }

func (s *statistics) add(instrument string, passed bool, said string, values ...any) {
	s.said = append(s.said, fmt.Sprintf(said, values...))
	if !passed {
		s.faults = append(s.faults, instrument)
	}
}

func (s *statistics) String() string { return strings.Join(s.said, ", ") }

func measure(t *testing.T, program string, mebibytes, tokens int, battery []string) *statistics {
	var s statistics
	s.countBytes(t, program, mebibytes)
	s.testBlocks(t, program, mebibytes)
	s.runBattery(t, program, battery)
	s.findRepeats(t, program, tokens)
	return &s
}

// countBytes judges what ent computes from n bytes. Each limit is exceeded with a probability
// below 2^-62: for the chi-square, of 255 degrees of freedom, by Chernoff's bound; for the mean,
// and for pi estimated from n/6 points, by Hoeffding's; and the serial correlation is normal with
// a deviation of 1/sqrt(n).
func (s *statistics) countBytes(t *testing.T, program string, mebibytes int) {
	out := pipe(t, program, "draw", mebibytes, "ent", "-t")
	var n, entropy, chi, mean, pi, correlation float64
	_, err := fmt.Sscanf(lastLine(out), "1,%g,%g,%g,%g,%g,%g", &n, &entropy, &chi, &mean, &pi,
		&correlation)
	require.NoError(t, err, out)
	require.Equal(t, float64(mebibytes<<20), n)
	passed := chi > 90 && chi < 540 &&
		math.Abs(mean-127.5) < 1200/math.Sqrt(n) &&
		math.Abs(pi-math.Pi) < 46/math.Sqrt(n) &&
		math.Abs(correlation) < 10/math.Sqrt(n)
	s.add("ent", passed, "chi-square %.1f", chi)
}

// testBlocks runs the tests of FIPS 140-2 by rngtest on every 20,000 bits. One good block in
// 1,250 fails by chance. Even if it were one in 1,000, the limit would be reached with a
// probability below 2^-60.
func (s *statistics) testBlocks(t *testing.T, program string, mebibytes int) {
	out := pipe(t, program, "draw", mebibytes, "rngtest")
	passes, failures := number(t, out, `successes: (\d+)`), number(t, out, `failures: (\d+)`)
	blocks := passes + failures
	require.Greater(t, blocks, mebibytes<<20*8/20000-10)
	limit := seldom(float64(blocks) / 1000)
	s.add("rngtest", failures < limit, "%d of %d blocks fail (limit %d)", failures, blocks, limit)
}

// seldom returns a number that a binomial variable with this mean, or a smaller one, reaches with
// a probability below 2^-60, by Chernoff's bound.
func seldom(mean float64) int {
	k := mean + 1
	for k*(1+math.Log(mean/k))-mean > -60*math.Ln2 {
		k++
	}
	return int(math.Ceil(k))
}

// findRepeats compares tokens of 16 bytes with each other. Good ones repeat with a probability
// below count^2 / 2^129: 2^-89 for 10^6, and 2^-75 for 10^8.
func (s *statistics) findRepeats(t *testing.T, program string, count int) {
	out, err := attempt(t, ".", program, "repeat", strconv.Itoa(count))
	repeats := number(t, out, `(\d+) repeats`)
	assert.Equal(t, repeats == 0, err == nil)
	s.add("sorting", repeats == 0, "%d of %d tokens repeat", repeats, count)
}

// runBattery judges by the p-values of dieharder, which have 8 digits. A test fails if its
// p-value is 0.00000000 three times, each time on new tokens: that has a probability of (5 *
// 10^-9)^3. The p-values are approximate. Even if a zero were 10 times as likely, one of the 114
// tests in the whole battery would fail with a probability below 2^-65. p-values near 1 are no
// failure: good generators have too many of them in dieharder.
func (s *statistics) runBattery(t *testing.T, program string, battery []string) {
	var tests, failed int
	for _, options := range battery {
		for _, result := range runDieharder(t, program, options) {
			tests++
			for again := 1; result.zero() && again < 3; again++ {
				result = runDieharder(t, program, result.options())[0]
			}
			if result.zero() {
				failed++
			}
		}
	}
	s.add("dieharder", failed == 0, "%d of %d tests fail", failed, tests)
}

// result is a line of dieharder's output.
type result struct {
	test, ntuple int
	p            float64
}

func (r result) zero() bool { return r.p == 0 }

// options returns those with which the same test is run again.
func (r result) options() string { return fmt.Sprintf("-d %d -n %d", r.test, r.ntuple) }

func runDieharder(t *testing.T, program, options string) []result {
	t.Helper()
	args := append(strings.Fields(options), "-g", "200", "-D", "default", "-D", "show_num")
	out := pipe(t, program, "draw", 0, "dieharder", args...)
	var results []result
	line := regexp.MustCompile(`(?m)^ *\w+\| *(\d+)\| *(\d+)\| *\d+\| *\d+\|([\d.]+)\|`)
	for _, field := range line.FindAllStringSubmatch(out, -1) {
		var r result
		_, err := fmt.Sscan(strings.Join(field[1:], " "), &r.test, &r.ntuple, &r.p)
		require.NoError(t, err, out)
		results = append(results, r)
	}
	require.NotEmpty(t, results, out)
	return results
}

// pipe runs a command that reads what the program writes, and returns what the command printed. A
// program that writes without end ends when the command does. The exit status of rngtest repeats
// what it prints.
func pipe(t *testing.T, program, form string, mebibytes int, name string, args ...string) string {
	t.Helper()
	writer := exec.CommandContext(t.Context(), program, form, strconv.Itoa(mebibytes))
	reader := exec.CommandContext(t.Context(), name, args...)
	stream, err := writer.StdoutPipe()
	require.NoError(t, err)
	var out, complaint bytes.Buffer
	reader.Stdin, reader.Stdout, reader.Stderr, writer.Stderr = stream, &out, &out, &complaint
	require.NoError(t, writer.Start())
	err = reader.Run()
	require.NoError(t, stream.Close())
	writer.Wait()
	require.Empty(t, complaint.String())
	if name != "rngtest" {
		require.NoError(t, err, out.String())
	}
	return out.String()
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// number returns the number that the pattern matches.
func number(t *testing.T, text, pattern string) int {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	require.NotNil(t, found, "no %s in: %s", pattern, text)
	n, err := strconv.Atoi(found[1])
	require.NoError(t, err)
	return n
}
