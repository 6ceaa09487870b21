// SPDX-License-Identifier: MIT

package packaging

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// packed runs make dist in a folder and returns the archive, after comparing it with its checksum
// file.
func packed(t *testing.T, folder string, around ...string) (archive string) {
	build := t.TempDir()
	command := append(testkit.MakeIn(folder, around...), "dist", "BUILD="+build)
	testkit.Run(t, command[0], command[1:]...)
	testkit.Run(t, "sh", "-c", `cd "$1" && sha256sum --check --strict ./*.sha256`, "sh", build)
	v, _ := testkit.Version(t)
	return filepath.Join(build, "libsecrets-"+v+".tar.gz")
}

// unpacked unpacks the archive into a folder of the given name that every user can read.
func unpacked(t *testing.T, name string) (source string) {
	above, err := os.MkdirTemp("", "libsecrets-")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(above) })
	require.NoError(t, os.Chmod(above, 0o755))
	source = filepath.Join(above, name)
	require.NoError(t, os.Mkdir(source, 0o755))
	testkit.Run(t, "tar", "-x", "-f", packed(t, testkit.Root), "-C", source, "--strip-components=1")
	return source
}

// unpackedAndBuilt returns the same with the libraries and the tool of this checkout in it.
func unpackedAndBuilt(t *testing.T) (source string) {
	source = unpacked(t, "source")
	require.NoError(t, os.Mkdir(filepath.Join(source, "build"), 0o755))
	real, err := filepath.EvalSymlinks(testkit.Shared)
	require.NoError(t, err)
	for _, library := range []string{testkit.Static, real, testkit.Command} {
		text, err := os.ReadFile(library)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(source, "build", filepath.Base(library)),
			text, 0o644))
	}
	return source
}

// The archive has every tracked file and nothing else, in one folder, owned by root.
func TestDistHoldsTheTrackedFiles(t *testing.T) {
	v, _ := testkit.Version(t)
	var expected []string
	for _, name := range strings.Split(strings.Trim(testkit.Run(t, "git", "-C", testkit.Root,
		"ls-files", "-z"), "\x00"), "\x00") {
		expected = append(expected, "libsecrets-"+v+"/"+name)
	}
	slices.Sort(expected)
	archive := packed(t, testkit.Root)
	assert.Equal(t, expected, strings.Split(strings.TrimSpace(testkit.Run(t, "tar", "-tf",
		archive)), "\n"))
	for _, line := range strings.Split(strings.TrimSpace(testkit.Run(t, "tar", "--numeric-owner",
		"-tvf", archive)), "\n") {
		assert.Regexp(t, `^-rw(-r--r--|xr-xr-x) 0/0 `, line)
	}
}

// The archive has the same bytes from the checkout and from what was unpacked and built
// elsewhere, whatever the umask, locale, time zone and the modes and times of files. Other files
// make another archive.
func TestDistIsReproducible(t *testing.T) {
	elsewhere := unpacked(t, "another folder")
	expected := testkit.Digest(t, packed(t, testkit.Root))
	odd := []string{"TZ=Asia/Tokyo", "LC_ALL=C.UTF-8", "sh", "-c", `umask 077 && exec "$@"`, "sh"}
	assert.Equal(t, expected, testkit.Digest(t, packed(t, testkit.Root, odd...)))
	assert.Equal(t, expected, testkit.Digest(t, packed(t, elsewhere, odd...)))

	testkit.Run(t, "sh", "-c", `cd "$1" && mkdir -p build bindings/__pycache__ && touch build/x `+
		`bindings/__pycache__/x bindings/x.pyc`, "sh", elsewhere)
	testkit.Run(t, "chmod", "-R", "go-rwx", elsewhere)
	assert.Equal(t, expected, testkit.Digest(t, packed(t, elsewhere)))

	const epoch = "SOURCE_DATE_EPOCH=1000000000"
	testkit.Run(t, "touch", filepath.Join(elsewhere, "README.md"))
	assert.Equal(t, testkit.Digest(t, packed(t, testkit.Root, epoch)),
		testkit.Digest(t, packed(t, elsewhere, epoch)))

	require.NoError(t, os.WriteFile(filepath.Join(elsewhere, "NOTICE"), nil, 0o644))
	assert.NotEqual(t, testkit.Digest(t, packed(t, testkit.Root, epoch)),
		testkit.Digest(t, packed(t, elsewhere, epoch)))
}

// offline hides git, the modules that were fetched before, and the network.
func offline(t *testing.T) {
	git := filepath.Join(t.TempDir(), "git")
	require.NoError(t, os.WriteFile(git, []byte("#!/bin/sh\necho 'there is no git' >&2; exit 1\n"),
		0o755))
	t.Setenv("PATH", filepath.Dir(git)+":"+os.Getenv("PATH"))
	t.Setenv("GOMODCACHE", t.TempDir())
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOFLAGS", "-mod=mod")
}

// An archive builds by make and by CMake, and both install the same tree.
func TestDistBuildsAndInstalls(t *testing.T) {
	source := unpacked(t, "source")
	offline(t)
	status, _, stderr := testkit.Call(t, "go", "test", "-C", filepath.Join(source, "capi"), "-run",
		"-", ".")
	require.NotZero(t, status, "the tests, which have a dependency, should not build")
	require.Contains(t, stderr, "testify")

	testkit.Makes(t, source, "all")
	folder := t.TempDir()
	testkit.Makes(t, source, "install", "PREFIX=/a prefix", "DESTDIR="+folder+"/make",
		"LIBDIR=/a prefix/lib/x")
	assert.Equal(t, testkit.Digest(t, testkit.Shared),
		testkit.Digest(t, folder+"/make/a prefix/lib/x/libsecrets.so"))

	cmake, build := testkit.Tool("CMAKE", "cmake"), t.TempDir()
	testkit.Run(t, cmake, "-S", source, "-B", build, "-DCMAKE_INSTALL_LIBDIR=lib/x")
	testkit.Run(t, cmake, "--build", build)
	t.Setenv("DESTDIR", folder+"/cmake")
	testkit.Run(t, cmake, "--install", build, "--prefix", "/a prefix")
	assert.Equal(t, testkit.Listing(t, folder+"/make"), testkit.Listing(t, folder+"/cmake"))

	status, _, stderr = testkit.Call(t, cmake, "--install", build, "--prefix", "/a'prefix")
	assert.NotZero(t, status)
	assert.Contains(t, stderr, "libsecrets: PREFIX must have no newline, quote")
}

// FetchContent fetches an archive, and installs it together with the project only if asked.
func TestDistIsFetched(t *testing.T) {
	archive := packed(t, testkit.Root)
	offline(t)
	build := testkit.Configure(t, `
project(consumer C CXX)
include(FetchContent)
FetchContent_Declare(libsecrets URL "file://`+archive+`")
FetchContent_MakeAvailable(libsecrets)
install(FILES CMakeLists.txt DESTINATION .)
`+testkit.LinksBoth())
	buildsBoth(t, build)

	cmake, prefix := testkit.Tool("CMAKE", "cmake"), t.TempDir()
	testkit.Run(t, cmake, "--install", build, "--prefix", prefix)
	assert.Len(t, testkit.Files(testkit.Listing(t, prefix)), 1)
	testkit.Run(t, cmake, "-DSECRETS_INSTALL=ON", build)
	testkit.Run(t, cmake, "--install", build, "--prefix", prefix)
	assert.FileExists(t, filepath.Join(prefix, "share", "doc", "libsecrets", "LICENSE"))
	usesCMake(t, prefix)
}
