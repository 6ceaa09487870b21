// SPDX-License-Identifier: MIT

package packaging

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The control of every comparison of trees.
func TestListingSeesEveryChange(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	seen := [][]string{testkit.Listing(t, folder)}
	for _, change := range []func() error{
		func() error { return os.WriteFile(file, []byte("a"), 0o644) },
		func() error { return os.WriteFile(file, []byte("b"), 0o644) },
		func() error { return os.Chmod(file, 0o600) },
		func() error { return os.Rename(file, file+"2") },
		func() error { return os.Symlink("file2", file) },
		func() error { return errors.Join(os.Remove(file), os.Symlink("file3", file)) },
		func() error { return os.Mkdir(filepath.Join(folder, "empty"), 0o755) },
	} {
		require.NoError(t, change())
		now := testkit.Listing(t, folder)
		assert.NotContains(t, seen, now)
		seen = append(seen, now)
	}
}

// Exactly these files, with these modes whatever the umask, every folder where it was asked for,
// and all of it below DESTDIR.
func TestInstallGivesTheTree(t *testing.T) {
	stage := filepath.Join(t.TempDir(), "a stage")
	command := append(testkit.MakeIn(testkit.Root, "sh", "-c", `umask 077 && exec "$@"`, "sh"),
		"install", "DESTDIR="+stage, "PREFIX=/opt/a prefix/",
		"LIBDIR=/opt/a prefix//lib64", "INCLUDEDIR=/opt/include", "MANDIR=/opt/man", "DOCDIR=doc")
	testkit.Run(t, command[0], command[1:]...)

	v, major := testkit.Version(t)
	const lib = "opt/a prefix/lib64/"
	of := func(path string) string { return fmt.Sprintf(" %x", testkit.Digest(t, path)) }
	made := func(name string) string {
		return "-rw-r--r-- " + lib + name + of(filepath.Join(stage, lib, name))
	}
	expected := []string{
		"-rwxr-xr-x " + lib + "libsecrets.so." + v + of(testkit.Shared),
		"Lrwxrwxrwx " + lib + "libsecrets.so." + major + " libsecrets.so." + v,
		"Lrwxrwxrwx " + lib + "libsecrets.so libsecrets.so." + major,
		"-rw-r--r-- " + lib + "libsecrets.a" + of(testkit.Static),
		made("pkgconfig/libsecrets.pc"), made("cmake/secrets/secrets-config.cmake"),
		made("cmake/secrets/secrets-config-version.cmake"),
		"-rw-r--r-- opt/include/secrets.h" + of(filepath.Join(testkit.Root, "include/secrets.h")),
		"-rw-r--r-- opt/include/secrets.hpp" +
			of(filepath.Join(testkit.Root, "include/secrets.hpp")),
		"-rw-r--r-- opt/a prefix/doc/LICENSE" + of(filepath.Join(testkit.Root, "LICENSE")),
		"-rw-r--r-- opt/a prefix/doc/NOTICE" + of(filepath.Join(testkit.Root, "NOTICE")),
		"-rwxr-xr-x opt/a prefix/bin/libsecrets" + of(testkit.Command),
	}
	for place, name := range map[string]string{
		"bash-completion/completions/libsecrets": "bash", "zsh/site-functions/_libsecrets": "zsh",
		"fish/vendor_completions.d/libsecrets.fish": "fish",
	} {
		expected = append(expected, "-rw-r--r-- opt/a prefix/share/"+place+
			of(filepath.Join(testkit.Root, "packaging/completion/libsecrets."+name)))
	}
	all := testkit.Listing(t, stage)
	pages := func(line string) bool { return strings.Contains(line, " opt/man/") }
	assert.ElementsMatch(t, expected, slices.DeleteFunc(testkit.Files(all), pages))
	for _, line := range all {
		assert.Regexp(t, `^(drwxr-xr-x|Lrwxrwxrwx|-rwxr-xr-x .*(\.so\.|/bin/).*|-rw-r--r--) `, line)
	}
}

// A page is found by the name of each function in its section NAME, and by no other.
func TestInstallNamesEveryPage(t *testing.T) {
	source := unpackedAndBuilt(t)
	const page = ".Sh NAME\n.Nm first ,\n.Nm second ,\n.Nm third\n.Nd things\n.Sh SYNOPSIS\n" +
		".Nm fourth\n"
	require.NoError(t, os.RemoveAll(filepath.Join(source, "man")))
	require.NoError(t, os.Mkdir(filepath.Join(source, "man"), 0o755))
	for _, name := range []string{"second.3", "about.7", "tool.1"} {
		require.NoError(t, os.WriteFile(filepath.Join(source, "man", name), []byte(page), 0o600))
	}
	prefix := t.TempDir()
	testkit.Makes(t, source, "install", "PREFIX="+prefix)
	pages := map[string]string{}
	for _, line := range testkit.Files(testkit.Listing(t, filepath.Join(prefix, "share", "man"))) {
		name := strings.Fields(line)[1]
		text := testkit.Read(t, filepath.Join(prefix, "share", "man", name))
		pages[name] = text
	}
	const link = ".so man3/second.3\n"
	assert.Equal(t, map[string]string{
		"man3/first.3": link, "man3/second.3": page, "man3/third.3": link, "man7/about.7": page,
		"man1/tool.1": page,
	}, pages)
	testkit.Makes(t, source, "uninstall", "PREFIX="+prefix)
	assert.Empty(t, testkit.Files(testkit.Listing(t, prefix)))
}

var nobody = []string{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}

// apart returns a command that runs another with mounts of its own.
func apart(mount string) []string { return []string{"unshare", "-m", "sh", "-c", mount, "sh"} }

// An install that fails says why in one sentence, and changes nothing.
func TestInstallIsRefused(t *testing.T) {
	source := unpackedAndBuilt(t)
	stage := filepath.Join(filepath.Dir(source), "a stage")
	for _, c := range []struct {
		name    string
		prepare string // for a shell in the stage
		around  []string
		setting string // without one, PREFIX is the stage
		says    string
	}{
		{name: "relative", setting: "PREFIX=here",
			says: "PREFIX must be an absolute path, and is 'here'"},
		{name: "empty", setting: "PREFIX=", says: "PREFIX must be an absolute path, and is ''"},
		{name: "newline", setting: "PREFIX=" + stage + "/a\nb",
			says: "PREFIX must have no newline"},
		{name: "newline in another", setting: "DESTDIR=" + stage + "/a\nb",
			says: "DESTDIR must have no newline"},
		{name: "quote", setting: "LIBDIR=" + stage + "/it's",
			says: "LIBDIR must have no newline, quote or"},
		{name: "dots", setting: "LIBDIR=" + stage + "/lib/../lib64",
			says: "LIBDIR must have no '..' in it"},
		{name: "a file for PREFIX", prepare: "touch file", setting: "PREFIX=" + stage + "/file",
			says: "/file is not a folder"},
		{name: "a file above PREFIX", prepare: "touch file",
			setting: "PREFIX=" + stage + "/file/prefix", says: "/file is not a folder"},
		{name: "a file for the last folder",
			prepare: "mkdir -p share/doc && touch share/doc/libsecrets",
			says:    "share/doc/libsecrets is not a folder"},
		{name: "a link to nowhere", prepare: "ln -s nowhere lib", says: "/lib is not a folder"},
		{name: "a folder for a file", prepare: "mkdir -p share/doc/libsecrets/NOTICE",
			says: "libsecrets/NOTICE: it is a folder"},
		{name: "nothing built", setting: "BUILD=nowhere",
			says: "nowhere/libsecrets.so.* is missing: run make first"},
		{name: "no rights", around: nobody, says: "a stage is read-only, or not yours"},
		{name: "no rights to one file", prepare: "mkdir include && chmod 777 include . && touch " +
			"include/secrets.h && chmod 444 include/secrets.h",
			around: nobody, says: "include/secrets.h: it is read-only, or not yours"},
		{name: "read-only", prepare: "mkdir lib",
			around: apart(`mount --bind . . && mount -o remount,ro,bind . && exec "$@"`),
			says:   "/lib is read-only, or not yours"},
		{name: "no file system for files", setting: "DESTDIR=/proc", says: "mkdir: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.NoError(t, os.Mkdir(stage, 0o755))
			defer os.RemoveAll(stage)
			testkit.Run(t, "sh", "-c", `cd "$1" && eval "$2"`, "sh", stage, c.prepare)
			before := testkit.Listing(t, filepath.Dir(source))

			around := append([]string{"-C", stage}, c.around...)
			command := append(testkit.MakeIn(source, around...), "install", "PREFIX="+stage)
			if c.setting != "" {
				command = append(command, c.setting)
			}
			status, stdout, stderr := testkit.Call(t, command[0], command[1:]...)
			assert.NotZero(t, status)
			assert.Empty(t, stdout)
			assert.Regexp(t, `\Alibsecrets: [^\n]*`+c.says+`[^\n]*\nmake: [^\n]*\n\z`, stderr)
			assert.Equal(t, before, testkit.Listing(t, filepath.Dir(source)))
		})
	}
}

// If the disk has room for the shared library and not for all of the static one, neither is
// installed.
func TestInstallOnAFullDisk(t *testing.T) {
	stage := t.TempDir()
	for size, fits := range map[string]bool{"3m": false, "9m": true} {
		around := apart(`mount -t tmpfs -o size=` + size + ` none "` + stage +
			`" && "$@"; status=$?; find "` + stage + `" -mindepth 1; exit $status`)
		command := append(testkit.MakeIn(testkit.Root, around...), "install", "PREFIX="+stage)
		status, stdout, stderr := testkit.Call(t, command[0], command[1:]...)
		if fits {
			assert.Zero(t, status, stderr)
			assert.Contains(t, stdout, stage+"/lib/libsecrets.a\n")
			continue
		}
		assert.NotZero(t, status)
		assert.Empty(t, stdout)
		assert.Regexp(t, `\Alibsecrets: cannot write to [^\n]*/lib/libsecrets.a: [^\n]*No space `+
			`left on device\nmake: [^\n]*\n\z`, stderr)
	}
}

// What is built is installed unchanged, without Go and a compiler, and nothing is built again. If
// a source is newer, nothing is installed.
func TestInstallNeedsNoGo(t *testing.T) {
	source, prefix := unpackedAndBuilt(t), t.TempDir()
	command := append(testkit.MakeIn(source), "all", "GO=false", "CC=false")
	status, _, stderr := testkit.Call(t, command[0], command[1:]...)
	require.NotZero(t, status)
	require.Contains(t, stderr, "needs Go")

	before := testkit.Listing(t, source)
	testkit.Makes(t, source, "install", "GO=false", "CC=false", "PREFIX="+prefix)
	assert.Equal(t, before, testkit.Listing(t, source))
	assert.Equal(t, testkit.Digest(t, testkit.Shared),
		testkit.Digest(t, filepath.Join(prefix, "lib", "libsecrets.so")))

	before = testkit.Listing(t, prefix)
	testkit.Run(t, "touch", filepath.Join(source, "capi", "main.go"))
	command = append(testkit.MakeIn(source), "install", "PREFIX="+prefix)
	status, _, stderr = testkit.Call(t, command[0], command[1:]...)
	assert.NotZero(t, status)
	assert.Contains(t, stderr,
		"libsecrets: what is built is older than capi/main.go: run make first\n")
	assert.Equal(t, before, testkit.Listing(t, prefix))
}

// A program that runs with the older library keeps it, and the next one gets the newer.
func TestInstallWhileInUse(t *testing.T) {
	prefix := installed(t)
	library, err := filepath.EvalSymlinks(filepath.Join(prefix, "lib", "libsecrets.so"))
	require.NoError(t, err)
	// The older library is this one with bytes appended, which no loader reads.
	text := testkit.Read(t, library)
	require.NoError(t, os.WriteFile(library, []byte(text+"older"), 0o755))
	kept := filepath.Join(t.TempDir(), "kept")
	require.NoError(t, os.Link(library, kept))

	out := testkit.Run(t, waiting(t, library), "make", "-s", "-C", testkit.Root, "install",
		"PREFIX="+prefix)
	assert.Regexp(t, `\A[0-9a-f]{64}\n(?s:.*)installed in .*\n[0-9a-f]{64}\n\z`, out)
	assert.Equal(t, testkit.Digest(t, testkit.Shared), testkit.Digest(t, library))
	older := testkit.Read(t, kept)
	assert.True(t, strings.HasSuffix(older, "older"), "the older file was written over")
}

// waiting compiles a program that draws a token, runs a command, and draws another token, in a
// child too.
func waiting(t *testing.T, library string) string {
	source := filepath.Join(t.TempDir(), "waiting.c")
	require.NoError(t, os.WriteFile(source, []byte(`#include <secrets.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int token(void)
{
	char text[SECRETS_TOKEN_HEX_SIZE(32)];
	int status = secrets_token_hex(text, sizeof text, 32);
	if (status == SECRETS_OK)
		puts(text);
	fflush(stdout);
	return status;
}

static int child(char **command)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0 && command) {
		execvp(*command, command);
		_exit(127);
	}
	if (pid == 0)
		_exit(token());
	return waitpid(pid, &status, 0) != pid || status;
}

int main(int argc, char **argv)
{
	(void)argc;
	return token() || child(argv + 1) || child(NULL);
}
`), 0o600))
	return testkit.Compile(t, source, library, "-D_GNU_SOURCE", "-Wl,-rpath,"+filepath.Dir(library))
}

// Our files are removed, and all others stay.
func TestUninstall(t *testing.T) {
	prefix := t.TempDir()
	for _, name := range []string{
		"lib/libsecrets.so.0", "lib/pkgconfig/other.pc", "include/secrets2.h",
		"share/doc/other/LICENSE",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(prefix, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(prefix, name), nil, 0o644))
	}
	before := testkit.Listing(t, prefix)
	testkit.Makes(t, testkit.Root, "install", "PREFIX="+prefix)
	require.Greater(t, len(testkit.Files(testkit.Listing(t, prefix))), len(testkit.Files(before)))

	testkit.Makes(t, testkit.Root, "uninstall", "PREFIX="+prefix)
	after := testkit.Listing(t, prefix)
	assert.Equal(t, testkit.Files(before), testkit.Files(after))
	assert.NotRegexp(t, `lib/cmake/secrets|share/doc/libsecrets`, strings.Join(after, "\n"))
	assert.Subset(t, after, before)

	testkit.Makes(t, testkit.Root, "uninstall", "PREFIX="+prefix) // where nothing is installed
	assert.Equal(t, after, testkit.Listing(t, prefix))
}

// Files that may not be removed are reported before any is, and a folder of ours that holds a
// file of somebody else stays.
func TestUninstallIsRefused(t *testing.T) {
	source := unpackedAndBuilt(t)
	prefix := filepath.Join(filepath.Dir(source), "prefix")
	testkit.Makes(t, source, "install", "PREFIX="+prefix)
	before := testkit.Listing(t, prefix)
	command := append(testkit.MakeIn(source, nobody...), "uninstall", "PREFIX="+prefix)
	status, _, stderr := testkit.Call(t, command[0], command[1:]...)
	assert.NotZero(t, status)
	assert.Regexp(t, `\Alibsecrets: cannot remove [^\n]*: [^\n]* is read-only, or not `+
		`yours\nmake: [^\n]*\n\z`, stderr)
	assert.Equal(t, before, testkit.Listing(t, prefix))

	theirs := filepath.Join(prefix, "share", "doc", "libsecrets", "theirs")
	require.NoError(t, os.WriteFile(theirs, nil, 0o644))
	testkit.Makes(t, source, "uninstall", "PREFIX="+prefix)
	assert.FileExists(t, theirs)
	assert.Len(t, testkit.Files(testkit.Listing(t, prefix)), 1)
}
