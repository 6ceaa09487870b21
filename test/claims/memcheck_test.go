// SPDX-License-Identifier: MIT

package claims

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var summary = regexp.MustCompile(
	`ERROR SUMMARY: ([\d,]+) errors? from [\d,]+ contexts? \(suppressed: 0 from 0\)`)

// How memcheck reports a branch, and an address, that depends on undefined bytes.
const (
	branchReport  = "Conditional jump or move depends on uninitialised value(s)"
	addressReport = "Use of uninitialised value of size 8"
)

// memcheck runs a program under valgrind, without suppressions, and counts the reports. The
// library in it must have been built with TAGS=valgrind: then Go's runtime informs valgrind of
// its stacks and its heap, and does not use an instruction that valgrind does not know
// (capi/cflags_instrument.go). If the program fails, so does the test.
func memcheck(t *testing.T, program string, args ...string) (reports int, log string) {
	t.Helper()
	log = run(t, ".", "valgrind", append([]string{"--default-suppressions=no", "--error-limit=no",
		"--leak-check=no", program}, args...)...)
	found := summary.FindStringSubmatch(log)
	require.NotNil(t, found, log)
	reports, err := strconv.Atoi(strings.ReplaceAll(found[1], ",", ""))
	require.NoError(t, err)
	return reports, log
}

// watched builds the static library of a tree for memcheck.
func watched(t *testing.T, dir string) string {
	t.Helper()
	return watchedByMemcheck.library(t, dir, "libsecrets.a")
}

// undefined makes the program that marks secrets as undefined.
func undefined(t *testing.T, library string) string {
	t.Helper()
	return compile(t, filepath.Join("testdata", "undefined.c"), library)
}
