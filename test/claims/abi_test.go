// SPDX-License-Identifier: MIT

package claims

import (
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pinned describes the ABI that programs are built against, functions and types, in the format of
// abidw. After functions were added, `go test ./test/claims -run TestABI -update` rewrites it.
var pinned = filepath.Join(testkit.Root, "test", "abi", "secrets_1.abi")

func TestABIIsAsPromised(t *testing.T) {
	described := library(t, testkit.Tree(t), "libsecrets.so", "CFLAGS=-O2 -g", "STRIP=")
	if *update {
		run(t, ".", "abidw", "--exported-interfaces-only", "--headers-dir",
			filepath.Join(testkit.Root, "include"), "--drop-private-types", "--no-corpus-path",
			"--no-comp-dir-path", "--no-show-locs", "--no-elf-needed", "--out-file", pinned,
			described)
	}
	changes := func(from string) (string, error) {
		return attempt(t, ".", "abidiff", "--no-added-syms", "--exported-interfaces-only", from,
			described)
	}
	out, err := changes(pinned)
	require.NoError(t, err, out)

	// The control: a changed function, type or layout is reported.
	for before, after := range map[string]string{
		"'secrets_randbits'":               "'secrets_randombits'",
		"'unsigned int' size-in-bits='32'": "'unsigned int' size-in-bits='64'",
		"layout-offset-in-bits='64'":       "layout-offset-in-bits='32'",
	} {
		text := testkit.Read(t, pinned)
		other := filepath.Join(t.TempDir(), "other.abi")
		require.Contains(t, text, before)
		testkit.Write(t, other, strings.ReplaceAll(text, before, after))
		_, err := changes(other)
		assert.Error(t, err, before)
	}
}
