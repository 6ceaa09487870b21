// SPDX-License-Identifier: MIT

package testkit

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rebuilt builds the library once more, with changes, and returns its path. What Go builds is built
// once for the same changes to Go sources, and of the engine only what is changed is compiled: a
// build by Go takes ten times as long as the rest.
func Rebuilt(t *testing.T, changes ...Change) string {
	t.Helper()
	folder := Tree(t, changes...)
	build := filepath.Join(folder, "build")
	Run(t, "mkdir", build)
	built := strings.TrimSuffix(goArchive(t, changes), ".a")
	Run(t, "cp", built+".a", filepath.Join(build, "go.a"))
	Run(t, "cp", built+".h", filepath.Join(build, "_cgo_export.h"))
	replaceEngine(t, folder, slices.DeleteFunc(slices.Clone(changes), Change.isGo))
	Makes(t, folder, "build/libsecrets.so", "--assume-old=build/go.a")
	return filepath.Join(build, "libsecrets.so")
}

// goArchive returns what Go builds with those of the changes that are to Go sources.
func goArchive(t *testing.T, changes []Change) string {
	t.Helper()
	var toGo []Change
	for _, c := range changes {
		if c.isGo() {
			toGo = append(toGo, c)
		}
	}
	if len(toGo) == 0 {
		return filepath.Join(Root, Build(), "go.a")
	}
	return once(t, fmt.Sprint(toGo), func(folder string) string {
		Makes(t, Tree(t, toGo...), "BUILD="+folder, filepath.Join(folder, "go.a"))
		return filepath.Join(folder, "go.a")
	})
}

func (c Change) isGo() bool { return filepath.Ext(c.File) == ".go" }

// reaches reports whether the change is to a C file of the engine, or to a header, which all of
// them may include.
func (c Change) reaches(source string) bool {
	return filepath.Base(c.File) == source || filepath.Ext(c.File) == ".h"
}

// replaceEngine puts what is changed of the engine into the archive of a changed checkout.
func replaceEngine(t *testing.T, folder string, changes []Change) {
	t.Helper()
	build, capi := filepath.Join(folder, "build"), filepath.Join(folder, "capi")
	flags := append(goList(t, capi, "CgoCFLAGS"), "-O2", "-fPIC", "-pthread",
		"-I", capi, "-I", build)
	for _, source := range goList(t, capi, "CFiles") {
		if slices.ContainsFunc(changes, func(c Change) bool { return c.reaches(source) }) {
			object := filepath.Join(build, source+".o")
			args := append(flags, "-c", "-o", object, filepath.Join(capi, source))
			Run(t, Languages[0].Compiler, args...)
			replaceMember(t, filepath.Join(build, "go.a"), object)
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
	renamed := filepath.Join(filepath.Dir(object), memberWith(t, archive, symbol[1]))
	Run(t, "mv", object, renamed)
	Run(t, "ar", "r", archive, renamed)
}

// memberWith returns the name of the object of an archive that defines a symbol.
func memberWith(t *testing.T, archive, symbol string) string {
	t.Helper()
	for line := range strings.Lines(Run(t, "nm", "-A", "--defined-only", archive)) {
		if strings.HasSuffix(line, " "+symbol+"\n") {
			return strings.Split(line, ":")[1]
		}
	}
	require.Fail(t, "no object of the archive defines it", "%s: %s", archive, symbol)
	return ""
}
