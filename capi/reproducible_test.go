// SPDX-License-Identifier: MIT

package main

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Two copies of the tracked files in folders of different names, one with a space in it,
// give the same bytes, and they are those of this checkout.
func TestBuildIsReproducible(t *testing.T) {
	for _, name := range []string{"a", "another folder"} {
		copied := filepath.Join(t.TempDir(), name)
		copyTree(t, copied)
		run(t, "make", "-s", "-C", copied, "all")
		for _, library := range []string{shared, static} {
			built := filepath.Join(copied, "build", filepath.Base(library))
			assert.Equal(t, digest(t, library), digest(t, built), "%s of folder %q", filepath.Base(library), name)
		}
	}
}

// A second make has nothing to do; after a change to any kind of source, or to
// a setting, it builds both libraries again.
func TestBuildIsNeverStale(t *testing.T) {
	copied := filepath.Join(t.TempDir(), "copy")
	copyTree(t, copied)
	builds := func(settings ...string) int {
		out := run(t, "make", append(settings, "-C", copied, "all")...)
		return strings.Count(out, "go build")
	}
	require.Equal(t, 2, builds())
	require.Zero(t, builds())
	for _, source := range []string{"include/secrets.h", "capi/secrets.map", "capi/engine.h", "secrets/token.go", "secrets/eff_large.txt"} {
		now := time.Now()
		require.NoError(t, os.Chtimes(filepath.Join(copied, source), now, now))
		assert.Equal(t, 2, builds(), source)
		assert.Zero(t, builds(), source)
	}
	assert.Equal(t, 2, builds("CFLAGS=-O1"))
	assert.Zero(t, builds("CFLAGS=-O1"))
}

// copyTree copies what a commit of the checkout as it stands would hold.
func copyTree(t *testing.T, to string) {
	files := run(t, "git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	for _, name := range strings.Split(strings.Trim(files, "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		path := filepath.Join(to, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, text, 0o644))
	}
}

func digest(t *testing.T, path string) [sha256.Size]byte {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return sha256.Sum256(text)
}
