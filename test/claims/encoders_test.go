// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/require"
)

// tables replaces the encoders by those of Go's standard library, which use lookup tables.
var tables = []testkit.Change{
	{File: "secrets/encode.go", Before: "import \"encoding/binary\"\n", After: `import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
)
`},
	{File: "secrets/encode.go", Before: "func encodeHex(dst []byte, n int) {\n", After: `
func encodeHex(dst []byte, n int) {
	hex.Encode(dst, dst[n:])
}

func computedHex(dst []byte, n int) {
`},
	{File: "secrets/encode.go", Before: "func encodeBase64(dst []byte, n int) {\n", After: `
func encodeBase64(dst []byte, n int) {
	base64.RawURLEncoding.Encode(dst, dst[len(dst)-n:])
}

func computedBase64(dst []byte, n int) {
`},
}

// branching adds a branch for every lane.
var branching = testkit.Change{File: "secrets/encode.go",
	Before: "\treturn (x + lanes*(128-n)) >> 7 & lanes\n", After: `
	var reached uint64
	for lane := 0; lane < 64; lane += 8 {
		if x>>lane&0xff < n {
			continue
		}
		reached |= 1 << lane
	}
	return reached
`}

// tokenCases are the cases of undefined.c that encode.
var tokenCases = []string{"hex", "urlsafe"}

func encodersLookNothingUp(t *testing.T) evidence {
	program := undefined(t, marking(t))
	all := 0
	for _, name := range append([]string{"bytes"}, tokenCases...) {
		reports, log := memcheck(t, program, name)
		require.Zero(t, reports, log)
		all += reports
	}
	return evidence{
		figure: fmt.Sprintf("%d reports for tokens of 0 to 100 bytes", all),
		caught: fmt.Sprintf("encoding/hex and encoding/base64, %d addresses; a branch a "+
			"character, %d branches",
			reported(t, marking(t, tables...), addressReport),
			reported(t, marking(t, branching), branchReport)),
	}
}

// marking builds the library with the edits, and so that random bytes are marked when they are
// drawn (marking.go.txt).
func marking(t *testing.T, edits ...testkit.Change) string {
	t.Helper()
	dir := testkit.Tree(t, edits...)
	testkit.Write(t, filepath.Join(dir, "capi", "marking.go"),
		testkit.Read(t, filepath.Join("testdata", "marking.go.txt")))
	return watched(t, dir)
}

// reported counts memcheck's reports about a variant: each case must have some of that kind, and
// none of the other.
func reported(t *testing.T, library, kind string) int {
	t.Helper()
	program := undefined(t, library)
	all := 0
	for _, name := range tokenCases {
		reports, log := memcheck(t, program, name)
		for _, k := range []string{branchReport, addressReport} {
			require.Equal(t, k == kind, strings.Contains(log, k), "%s: %s\n%s", name, k, log)
		}
		all += reports
	}
	return all
}
