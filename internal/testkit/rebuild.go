// SPDX-License-Identifier: MIT

package testkit

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rebuilt builds the library once more, with changes, and returns its path. If all changes are to
// the C of the engine, only that is compiled: a build by Go takes ten times as long.
func Rebuilt(t *testing.T, changes ...Change) string {
	t.Helper()
	folder := Tree(t, changes...)
	args := []string{"build/libsecrets.so"}
	if !slices.ContainsFunc(changes, Change.isGo) {
		replaceEngine(t, folder, changes)
		args = append(args, "--assume-old=build/go.a")
	}
	Makes(t, folder, args...)
	return filepath.Join(folder, "build", "libsecrets.so")
}

func (c Change) isGo() bool { return filepath.Ext(c.File) == ".go" }

// reaches reports whether the change is to a C file of the engine, or to a header, which all of
// them may include.
func (c Change) reaches(source string) bool {
	return filepath.Base(c.File) == source || filepath.Ext(c.File) == ".h"
}

// replaceEngine copies what Go has built of the checkout into a changed copy of that, and puts in
// what is changed of the engine.
func replaceEngine(t *testing.T, folder string, changes []Change) {
	t.Helper()
	build, capi := filepath.Join(folder, "build"), filepath.Join(folder, "capi")
	archive := filepath.Join(build, "go.a")
	Run(t, "mkdir", build)
	Run(t, "cp", filepath.Join(Root, Build(), "go.a"), archive)
	Run(t, "cp", filepath.Join(Root, Build(), "go.h"), filepath.Join(build, "_cgo_export.h"))
	flags := append(goList(t, capi, "CgoCFLAGS"), "-O2", "-fPIC", "-pthread",
		"-I", capi, "-I", build)
	for _, source := range goList(t, capi, "CFiles") {
		if slices.ContainsFunc(changes, func(c Change) bool { return c.reaches(source) }) {
			object := filepath.Join(build, source+".o")
			args := append(flags, "-c", "-o", object, filepath.Join(capi, source))
			Run(t, Languages[0].Compiler, args...)
			replaceMember(t, archive, object)
		}
	}
}

// goList returns a list that go list has of the library's package.
func goList(t *testing.T, folder, what string) []string {
	t.Helper()
	format := `{{join .` + what + ` " "}}`
	return strings.Fields(Run(t, "go", "list", "-C", folder, "-tags", "library", "-f", format))
}

// replaceMember puts an object into an archive, in place of the one that defines the same.
func replaceMember(t *testing.T, archive, object string) {
	t.Helper()
	symbol := regexp.MustCompile(` [TB] (\w+)\n`).FindStringSubmatch(Run(t, "nm", "-g", object))
	require.NotNil(t, symbol, object)
	member := regexp.MustCompile(`:(\d+\.o):.* ` + symbol[1] + `\n`).
		FindStringSubmatch(Run(t, "nm", "-A", "--defined-only", archive))
	require.NotNil(t, member, "an object of %s with %s", archive, symbol[1])
	renamed := filepath.Join(filepath.Dir(object), member[1])
	Run(t, "mv", object, renamed)
	Run(t, "ar", "r", archive, renamed)
}
