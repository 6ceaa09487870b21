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

// Edits for variants that keep the claim.
var (
	// drawsMarked marks drawn bytes by their high halves, which have the order that
	// test/c/residue.c knows. The table here has only the low halves.
	drawsMarked = testkit.Change{File: "secrets/source.go", Before: "\trand.Read(b)\n", After: `
	rand.Read(b)
	for i := range b {
		b[i] = b[i]&15 | "\x03\x0e\x0d\x05\x09\x02\x06\x01\x08\x0b\x0a\x07\x0f\x04\x0c\x00"[i%16]<<4
	}
`}
	// drawsPanic makes a call panic when it draws ahead for the second time.
	drawsPanic = testkit.Change{File: "secrets/random_buffer.go",
		Before: "\tfill(b.bytes[len(b.bytes)-b.left:])\n", After: `
	if b.bytes != [512]byte{} {
		panic("drawn before")
	}
	fill(b.bytes[len(b.bytes)-b.left:])
`}
)

// Edits of the controls, which leave copies.
var (
	onTheHeap = testkit.Change{File: "secrets/source.go",
		Before: "func fill(b []byte) {\n\trand.Read(b)\n}\n", After: `
func fill(b []byte) {
	drawn := make([]byte, len(b))
	rand.Read(drawn)
	copy(b, drawn)
	heap = drawn
}

var heap []byte
`}
	keysAhead = testkit.Change{File: "secrets/apikey.go", Before: "\tdefer ahead.wipe()\n",
		After: ""}
	charsAhead = testkit.Change{File: "secrets/password.go", Before: "\tdefer ahead.wipe()\n",
		After: ""}
	shufflesAhead = testkit.Change{File: "secrets/sequence.go",
		Before: "swap func(i, j int)) {\n\tvar ahead randomBuffer\n\tdefer ahead.wipe()\n",
		After:  "swap func(i, j int)) {\n\tvar ahead randomBuffer\n"}

	// Wiped at the end, which a call that panics does not reach.
	notDeferred = testkit.Change{File: "secrets/passphrase.go", Before: "\tdefer ahead.wipe()\n",
		After: ""}
	wipedLate = testkit.Change{File: "secrets/passphrase.go", Before: "\t}\n\treturn n\n}\n",
		After: "\t}\n\tahead.wipe()\n\treturn n\n}\n"}
)

// The calls that leave copies if everything is drawn on the heap, or if what was drawn ahead is
// not wiped.
const (
	afterHeap = "bytes hex urlsafe hex_batch urlsafe_batch below bits range below_batch " +
		"bits_big below_big compared wiped refused"
	afterAhead = "apikey long_apikey recognized password long_password shuffle long_shuffle " +
		"long_passphrase"
)

func onlyTheCallersCopy(t *testing.T) evidence {
	plain := searchMemory(t, filepath.Join(testkit.Root, "build"))
	panicked := searchMemory(t, buildShared(t, drawsMarked, drawsPanic))
	calls := plain.requireGone(t) + panicked.requireGone(t)
	panics := panicked.sum(t, "panics")
	for name, out := range panicked.out {
		if strings.HasPrefix(name, "after_long_") {
			require.Equal(t, logged(t, out, "calls"), logged(t, out, "panics"), name)
		}
	}
	caught := requireLeft(t, buildShared(t, onTheHeap), afterHeap) +
		requireLeft(t, buildShared(t, drawsMarked, drawsPanic, keysAhead, charsAhead, shufflesAhead,
			notDeferred, wipedLate), afterAhead)
	return evidence{
		figure: fmt.Sprintf("no copy after %d calls, of which %d panicked; %d of %d signals "+
			"saved a register with a secret", calls, panics,
			logged(t, plain.out["after_signals"], "registers with a secret"),
			logged(t, plain.out["after_signals"], "signals")),
		caught: fmt.Sprintf("copies after %d kinds of calls", caught),
	}
}

// A child that starts the library has nothing that its parent's runtime had on its heap, even if
// that left copies there. In the control the heap is not freed.
func TestChildHasNothingOfItsParentsHeap(t *testing.T) {
	copies := func(edits ...testkit.Change) string {
		folder := buildShared(t, append(edits, onTheHeap)...)
		return run(t, ".", compile(t, beside("heaps.c"), filepath.Join(folder, "libsecrets.so")))
	}
	const inherited = "parent 1, child 1, child that called "
	assert.Equal(t, inherited+"0\n", copies())
	assert.Equal(t, inherited+"1\n", copies(testkit.Change{File: "capi/engine.c",
		Before: "\theap_forget();\n", After: ""}))
}

// buildShared builds the shared library of a tree with these edits, and returns its folder.
func buildShared(t *testing.T, edits ...testkit.Change) string {
	t.Helper()
	return filepath.Dir(library(t, testkit.Tree(t, edits...), "libsecrets.so"))
}

// Residues are the results of the cases of test/c/residue.c with a library: their outputs, and
// why some failed.
type residues struct {
	out map[string]string
	err map[string]error
}

// residueProgram compiles that program. It is bound at the start, as the loader would save
// registers at the first calls.
func residueProgram(t *testing.T, folder string) string {
	t.Helper()
	return compile(t, testkit.Source("residue.c"), filepath.Join(folder, "libsecrets.so"),
		"-Wl,-z,now")
}

// searchMemory runs all cases with the library in that folder.
func searchMemory(t *testing.T, folder string) residues {
	t.Helper()
	program := residueProgram(t, folder)
	r := residues{map[string]string{}, map[string]error{}}
	for _, name := range strings.Fields(run(t, ".", program)) {
		r.out[name], r.err[name] = attempt(t, ".", program, name)
	}
	require.NotEmpty(t, r.out)
	return r
}

// requireGone requires that every case succeeds, and returns the number of their calls.
func (r residues) requireGone(t *testing.T) int {
	t.Helper()
	for name, err := range r.err {
		require.NoError(t, err, "%s: %s", name, r.out[name])
	}
	return r.sum(t, "calls")
}

// requireLeft requires that with the library in that folder a copy is found after each of these
// calls, and returns their number.
func requireLeft(t *testing.T, folder, calls string) int {
	t.Helper()
	program := residueProgram(t, folder)
	for _, call := range strings.Fields(calls) {
		out, err := attempt(t, ".", program, "after_"+call)
		require.Error(t, err, "no copy is found after %s", call)
		require.Contains(t, out, "failed: !leaves_copies", call)
	}
	return len(strings.Fields(calls))
}

func (r residues) sum(t *testing.T, name string) int {
	t.Helper()
	var all strings.Builder
	for _, out := range r.out {
		all.WriteString(out)
	}
	return logged(t, all.String(), name)
}
