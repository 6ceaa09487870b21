// SPDX-License-Identifier: MIT

package testkit

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// CopyTree copies the files that a commit of the checkout would have now.
func CopyTree(t *testing.T, to string) {
	t.Helper()
	files := Run(t, "git", "-C", Root, "ls-files", "-z", "--cached", "--others",
		"--exclude-standard")
	for _, name := range strings.Split(strings.Trim(files, "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(Root, name))
		require.NoError(t, err)
		path := filepath.Join(to, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, text, 0o644))
	}
}

// A Change replaces Before in a file, where it occurs exactly once, with After.
type Change struct{ File, Before, After string }

// Make makes the change in a copy of the checkout.
func (c Change) Make(t *testing.T, tree string) {
	t.Helper()
	path := filepath.Join(tree, c.File)
	text := Read(t, path)
	require.Equal(t, 1, strings.Count(text, c.Before), "%s has this once: %s", c.File, c.Before)
	Write(t, path, strings.Replace(text, c.Before, c.After, 1))
}

// AsksForBounds makes every call from another stack ask for the bounds of that stack, as Go does.
var AsksForBounds = Change{
	File: "capi/threads.c", Before: "bounds[0] = 4096;",
	After: "void __real_x_cgo_getstackbound(uintptr_t *);\n\t" +
		"__real_x_cgo_getstackbound(bounds);\n\treturn;",
}

// Tree returns a folder with a copy of the checkout, with the changes made.
func Tree(t *testing.T, changes ...Change) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "changed")
	CopyTree(t, folder)
	for _, c := range changes {
		c.Make(t, folder)
	}
	return folder
}

// WithEngine returns a copy of the sources with that program of test/c as the engine of an
// ordinary Go build.
func WithEngine(t *testing.T, name string) string {
	t.Helper()
	folder := Tree(t)
	Write(t, filepath.Join(folder, "capi", "engine_other.c"), Read(t, Source(name)))
	return folder
}

// What tests build once for all of a package, by a name, and its folder, which Main removes.
var builds sync.Map

type build struct {
	sync.Once
	folder, path string
}

// once returns the path that make has returned for this name, and calls it the first time, with a
// folder for what it builds.
func once(t *testing.T, name string, make func(folder string) (path string)) string {
	t.Helper()
	entry, _ := builds.LoadOrStore(name, &build{})
	b := entry.(*build)
	b.Do(func() {
		folder, err := os.MkdirTemp("", "built")
		require.NoError(t, err)
		b.folder = folder
		b.path = make(folder)
	})
	require.NotEmpty(t, b.path, "another test could not build it")
	return b.path
}

func removeBuilds() {
	builds.Range(func(_, entry any) bool {
		if folder := entry.(*build).folder; folder != "" {
			os.RemoveAll(folder)
		}
		return true
	})
}

// PlainLibrary builds the library like any other Go library.
func PlainLibrary(t *testing.T) string {
	t.Helper()
	return once(t, "plain", func(folder string) string {
		library := filepath.Join(folder, "libsecrets.so.1")
		sources := WithEngine(t, "plain_engine.c")
		Run(t, "go", "build", "-C", sources, "-buildmode=c-shared", "-o", library, "./capi")
		return library
	})
}
