// SPDX-License-Identifier: MIT

package claims

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSource is the quick part of the claim, with the library that is built.
func TestSource(t *testing.T) {
	standIn(t, compile(t, "testdata/source.c", filepath.Join(testkit.Root, "build",
		"libsecrets.so")))
}

// sourceBroken takes tokens from a pool, flips a bit of each number, and mixes the seed of the
// runtime into large ones.
const sourceBroken = `
var pool [4096]byte
var pooled []byte

func fill(b []byte) {
	if len(b) == 8 {
		rand.Read(b)
		b[0] ^= 1
		return
	}
	if len(b) == 3 {
		rand.Read(b)
		b[2] ^= byte(seeded.Uint32())
		return
	}
	for len(b) > 0 {
		if len(pooled) == 0 {
			rand.Read(pool[:])
			pooled = pool[:]
		}
		n := copy(b, pooled)
		b, pooled = b[n:], pooled[n:]
	}
}
`

func bytesAreTheSystems(t *testing.T) evidence {
	folder := filepath.Join(testkit.Root, "build")
	got := standIn(t, compile(t, "testdata/source.c", filepath.Join(folder, "libsecrets.so")))
	got.add(standIn(t, compile(t, "testdata/source.c", filepath.Join(folder, "libsecrets.a"))))
	broken := compile(t, "testdata/source.c", sharedWithFill(t, sourceBroken,
		testkit.Change{File: "secrets/source.go", Before: "\t\"crypto/rand\"\n",
			After: "\t\"crypto/rand\"\n\tseeded \"math/rand/v2\"\n"}))
	standInRefutes(t, broken, "token_bytes_are_those_given", "asked for 4096 bytes, expected 1,")
	standInRefutes(t, broken, "numbers_are_made_of_8_bytes", "failed: out == word(asked(8), 8)")
	standInRefutes(t, broken, "big_numbers_are_made_of_their_bytes",
		"failed: memcmp(out, expected, sizeof out) == 0")
	return evidence{
		figure: fmt.Sprintf("%d cases with %d requests for %d bytes, each as stated", got.cases,
			got.requests, got.bytes),
		caught: "a pool of 4 KB, one bit of the library's own, numbers made of the runtime's " +
			"seed, a request at exit, /dev/urandom opened",
	}
}

// served counts what the supervisor (testdata/stand_in.h) had to answer.
type served struct{ cases, requests, bytes int }

// standIn runs every case of the program. Its controls must fail.
func standIn(t *testing.T, program string) served {
	t.Helper()
	var all served
	for _, name := range strings.Fields(run(t, ".", program)) {
		out, err := attempt(t, ".", program, name)
		switch {
		case name == "control_asks_at_exit":
			assert.Error(t, err)
			assert.Contains(t, out, "asked for bytes when nothing was called")
		case name == "control_opens_a_device":
			assert.Error(t, err)
			assert.Contains(t, out, "opened a random device")
		default:
			require.NoError(t, err, "%s: %s", name, out)
			all.add(answered(t, out))
		}
	}
	require.NotZero(t, all.cases)
	return all
}

func (s *served) add(more served) {
	s.cases += more.cases
	s.requests += more.requests
	s.bytes += more.bytes
}

// answered reads what the supervisor prints for one case.
func answered(t *testing.T, out string) served {
	t.Helper()
	one := served{cases: 1}
	_, err := fmt.Sscanf(lastLine(out), "%d requests, %d bytes", &one.requests, &one.bytes)
	require.NoError(t, err, out)
	return one
}

// standInRefutes requires that a case fails with a broken library, for that reason.
func standInRefutes(t *testing.T, program, name, reason string) {
	t.Helper()
	out, err := attempt(t, ".", program, name)
	require.Error(t, err, "a broken library was not found out")
	require.Contains(t, out, reason)
}

// sharedWithFill builds the shared library with another function fill, through which all
// randomness of package secrets comes, and what that needs besides.
func sharedWithFill(t *testing.T, fill string, needs ...testkit.Change) string {
	t.Helper()
	filled := testkit.Change{File: "secrets/source.go",
		Before: "func fill(b []byte) {\n\trand.Read(b)\n}\n", After: fill}
	return library(t, testkit.Tree(t, append(needs, filled)...), "libsecrets.so")
}
