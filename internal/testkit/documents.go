// SPDX-License-Identifier: MIT

package testkit

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Header returns the text of include/secrets.h.
func Header(t *testing.T) string {
	t.Helper()
	return Read(t, filepath.Join(Root, "include", "secrets.h"))
}

// CppHeader returns the text of include/secrets.hpp.
func CppHeader(t *testing.T) string {
	t.Helper()
	return Read(t, filepath.Join(Root, "include", "secrets.hpp"))
}

// HeaderWith returns a folder with both headers, of which that of this name is changed.
func HeaderWith(t *testing.T, name string, replacements ...string) string {
	t.Helper()
	folder := t.TempDir()
	Write(t, filepath.Join(folder, "secrets.h"), Header(t))
	Write(t, filepath.Join(folder, "secrets.hpp"), CppHeader(t))
	path := filepath.Join(folder, name)
	header := Read(t, path)
	changed := strings.NewReplacer(replacements...).Replace(header)
	require.NotEqual(t, header, changed)
	Write(t, path, changed)
	return folder
}

// Macro returns the value of a macro SECRETS_name of the header.
func Macro(t *testing.T, header, name string) string {
	t.Helper()
	match := regexp.MustCompile(`(?m)^#define SECRETS_` + name +
		` (\S+)$`).FindStringSubmatch(header)
	require.NotNil(t, match, name)
	return match[1]
}

// Version returns the version of the header, and its first number.
func Version(t *testing.T) (whole, major string) {
	t.Helper()
	header := Header(t)
	return strings.Trim(Macro(t, header, "VERSION"), `"`), Macro(t, header, "VERSION_MAJOR")
}

// Listed returns the checked-in list of exported symbols. Removing or changing a line breaks
// programs that are already built.
func Listed(t *testing.T) []string {
	t.Helper()
	return strings.Fields(Read(t, filepath.Join(Root, "test", "abi", "symbols.txt")))
}

// Internals returns a section of docs/internals.md.
func Internals(t *testing.T, title string) string {
	t.Helper()
	text := Read(t, filepath.Join(Root, "docs", "internals.md"))
	_, section, found := strings.Cut(text, "\n## "+title+"\n")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "\n## ")
	return section
}

// CellsOf returns the cells of the rows of the table in a section, which has that many columns.
func CellsOf(t *testing.T, section string, columns int) (rows [][]string) {
	t.Helper()
	_, table, found := strings.Cut(section, "\n|"+strings.Repeat("---|", columns)+"\n")
	require.True(t, found)
	for row := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSpace(row), "|")
		if len(cells) != columns+2 {
			break
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells[1:columns+1])
	}
	return rows
}
