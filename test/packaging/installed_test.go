// SPDX-License-Identifier: MIT

package packaging

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// installed installs this checkout in a prefix with a space in it.
func installed(t *testing.T) (prefix string) {
	prefix = filepath.Join(t.TempDir(), "a prefix")
	testkit.Makes(t, testkit.Root, "install", "PREFIX="+prefix)
	return prefix
}

// Every kind of consumer, from where it was installed and after all of it was moved.
func TestInstalledLibraryIsFound(t *testing.T) {
	prefix := installed(t)
	usesPkgConfig(t, filepath.Join(prefix, "lib"))
	usesCMake(t, prefix)
	moved := filepath.Join(t.TempDir(), "moved")
	require.NoError(t, os.Rename(prefix, moved))
	usesPkgConfig(t, filepath.Join(moved, "lib"))
	usesCMake(t, moved)
}

// Folders outside of PREFIX are written as absolute paths, and what is found through a link, such
// as /lib for /usr/lib, finds the rest.
func TestInstalledLibraryIsFoundApart(t *testing.T) {
	folder := t.TempDir()
	testkit.Makes(t, testkit.Root, "install", "PREFIX="+folder+"/a prefix",
		"LIBDIR="+folder+"/else where/lib", "INCLUDEDIR="+folder+"/a & b")
	usesPkgConfig(t, folder+"/else where/lib")
	usesCMake(t, folder+"/else where")

	prefix, linked := installed(t), t.TempDir()
	require.NoError(t, os.Symlink(filepath.Join(prefix, "lib"), filepath.Join(linked, "lib")))
	usesCMake(t, linked)
}

func usesPkgConfig(t *testing.T, lib string) {
	t.Setenv("PKG_CONFIG_PATH", filepath.Join(lib, "pkgconfig"))
	t.Setenv("LD_LIBRARY_PATH", lib)
	for _, c := range []struct{ compiler, flags, kind string }{
		{testkit.Tool("CC", "cc"), "-std=c99", "shared"},
		{testkit.Tool("CC", "cc"), "-static", "static"},
		{testkit.Tool("CC", "cc"), "-O2 -flto", "shared"},
		{testkit.Tool("CC", "cc"), "-O2 -flto -static", "static"},
		{"clang", "-Wall -Wextra -Wpedantic -Werror", "shared"},
		{"clang", "-static", "static"},
	} {
		program := filepath.Join(t.TempDir(), "program")
		// eval, because of the backslash before a space.
		testkit.Run(t, "sh", "-c", `flags=$(pkg-config "--$1" --cflags --libs libsecrets) && `+
			`eval "$2 $3 ../../bindings/c/token.c -o $4 $flags"`,
			"sh", c.kind, c.compiler, c.flags, program)
		assert.Regexp(t, `^[\w-]{43}\n$`, testkit.Run(t, program), c)
		assert.Equal(t, c.kind == "shared", loadsLibrary(t, program), c)
	}
}

func loadsLibrary(t *testing.T, program string) bool {
	return strings.Contains(testkit.Run(t, "readelf", "-d", program), "[libsecrets.so.1]")
}

func usesCMake(t *testing.T, prefix string) {
	build := testkit.Configure(t, `
project(consumer CXX)
find_package(secrets 1 CONFIG REQUIRED)
find_package(secrets 1 CONFIG REQUIRED) # as two parts of a project may
`+testkit.LinksBoth(), "-DCMAKE_PREFIX_PATH="+prefix)
	buildsBoth(t, build)
}

func buildsBoth(t *testing.T, build string) {
	testkit.Run(t, testkit.Tool("CMAKE", "cmake"), "--build", build)
	for library, loads := range map[string]bool{"secrets": true, "static": false} {
		program := filepath.Join(build, "with_"+library)
		assert.Contains(t, testkit.Run(t, program), ", wins a ", library)
		assert.Equal(t, loads, loadsLibrary(t, program), library)
	}
}

// A project that asks for another major version is told which one there is.
func TestInstalledVersionIsReported(t *testing.T) {
	prefix := installed(t)
	v, _ := testkit.Version(t)
	folder := testkit.Project(t, "project(consumer C)\nfind_package(secrets 2 CONFIG REQUIRED)\n")
	status, _, stderr := testkit.Call(t, testkit.Tool("CMAKE", "cmake"), "-S", folder, "-B", folder,
		"-DCMAKE_PREFIX_PATH="+prefix)
	assert.NotZero(t, status)
	stderr = strings.Join(strings.Fields(stderr), " ")
	assert.Contains(t, stderr, `compatible with requested version "2"`)
	assert.Contains(t, stderr, "secrets-config.cmake, version: "+v)

	t.Setenv("PKG_CONFIG_PATH", filepath.Join(prefix, "lib", "pkgconfig"))
	status, _, stderr = testkit.Call(t, "pkg-config", "--print-errors", "--exists",
		"libsecrets >= 2")
	assert.NotZero(t, status)
	assert.Regexp(t, `'libsecrets' has version '`+v+`', required version is '>= 2'`, stderr)
	assert.Equal(t, v+"\n", testkit.Run(t, "pkg-config", "--modversion", "libsecrets < 2"))
}

// A release satisfies projects that ask for its major version and for nothing newer than itself.
func TestInstalledVersionServes(t *testing.T) {
	v, _ := testkit.Version(t)
	text := "project(consumer C)\n"
	for asked, found := range map[string]int{
		"": 1, "1": 1, "1.0": 1, v: 1, v + " EXACT": 1, "1...2": 1, "1..." + v: 1,
		"0.9": 0, "1.999": 0, "2": 0, "1.999 EXACT": 0, "2...3": 0,
	} {
		text += fmt.Sprintf(`
unset(secrets_DIR CACHE)
find_package(secrets %s CONFIG QUIET)
if(NOT secrets_FOUND EQUAL %d)
	message(SEND_ERROR "'%[1]s' gives '${secrets_FOUND}'")
endif()
`, asked, found)
	}
	testkit.Configure(t, text, "-DCMAKE_PREFIX_PATH="+installed(t))
}
