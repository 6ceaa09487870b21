// SPDX-License-Identifier: MIT

package testkit

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Listing returns everything in a tree: modes, names, and contents or targets of links.
func Listing(t *testing.T, folder string) (lines []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry,
		err error) error {
		require.NoError(t, err)
		lines = append(lines, described(t, folder, path, entry))
		return nil
	}))
	return lines
}

func described(t *testing.T, folder, path string, entry fs.DirEntry) string {
	t.Helper()
	info, err := entry.Info()
	require.NoError(t, err)
	name, err := filepath.Rel(folder, path)
	require.NoError(t, err)
	line := fmt.Sprint(info.Mode(), " ", name)
	switch {
	case entry.Type() == fs.ModeSymlink:
		to, err := os.Readlink(path)
		require.NoError(t, err)
		line += " " + to
	case entry.Type().IsRegular():
		line += fmt.Sprintf(" %x", Digest(t, path))
	}
	return line
}

// Files returns the lines of a listing that are not for a folder.
func Files(lines []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return line[0] == 'd' })
}

// Digest returns the SHA-256 of a file.
func Digest(t *testing.T, path string) [sha256.Size]byte {
	t.Helper()
	return sha256.Sum256([]byte(Read(t, path)))
}
