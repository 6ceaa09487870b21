// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const corpus = "testdata/corpus"

// unchecked are faults that a fuzzer has to find: each removes one check.
var unchecked = []testkit.Change{
	// A size that overflows becomes a small one.
	{File: "capi/memory.go", Before: "if overflow != 0 {", After: "if overflow == math.MaxUint {"},
	// A short buffer is written to up to its end, and beyond.
	{File: "secrets/apikey.go", Before: "if size > len(dst) {", After: "if size > len(dst)+1000 {"},
	{File: "secrets/token.go", Before: "if size > uint(len(dst)) {",
		After: "if size > uint(cap(dst)) {"},
}

// noInputHarms runs libFuzzer, which calls every function of the header with all kinds of
// arguments under sanitizers, and Go's fuzzer on the core.
func noInputHarms(t *testing.T) evidence {
	seconds := 30
	if *long {
		seconds = 3600
	}
	out, err := fuzz(t, fuzzer(t, testkit.Tree(t)), seconds)
	require.NoError(t, err, out)
	runs, edges := number(t, out, `Done (\d+) runs`), number(t, out, `(?s:.*) cov: (\d+) `)
	require.Positive(t, runs)
	for _, e := range unchecked {
		out, err := fuzz(t, fuzzer(t, testkit.Tree(t, e)), 60)
		require.Error(t, err, "this is not noticed: %s: %s", e.File, e.After)
		require.Contains(t, out, "Test unit written to", "the fuzzer ended by itself:\n%s", out)
	}
	return evidence{
		figure: fmt.Sprintf("%d calls of the C ABI that reach %d edges, %d of the core: no harm",
			runs, edges, fuzzCore(t)),
		caught: fmt.Sprintf("%d libraries without one of their checks", len(unchecked)),
	}
}

// fuzzer builds testdata/fuzz.c with the library of a tree, both with counters for libFuzzer.
func fuzzer(t *testing.T, dir string) string {
	t.Helper()
	counting := library(t, dir, "libsecrets.a", "TAGS=libfuzzer",
		"GOFLAGS=-gcflags=libsecrets/...=-d=libfuzzer", withSections)
	program := filepath.Join(dir, "fuzzer")
	run(t, ".", "clang", "-std=c99", "-g", "-O1", "-fsanitize=fuzzer,address,undefined",
		"-fno-sanitize-recover=all",
		"-I"+filepath.Join(testkit.Root, "include"), "-I"+testkit.Source("."),
		"testdata/fuzz.c", counting, "-o", program, "-lm", "-pthread")
	return program
}

// fuzz runs a fuzzer for that many seconds, beginning with the corpus. There is no limit to
// memory and no search for leaks: the address space that a Go runtime reserves would exceed the
// one, and its heap would be reported by the other.
func fuzz(t *testing.T, program string, seconds int) (string, error) {
	t.Helper()
	found := t.TempDir()
	return attempt(t, found, program, "-max_total_time="+strconv.Itoa(seconds), "-max_len=256",
		"-rss_limit_mb=0",
		"-detect_leaks=0", "-artifact_prefix="+found+"/", found, filepath.Join(testkit.Root, "test",
			"claims", corpus))
}

// fuzzCore runs every fuzz test of the core and counts their executions.
func fuzzCore(t *testing.T) int {
	t.Helper()
	executions, dir := 0, testkit.Tree(t) // where its findings are written
	targets := regexp.MustCompile(`(?m)^Fuzz\w+`).FindAllString(run(t, testkit.Root, "go", "test",
		"-list", "^Fuzz", "./secrets"), -1)
	require.NotEmpty(t, targets)
	for _, target := range targets {
		out := run(t, dir, "go", "test", "./secrets", "-run", "^$", "-fuzz", "^"+target+"$",
			"-fuzztime", "4s")
		executions += number(t, out, `(?s:.*)execs: (\d+)`)
	}
	return executions
}

// TestCorpus replays the calls in the corpus, which fuzzing has found. Some calls of every
// function succeed, and some return an error where that is possible.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob(corpus + "/*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	shared := filepath.Join(testkit.Root, "build", "libsecrets.so")
	require.FileExists(t, shared, "run make")
	lines := run(t, ".", compile(t, "testdata/fuzz.c", shared, "-DREPLAY"), files...)
	for line := range strings.Lines(lines) {
		var name string
		var done, refused int
		_, err := fmt.Sscan(line, &name, &done, &refused)
		require.NoError(t, err, line)
		assert.Positive(t, done, name)
		if name != "secrets_passphrase_entropy" { // which never returns an error
			assert.Positive(t, refused, name)
		}
	}
	for _, name := range strings.Fields(testkit.Read(t,
		filepath.Join(testkit.Root, "test", "abi", "symbols.txt"))) {
		if name != "secrets_version" {
			assert.Contains(t, lines, name+" ")
		}
	}
}
