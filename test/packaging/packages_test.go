// SPDX-License-Identifier: MIT

package packaging

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

var makePackages sync.Once

// packages returns the folder with the packages of this checkout, which it makes once.
func packages(t *testing.T) string {
	makePackages.Do(func() { testkit.Makes(t, testkit.Root, "packages") })
	return filepath.Join(testkit.Root, testkit.Build(), "packages")
}

func digests(t *testing.T, folder string) map[string]any {
	found := map[string]any{}
	for _, path := range testkit.Glob(t, filepath.Join(folder, "*")) {
		found[filepath.Base(path)] = testkit.Digest(t, path)
	}
	return found
}

// The packages of both processors and both systems are there. Another run, in another folder and
// time zone and under another umask, gives the same bytes. The control: another date does not.
func TestPackagesAreReproducible(t *testing.T) {
	v, _ := testkit.Version(t)
	first := digests(t, packages(t))
	var expected []string
	for _, name := range []string{
		"libsecrets1_V-1_amd64.deb", "libsecrets1_V-1_arm64.deb", "libsecrets-dev_V-1_amd64.deb",
		"libsecrets-dev_V-1_arm64.deb", "python3-libsecrets_V-1_all.deb",
		"libsecrets-bin_V-1_amd64.deb", "libsecrets-bin_V-1_arm64.deb",
		"libsecrets1-V-1.x86_64.rpm", "libsecrets1-V-1.aarch64.rpm",
		"libsecrets-devel-V-1.x86_64.rpm", "libsecrets-devel-V-1.aarch64.rpm",
		"libsecrets-tools-V-1.x86_64.rpm", "libsecrets-tools-V-1.aarch64.rpm",
	} {
		expected = append(expected, strings.ReplaceAll(name, "V", v))
	}
	assert.ElementsMatch(t, expected, slices.Collect(maps.Keys(first)))
	for name, digest := range digests(t, packagesAgain(t, "LC_ALL=C.UTF-8")) {
		assert.Equal(t, first[name], digest, name)
	}
	for name, digest := range digests(t, packagesAgain(t, "SOURCE_DATE_EPOCH=1000000000")) {
		assert.NotEqual(t, first[name], digest, name)
	}
}

// packagesAgain makes the packages for this processor in another folder, from what is built.
func packagesAgain(t *testing.T, setting string) (folder string) {
	build := t.TempDir()
	const copies = `cd "$1" && cp -a .flags go.a go.h secrets.o libsecrets.* nfpm "$2"`
	testkit.Run(t, "sh", "-c", copies, "sh", filepath.Join(testkit.Root, testkit.Build()), build)
	command := testkit.MakeIn(testkit.Root, "env", "TZ=Asia/Tokyo", setting, "sh", "-c",
		`umask 077 && exec "$@"`, "sh")
	command = append(command, "packages", "BUILD="+build, "ARCHES="+host(t))
	testkit.Run(t, command[0], command[1:]...)
	return filepath.Join(build, "packages")
}

// lintian checks packages, and finds no error and nothing to warn of, but that no bug of Debian's
// asked for them. The control: a package that does not say its licence.
func TestPackagesAreClean(t *testing.T) {
	lintian := func(paths ...string) (status int, says string) {
		status, stdout, stderr := testkit.Call(t, "lintian", append([]string{"--no-cfg",
			"--allow-root", "--fail-on", "error,warning",
			"--suppress-tags", "initial-upload-closes-no-bugs"}, paths...)...)
		return status, stdout + stderr
	}
	status, says := lintian(testkit.Glob(t, filepath.Join(packages(t), "*.deb"))...)
	assert.Zero(t, status, says)

	folder := t.TempDir()
	testkit.Run(t, "dpkg-deb", "-R", testkit.Only(t, filepath.Join(packages(t), "libsecrets1_*_"+
		host(t)+".deb")), folder+"/tree")
	testkit.Run(t, "rm", folder+"/tree/usr/share/doc/libsecrets1/copyright")
	testkit.Run(t, "dpkg-deb", "-b", folder+"/tree", folder+"/package.deb")
	status, says = lintian(folder + "/package.deb")
	assert.NotZero(t, status)
	assert.Contains(t, says, "E: libsecrets1: no-copyright-file")
}

// Packages for two processors can be installed together: what both have is the same.
func TestPackagesOfTwoProcessorsFit(t *testing.T) {
	for _, name := range []string{"libsecrets1", "libsecrets-dev"} {
		one, other := contents(t, name, "amd64"), contents(t, name, "arm64")
		shared := 0
		for path, line := range one {
			if _, found := other[path]; found {
				shared++
				assert.Equal(t, line, other[path])
			}
		}
		assert.NotZero(t, shared, name)
		assert.Less(t, shared, len(one), name)
		assert.Equal(t, len(one), len(other), name)
	}
}

// contents returns the lines of a listing of a package, by their paths.
func contents(t *testing.T, name, processor string) map[string]string {
	folder := t.TempDir()
	deb := testkit.Only(t, filepath.Join(packages(t), name+"_*_"+processor+".deb"))
	testkit.Run(t, "dpkg-deb", "-x", deb, folder)
	lines := map[string]string{}
	for _, line := range testkit.Files(testkit.Listing(t, folder)) {
		lines[strings.Fields(line)[1]] = line
	}
	return lines
}

// The packages for RPM have what make install installs, with the manual pages compressed, say what
// the library needs and offers, and leave nothing when they are removed.
func TestRPMs(t *testing.T) {
	processor := map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[host(t)]
	paths := testkit.Glob(t, filepath.Join(packages(t), "*."+processor+".rpm"))
	stage, root := t.TempDir(), t.TempDir()
	testkit.Makes(t, testkit.Root, "install", "DESTDIR="+stage, "PREFIX=/usr", "LIBDIR=lib64",
		"DOCDIR=share/licenses/libsecrets1")
	testkit.Run(t, "sh", "-c", `cd "$1/usr/share" && gzip -9n man/*/* && `+
		`cp -R licenses/libsecrets1 licenses/libsecrets-tools`, "sh", stage)

	rpm := func(args ...string) string {
		status, stdout, stderr := testkit.Call(t, "rpm", append([]string{"--root", root,
			"--dbpath", "/db"}, args...)...)
		assert.Zero(t, status, stderr)
		return stdout
	}
	// The packages of RPM that these need are not here, nor is a shell to run their scripts.
	rpm(append([]string{"--install", "--nodeps", "--noscripts"}, paths...)...)
	assert.Equal(t, testkit.Files(testkit.Listing(t, stage+"/usr")),
		testkit.Files(testkit.Listing(t, root+"/usr")))
	names := []string{"libsecrets1", "libsecrets-devel", "libsecrets-tools"}
	assert.Empty(t, rpm(append([]string{"--verify", "--nodeps"}, names...)...))
	assert.Subset(t, strings.Split(rpm("--query", "--provides", "libsecrets1"), "\n"),
		[]string{"libsecrets.so.1()(64bit)", "libsecrets.so.1(SECRETS_1)(64bit)"})
	assert.Subset(t, strings.Split(rpm("--query", "--requires", "libsecrets1"), "\n"),
		[]string{"libpthread.so.0()(64bit)", "libc.so.6(GLIBC_2.17)(64bit)"})
	rpm(append([]string{"--erase", "--noscripts"}, names...)...)
	assert.Empty(t, testkit.Files(testkit.Listing(t, root+"/usr")))
}
