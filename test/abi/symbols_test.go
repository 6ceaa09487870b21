// SPDX-License-Identifier: MIT

package abi

import (
	"debug/elf"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHeaderDeclaresWhatIsListed(t *testing.T) {
	assert.Equal(t, testkit.Listed(t), declared(t))
}

func TestLibraryExportsWhatIsListed(t *testing.T) {
	var exported []string
	for _, line := range strings.Split(strings.TrimSpace(testkit.Run(t, "nm", "-D",
		"--defined-only", testkit.Shared)), "\n") {
		fields := strings.Fields(line)
		require.Len(t, fields, 3, line)
		if fields[1] == "A" && fields[2] == "SECRETS_1" {
			continue // the version itself
		}
		name, version, _ := strings.Cut(fields[2], "@@")
		assert.Equal(t, []string{"T", "SECRETS_1"}, []string{fields[1], version}, line)
		exported = append(exported, name)
	}
	slices.Sort(exported)
	assert.Equal(t, testkit.Listed(t), exported)
}

func TestLibraryIsHardened(t *testing.T) {
	file, err := elf.Open(testkit.Shared)
	require.NoError(t, err)
	defer file.Close()

	soname, err := file.DynString(elf.DT_SONAME)
	require.NoError(t, err)
	assert.Equal(t, []string{"libsecrets.so.1"}, soname)

	flags, err := file.DynValue(elf.DT_FLAGS)
	require.NoError(t, err)
	require.Len(t, flags, 1)
	assert.NotZero(t, elf.DynFlag(flags[0])&elf.DF_BIND_NOW,
		"all of the relocations are read-only only with -z now")
	assert.Zero(t, elf.DynFlag(flags[0])&elf.DF_TEXTREL)

	kinds := map[elf.ProgType]elf.ProgFlag{}
	for _, segment := range file.Progs {
		kinds[segment.Type] = segment.Flags
	}
	assert.Contains(t, kinds, elf.PT_GNU_RELRO)
	require.Contains(t, kinds, elf.PT_GNU_STACK)
	assert.Zero(t, kinds[elf.PT_GNU_STACK]&elf.PF_X, "the stack is executable")
	assert.Nil(t, file.Section(".symtab"), "not stripped")
}

func TestLibraryIsSmall(t *testing.T) {
	info, err := os.Stat(testkit.Shared)
	require.NoError(t, err)
	assert.LessOrEqual(t, info.Size(), int64(2_200_000))
}

// Before glibc 2.34 threads were in a library of their own; newer releases have an empty one.
func TestLibraryNeedsOnlyLibc(t *testing.T) {
	file, err := elf.Open(testkit.Shared)
	require.NoError(t, err)
	defer file.Close()
	needed, err := file.ImportedLibraries()
	require.NoError(t, err)
	assert.Equal(t, []string{"libpthread.so.0", "libc.so.6"}, needed)
}

// The library and the tool run with every glibc since 2.17. The controls: a library that is linked
// like any other needs what is in libc since 2.34, and one with relative relocations their version.
func TestLibraryNeedsNoNewGlibc(t *testing.T) {
	assert.Empty(t, testkit.NotInGlibc(t, testkit.Shared, 17))
	assert.Empty(t, testkit.NotInGlibc(t, testkit.Command, 17))
	plain := filepath.Join(t.TempDir(), "plain.so")
	testkit.Run(t, testkit.Languages[0].Compiler, "-shared", "-o", plain,
		filepath.Join(testkit.Root, testkit.Build(), "secrets.o"), "-pthread")
	assert.Contains(t, testkit.NotInGlibc(t, plain, 17), "pthread_create@GLIBC_2.34")
	relative := filepath.Join(t.TempDir(), "relative.so")
	source := filepath.Join(t.TempDir(), "relative.c")
	testkit.Write(t, source, `int puts(const char *), a, *b = &a; void f(void) { puts(""); }`)
	testkit.Run(t, testkit.Languages[0].Compiler, "-shared", "-fPIC",
		"-Wl,-z,pack-relative-relocs", "-o", relative, source)
	assert.Equal(t, []string{"GLIBC_ABI_DT_RELR"}, testkit.NotInGlibc(t, relative, 17))
}
