// SPDX-License-Identifier: MIT

package platforms

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// The header, and what its macros expand to, under the strictest warnings. clang's warnings about
// C++98 cannot be avoided. The control: casts of C in C++, too.
func TestHeaderIsCleanUnderEveryWarning(t *testing.T) {
	const gcc = "g++ -x c++ -Wall -Wextra -Wpedantic -Wold-style-cast -Wuseless-cast " +
		"-Wconversion -Wsign-conversion -std="
	const clang = "clang -x c -Weverything -std="
	const clangxx = "clang++ -x c++ -Weverything -Wno-c++98-compat -std="
	casting := testkit.HeaderWith(t, "secrets.h",
		"#if defined(__cplusplus) && __cplusplus >= 201103L", "#if 0")
	for _, command := range []string{
		gcc + "c++11", gcc + "c++17", gcc + "c++20", gcc + "c++23", clang + "c99", clang + "c11",
		clang + "c2x",
		clangxx + "c++17", clangxx + "c++20",
	} {
		words := append(strings.Fields(command), "-Werror", "-o",
			filepath.Join(t.TempDir(), "sizes"), testkit.Source("sizes.c"))
		testkit.Run(t, words[0], append(words[1:], "-I"+filepath.Join(testkit.Root, "include"))...)
		testkit.Run(t, words[len(words)-2])
		err := exec.CommandContext(t.Context(), words[0], append(words[1:], "-I"+casting)...).Run()
		assert.Equal(t, strings.Contains(command, "++"), err != nil, command)
	}
}

// Children of programs that the library is linked into get answers, however these are linked.
func TestRewindInStaticPrograms(t *testing.T) {
	for name, command := range map[string]string{
		"bfd":         "cc -fuse-ld=bfd",
		"no-pie":      "cc -no-pie",
		"static":      "cc -static",
		"static-pie":  "cc -static-pie",
		"gold":        "cc -fuse-ld=gold",
		"lld":         "clang -fuse-ld=lld",
		"lld static":  "clang -fuse-ld=lld -static",
		"gc-sections": "cc -ffunction-sections -fdata-sections -Wl,--gc-sections",
		"lto":         "cc -flto",
		"clang":       "clang",
	} {
		words := strings.Fields(command)
		with := testkit.Language{
			Name: name, Compiler: words[0],
			Flags: append([]string{"-x", "c", "-std=c99"}, words[1:]...),
		}
		program := with.Compile(t, testkit.Source("rewind.c"), testkit.Static)
		t.Run(name, func(t *testing.T) { testkit.RunRewinds(t, program) })
	}
}

// A packager's flags may put each variable into a section of its own: all of them are restored.
func TestRewindOfManySections(t *testing.T) {
	build := t.TempDir()
	testkit.Makes(t, testkit.Root, "BUILD="+build, "CFLAGS=-O2 -ffunction-sections -fdata-sections",
		filepath.Join(build, "libsecrets.so"))
	testkit.RunRewinds(t, testkit.Against(t, testkit.Source("rewind.c"),
		filepath.Join(build, "libsecrets.so")))
}
