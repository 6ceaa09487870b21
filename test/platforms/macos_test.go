// SPDX-License-Identifier: MIT

package platforms

import (
	"debug/macho"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// For macOS the library and programs are compiled and linked; nothing runs them.
func TestMacOS(t *testing.T) {
	for goarch, target := range map[string]string{
		"arm64": "arm64-apple-macos13", "amd64": "x86_64-apple-macos13",
	} {
		t.Run(goarch, func(t *testing.T) {
			build, compiler := t.TempDir(), clangForMacOS(t, target)
			programs := []string{"token", "password_reset", "passwords", "session_cookie",
				"api_keys", "raffle"}
			var made []string
			for _, name := range programs {
				made = append(made, filepath.Join(build, name))
			}
			command := []string{"GOOS=darwin", "GOARCH=" + goarch, "make", "-s", "-C",
				testkit.Root, "BUILD=" + build, "CC=" + strings.Join(compiler, " "), "AR=llvm-ar",
				"all"}
			testkit.Run(t, "env", append(command, made...)...)

			requireInstallName(t, filepath.Join(build, "libsecrets.1.dylib"))
			assert.Equal(t, testkit.Listed(t), exported(t, filepath.Join(build,
				"libsecrets.dylib")))
			for _, program := range made {
				libraries, err := machO(t, program).ImportedLibraries()
				require.NoError(t, err)
				assert.Contains(t, libraries, "@rpath/libsecrets.1.dylib")
			}
			tool, err := machO(t, filepath.Join(build, "libsecrets")).ImportedLibraries()
			require.NoError(t, err)
			assert.NotContains(t, tool, "@rpath/libsecrets.1.dylib")
			static := filepath.Join(build, "token_static")
			testkit.Run(t, compiler[0], append(compiler[1:], "-o", static,
				"-I"+filepath.Join(testkit.Root, "include"),
				filepath.Join(testkit.Root, "bindings/c/token.c"),
				filepath.Join(build, "libsecrets.a"), "-framework", "CoreFoundation")...)
			libraries, err := machO(t, static).ImportedLibraries()
			require.NoError(t, err)
			assert.NotContains(t, libraries, "@rpath/libsecrets.1.dylib")
		})
	}
}

// clangForMacOS is the command that compiles and links for a target.
func clangForMacOS(t *testing.T, target string) []string {
	t.Helper()
	sdk := filepath.Join(testkit.Root, "build", "macos-sdk")
	require.DirExists(t, sdk, "make test-all fetches it")
	return []string{"clang", "-target", target, "-fuse-ld=lld", "-isysroot", sdk, "-iframework",
		filepath.Join(sdk, "System/Library/Frameworks"), "-Wno-unused-command-line-argument",
		// Apple's <math.h> has functions of this type, which clang knows on amd64 since 15.
		"-D_Float16=float"}
}

func machO(t *testing.T, path string) *macho.File {
	t.Helper()
	file, err := macho.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, file.Close()) })
	return file
}

// exported returns the symbols that others can link with, without the underscore of C.
func exported(t *testing.T, path string) (names []string) {
	t.Helper()
	const private, external = 0x10, 0x01 // N_PEXT and N_EXT of <mach-o/nlist.h>
	for _, symbol := range machO(t, path).Symtab.Syms {
		if symbol.Sect != 0 && symbol.Type&(private|external) == external {
			names = append(names, strings.TrimPrefix(symbol.Name, "_"))
		}
	}
	slices.Sort(names)
	return names
}

// requireInstallName reads the load command by which programs find the library: LC_ID_DYLIB of
// <mach-o/loader.h>, where the offset of the name, a time and two versions are.
func requireInstallName(t *testing.T, path string) {
	t.Helper()
	version, major := testkit.Version(t)
	var found bool
	for _, load := range machO(t, path).Loads {
		raw := load.Raw()
		if binary.LittleEndian.Uint32(raw) != 0xd {
			continue
		}
		found = true
		name, _, _ := strings.Cut(string(raw[binary.LittleEndian.Uint32(raw[8:]):]), "\x00")
		assert.Equal(t, "@rpath/libsecrets."+major+".dylib", name)
		assert.Equal(t, version, versionOf(raw[16:]), "current")
		assert.Equal(t, major+".0.0", versionOf(raw[20:]), "compatible")
	}
	require.True(t, found, "no install name")
}

// versionOf reads a version: 16 bits of it, and twice 8.
func versionOf(raw []byte) string {
	packed := binary.LittleEndian.Uint32(raw)
	return fmt.Sprintf("%d.%d.%d", packed>>16, packed>>8&0xff, packed&0xff)
}

// On systems that have no engine of their own, calls in a child return an error at once.
func TestOtherEngineFailsInChild(t *testing.T) {
	t.Parallel()
	library := filepath.Join(t.TempDir(), "libsecrets.so.1")
	testkit.Run(t, "go", "build", "-C", testkit.Root, "-buildmode=c-shared", "-o", library,
		"./capi")
	program := testkit.Compile(t, testkit.Source("other_engine.c"), library,
		"-Wl,-rpath,"+filepath.Dir(library))
	for _, name := range testkit.CaseNames(t, program) {
		testkit.Run(t, program, name)
	}
}
