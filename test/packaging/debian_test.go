// SPDX-License-Identifier: MIT

package packaging

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A debian is a small installed Debian with compilers and Python.
type debian struct{ root string }

func newDebian(t *testing.T, suite string) debian {
	d := debian{filepath.Join(t.TempDir(), suite)}
	testkit.Run(t, "cp", "-a", filepath.Join(testkit.Root, testkit.Build(), suite), d.root)
	return d
}

// in returns a command that runs another one there, with nothing of this machine's but its kernel.
func (d debian) in(command ...string) []string {
	return append([]string{"unshare", "-m", "sh", "-c", `mount -t proc proc "$0/proc" && ` +
		`exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C chroot "$0" "$@"`, d.root},
		command...)
}

func (d debian) run(t *testing.T, command ...string) string {
	t.Helper()
	words := d.in(command...)
	return testkit.Run(t, words[0], words[1:]...)
}

func (d debian) fails(t *testing.T, command ...string) (says string) {
	t.Helper()
	words := d.in(command...)
	status, stdout, stderr := testkit.Call(t, words[0], words[1:]...)
	assert.NotZero(t, status, command)
	return stdout + stderr
}

// put copies files and folders to its /tmp.
func (d debian) put(t *testing.T, paths ...string) {
	testkit.Run(t, "cp", append([]string{"-R", "-t", filepath.Join(d.root, "tmp")}, paths...)...)
}

// files returns its files with their modes, owners, sizes and links, but for what packages leave.
func (d debian) files(t *testing.T) string {
	return testkit.Run(t, "sh", "-c", `cd "$1" && find . -path ./tmp -prune -o `+
		`-path ./var/lib/dpkg -prune -o -path ./var/log -prune -o -path ./var/cache -prune -o `+
		`! -path ./etc/ld.so.cache ! -type d -printf '%p %M %U %G %s %l\n' | sort`, "sh", d.root)
}

// suites are the releases of Debian to test in: bullseye, for one, has an old glibc.
func suites() []string { return strings.Fields(testkit.Tool("SUITES", "bookworm")) }

// The packages in a clean Debian: they are installed, used, upgraded, removed and purged.
func TestPackagesInDebian(t *testing.T) {
	newer, version := newerPackages(t)
	for _, suite := range suites() {
		t.Run(suite, func(t *testing.T) {
			d := newDebian(t, suite)
			before := d.files(t)
			d.put(t, append(debs(t, packages(t)), filepath.Join(testkit.Root, "bindings"),
				filepath.Join(testkit.Root, "test"))...)
			d.install(t)
			d.uses(t)
			d.upgrade(t, newer, version)
			d.remove(t)
			assert.Equal(t, before, d.files(t))
		})
	}
}

// host is the processor that these tests run on, by Debian's name.
func host(t *testing.T) string {
	return strings.TrimSpace(testkit.Run(t, "dpkg", "--print-architecture"))
}

// debs returns the paths of the packages in a folder that can be installed here.
func debs(t *testing.T, folder string) []string {
	paths := testkit.Glob(t, filepath.Join(folder, "*_"+host(t)+".deb"))
	return append(paths, testkit.Only(t, filepath.Join(folder, "*_all.deb")))
}

var names = []string{"libsecrets1", "libsecrets-dev", "libsecrets-bin", "python3-libsecrets"}

// A package asks for those that it needs.
func (d debian) install(t *testing.T) {
	assert.Regexp(t, "libsecrets-dev:?[a-z0-9]* depends on libsecrets1 [(]= ",
		d.fails(t, "sh", "-c", "dpkg -i /tmp/libsecrets-dev_*.deb"))
	assert.Contains(t, d.fails(t, "sh", "-c", "dpkg -i /tmp/python3-libsecrets_*.deb"),
		"python3-libsecrets depends on libsecrets1 (>= ")
	d.run(t, "sh", "-c", "dpkg -i /tmp/*.deb")
	d.isWhole(t)
}

// isWhole makes sure that the files of the packages are as they were packed.
func (d debian) isWhole(t *testing.T) {
	assert.Empty(t, d.run(t, append([]string{"dpkg", "--verify"}, names...)...))
	assert.Empty(t, d.run(t, "dpkg", "--audit"))
}

// uses compiles and runs programs with what is installed.
func (d debian) uses(t *testing.T) {
	const flags = " $(pkg-config --cflags --libs libsecrets) -pthread"
	for name, command := range map[string]string{
		"shared": "cc -std=c99 token.c -o shared" + flags,
		"static": "cc token.c -o static -l:libsecrets.a -pthread",
		"cxx":    "c++ -std=c++17 -x c++ token.c -o cxx" + flags,
	} {
		d.run(t, "sh", "-c", "cd /tmp/bindings/c && "+command)
		assert.Regexp(t, `^[\w-]{43}\n$`, d.run(t, "/tmp/bindings/c/"+name))
	}
	assert.Regexp(t, `^\S+token=[\w-]{43}\n$`,
		d.run(t, "python3", "/tmp/bindings/python/examples/reset_link.py"))
	assert.Contains(t, d.run(t, "dpkg", "-L", "libsecrets-dev"), "/man3/secrets_token_hex.3.gz\n")
	assert.Regexp(t, `^[\w-]{43}\n$`, d.run(t, "libsecrets", "token"))
	for _, name := range []string{"tokens", "threads", "rewind"} {
		program := "/tmp/test/c/" + name
		d.run(t, "sh", "-c", "cc -std=c99 "+program+".c -o "+program+flags)
		if name == "rewind" {
			testkit.RunRewinds(t, d.in(program)...)
			continue
		}
		for _, c := range testkit.NamesIn(t, d.run(t, program), "slow") {
			d.run(t, program, c)
		}
	}
}

// upgrade installs newer packages over these: programs that were linked before go on to run, with
// the newer library.
func (d debian) upgrade(t *testing.T, newer, version string) {
	_, major := testkit.Version(t)
	libraries := filepath.Join(d.root, "usr/lib/*-linux-gnu/libsecrets.so."+major+".*")
	const say = "import libsecrets; print(libsecrets.__version__)"
	assert.NotEqual(t, version+"\n", d.run(t, "python3", "-c", say))
	d.run(t, "sh", "-c", "rm /tmp/*.deb")
	d.put(t, debs(t, newer)...)
	d.run(t, "sh", "-c", "dpkg -i /tmp/*.deb")
	d.isWhole(t)
	assert.Regexp(t, `\.`+regexp.QuoteMeta(version)+`$`, testkit.Only(t, libraries))
	assert.Equal(t, version+"\n", d.run(t, "python3", "-c", say))
	assert.Regexp(t, `^[\w-]{43}\n$`, d.run(t, "/tmp/bindings/c/shared"))
}

// remove removes and purges the packages. A program that needs the library no longer runs.
func (d debian) remove(t *testing.T) {
	d.run(t, append([]string{"dpkg", "--remove"}, names...)...)
	assert.Contains(t, d.fails(t, "/tmp/bindings/c/shared"), "libsecrets.so.1: cannot open")
	d.run(t, append([]string{"dpkg", "--purge"}, names...)...)
	assert.NotContains(t, d.run(t, "dpkg-query", "-W"), "libsecrets")
	assert.NotContains(t, d.run(t, "ldconfig", "-p"), "libsecrets")
}

// newerPackages returns the packages of a later release, which differs in its number alone.
func newerPackages(t *testing.T) (folder, version string) {
	header := testkit.Header(t)
	now, _ := testkit.Version(t)
	patch := testkit.Macro(t, header, "VERSION_PATCH")
	number, err := strconv.Atoi(patch)
	require.NoError(t, err)
	next := strconv.Itoa(number + 1)
	version = strings.TrimSuffix(now, patch) + next
	library := testkit.Rebuilt(t,
		testkit.Change{File: "include/secrets.h", Before: `SECRETS_VERSION "` + now + `"`,
			After: `SECRETS_VERSION "` + version + `"`},
		testkit.Change{File: "include/secrets.h", Before: "SECRETS_VERSION_PATCH " + patch,
			After: "SECRETS_VERSION_PATCH " + next})
	build := filepath.Dir(library)
	testkit.Run(t, "cp", filepath.Join(testkit.Root, testkit.Build(), "nfpm"), build)
	testkit.Makes(t, filepath.Dir(build), "packages", "ARCHES="+host(t),
		"--assume-old=build/go.a")
	return filepath.Join(build, "packages"), version
}

// Where glibc is older than 2.34, a library that is linked like any other cannot be loaded: the
// control of what runs there.
func TestPlainLibraryNeedsNewGlibc(t *testing.T) {
	for _, suite := range suites() {
		d := newDebian(t, suite)
		d.put(t, testkit.PlainLibrary(t))
		load := []string{"python3", "-c", "import ctypes; ctypes.CDLL('/tmp/libsecrets.so.1')"}
		if suite == "bullseye" {
			assert.Contains(t, d.fails(t, load...), "`GLIBC_2.3")
		} else {
			d.run(t, load...)
		}
	}
}
