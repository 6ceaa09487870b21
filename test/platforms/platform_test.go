// SPDX-License-Identifier: MIT

package platforms

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The library for another processor, and its cases in an emulator.
func TestArm64(t *testing.T) {
	build := t.TempDir()
	library := filepath.Join(build, "libsecrets.so")
	testkit.Run(t, "env", "GOARCH=arm64", "make", "-s", "-C", testkit.Root, "BUILD="+build,
		"CROSS=aarch64-linux-gnu-",
		"LDFLAGS=-fuse-ld=gold", library, filepath.Join(build, "libsecrets"), "wheel")
	assert.Empty(t, testkit.NotInGlibc(t, library, 17))
	assert.Empty(t, testkit.NotInGlibc(t, filepath.Join(build, "libsecrets"), 17))
	testkit.Only(t, filepath.Join(build, "wheel", "libsecrets-*-manylinux2014_aarch64.whl"))
	arm := testkit.Language{
		Name: "arm64", Compiler: "aarch64-linux-gnu-gcc", Flags: []string{"-x", "c", "-std=c99"},
	}
	emulated := []string{"-L", "/usr/aarch64-linux-gnu", "-E", "LD_LIBRARY_PATH=" + build}
	for _, source := range testkit.ProgramsWithoutThreads() {
		t.Run(source, func(t *testing.T) {
			t.Parallel()
			program := append(slices.Clone(emulated),
				arm.Compile(t, testkit.Source(source), library, "-lm"))
			names := testkit.NamesIn(t, testkit.Run(t, "qemu-aarch64", program...), "slow")
			testkit.Run(t, "qemu-aarch64", append(program, names...)...)
		})
	}
	runsTool(t, "qemu-aarch64", "-L", "/usr/aarch64-linux-gnu", filepath.Join(build, "libsecrets"))
	// In the emulator fork hangs now and then if the parent has threads, so each case gets a
	// few tries; and the emulator ends a forked process that creates many threads, whatever
	// program it runs.
	const tries = `for n in 1 2 3 4 5 6; do timeout -s KILL 60 "$@" >/dev/null 2>&1 && exit; ` +
		`done; exit 1`
	forks := func(flags ...string) {
		program := arm.Compile(t, testkit.Source("rewind.c"), append(flags, "-fuse-ld=gold")...)
		for _, name := range []string{
			"parent_called", "parent_never_called", "bare_system_call", "memory_is_locked",
		} {
			testkit.Run(t, "sh", slices.Concat([]string{"-c", tries, "sh", "qemu-aarch64"},
				emulated, []string{program, name})...)
		}
	}
	forks(library)
	forks("-static", filepath.Join(build, "libsecrets.a"))
	for _, linked := range []string{library, filepath.Join(build, "libsecrets.a")} {
		for _, source := range []string{"token.c", "passwords.c", "raffle.c", "api_keys.c"} {
			program := arm.Compile(t, filepath.Join(testkit.Root, "bindings/c", source), linked,
				"-lm", "-fuse-ld=gold")
			testkit.Run(t, "qemu-aarch64", append(emulated, program)...)
		}
	}
}

// runsTool runs the command-line tool, by that command.
func runsTool(t *testing.T, command ...string) {
	t.Helper()
	out := testkit.Run(t, command[0], append(command[1:], "passphrase", "--words", "2")...)
	assert.Regexp(t, `^[a-z-]+ [a-z-]+\n$`, out)
}

// On an unsupported platform make fails at once, with one sentence, and builds nothing.
func TestOtherPlatformsAreRefused(t *testing.T) {
	for setting, reason := range map[string]string{
		"GOARCH=386":          "libsecrets is for processors of 64 bits",
		"GOARCH=arm":          "libsecrets is for processors of 64 bits",
		"GOOS=freebsd":        "not for 'freebsd'",
		"GOOS=windows FIPS=1": "FIPS=1 is for Linux",
	} {
		build := filepath.Join(t.TempDir(), "build")
		arguments := append(strings.Fields(setting), "-s", "-C", testkit.Root, "BUILD="+build)
		out, err := exec.CommandContext(t.Context(), "make", arguments...).CombinedOutput()
		assert.Error(t, err, setting)
		assert.Regexp(t, `^Makefile:\d+: \*\*\* [^\n]*`+reason+`[^\n]*\.  Stop\.\n$`, string(out),
			setting)
		assert.NoDirExists(t, build, setting)
	}
}

// If a release of Go has moved a symbol that the library uses, or a field of it, the build fails
// with one sentence, which has its name and the releases that are known to work.
func TestReleaseThatMovedSomethingIsRefused(t *testing.T) {
	for _, c := range []struct{ taken, other, moved string }{
		{"crypto/internal/sysrand.firstUse=", "runtime.nothing=", "runtime.nothing"},
		{"mmap munmap", "x_cgo_nothing munmap", "x_cgo_nothing"},
		{"runtime.newmHandoff=28", "runtime.newmHandoff=30", "fields of runtime.newmHandoff"},
		{"'.init_array .rela", "'.nothing .rela", "its constructor"},
		{"|[.]bss[.]process|", "|", "the section [.]bss[.]process"},
	} {
		t.Run(c.moved, func(t *testing.T) {
			command := testkit.MakeIn(testkit.Tree(t, testkit.Change{
				File: "packaging/object.sh", Before: c.taken, After: c.other,
			}))
			status, stdout, stderr := testkit.Call(t, command[0], command[1:]...)
			assert.NotZero(t, status)
			assert.Empty(t, stdout)
			assert.Regexp(t,
				`^make: go1[.0-9]+ has moved `+c.moved+`, which libsecrets takes from the `+
					`Go runtime: Go 1.26 and 1.27 are known to work\nmake[^\n]*Error 1\n$`, stderr)
		})
	}
}

// With musl there are the static library, and a shared one that a program is linked with, or that
// is preloaded. musl cannot load that later by dlopen(3), as a binding would.
func TestMusl(t *testing.T) {
	build := t.TempDir()
	library := filepath.Join(build, "libsecrets.so")
	testkit.Run(t, "make", "-s", "-C", testkit.Root, "CC=musl-gcc", "BUILD="+build, library,
		filepath.Join(build, "libsecrets"))
	runsTool(t, filepath.Join(build, "libsecrets"))
	musl := testkit.Language{Name: "musl", Compiler: "musl-gcc",
		Flags: []string{"-x", "c", "-std=c99"}}
	for _, source := range []string{
		"tokens.c", "numbers.c", "sequences.c", "passwords.c", "apikeys.c", "compare.c",
		"library.c",
	} {
		testkit.RunCases(t, source, musl.Compile(t, testkit.Source(source),
			filepath.Join(build, "libsecrets.a"), "-static"))
	}
	testkit.RunRewinds(t, musl.Compile(t, testkit.Source("rewind.c"),
		filepath.Join(build, "libsecrets.a"), "-static"))
	testkit.RunRewinds(t, musl.Compile(t, testkit.Source("rewind.c"), library, "-Wl,-rpath,"+build))
	preloading := musl.Compile(t, testkit.Source("preloaded.c"), "-ldl")
	testkit.Run(t, "env", "LD_PRELOAD="+library, preloading)

	loader := filepath.Join(build, "loader.c")
	require.NoError(t, os.WriteFile(loader, []byte(`
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	if (argc == 2 && dlopen(argv[1], RTLD_NOW) != NULL)
		return 0;
	puts(dlerror());
	return 1;
}
`), 0o600))
	out, err := exec.CommandContext(t.Context(), musl.Compile(t, loader, "-ldl"),
		library).CombinedOutput()
	assert.Error(t, err, "musl can load Go's shared libraries now: docs/platforms.md must say so")
	assert.Regexp(t, `^Error relocating .*: initial-exec TLS resolves to dynamic definition`,
		string(out))
	testkit.Run(t, testkit.Compile(t, loader, "-ldl"), testkit.Shared)
}
