// SPDX-License-Identifier: MIT

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The header alone and first in a file is a valid program text in every
// language it promises, and so are its macros where arrays take their sizes.
func TestHeaderCompiles(t *testing.T) {
	source := filepath.Join(t.TempDir(), "header.c")
	require.NoError(t, os.WriteFile(source, []byte(`#include <secrets.h>
#include <secrets.h>
char hex[SECRETS_TOKEN_HEX_SIZE(SECRETS_DEFAULT_ENTROPY) == 65 ? 1 : -1];
char urlsafe[SECRETS_TOKEN_URLSAFE_SIZE(SECRETS_DEFAULT_ENTROPY) == 44 ? 1 : -1];
int main(void) { return secrets_version() == NULL; }
`), 0o600))
	for _, l := range languages {
		t.Run(l.name, func(t *testing.T) { l.compile(t, source) })
	}
}

// withHeader gives a folder that has the header with what stands there replaced, for controls.
func withHeader(t *testing.T, replacements ...string) string {
	t.Helper()
	header, err := os.ReadFile("../include/secrets.h")
	require.NoError(t, err)
	changed := strings.NewReplacer(replacements...).Replace(string(header))
	require.NotEqual(t, string(header), changed)
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "secrets.h"), []byte(changed), 0o600))
	return folder
}

// The strictest warnings that there are, of the header and of what its macros become. What clang
// says of C++98 alone cannot be helped. The control: a cast of C for C++, too.
func TestHeaderIsCleanUnderEveryWarning(t *testing.T) {
	const gcc = "g++ -x c++ -Wall -Wextra -Wpedantic -Wold-style-cast -Wuseless-cast -Wconversion -Wsign-conversion -std="
	const clang = "clang -x c -Weverything -std="
	const clangxx = "clang++ -x c++ -Weverything -Wno-c++98-compat -std="
	casting := withHeader(t, "#if defined(__cplusplus) && __cplusplus >= 201103L", "#if 0")
	for _, command := range []string{
		gcc + "c++11", gcc + "c++17", gcc + "c++20", gcc + "c++23", clang + "c99", clang + "c11", clang + "c2x",
		clangxx + "c++17", clangxx + "c++20",
	} {
		words := append(strings.Fields(command), "-Werror", "-o", filepath.Join(t.TempDir(), "sizes"), "testdata/sizes.c")
		run(t, words[0], append(words[1:], "-I../include")...)
		run(t, words[len(words)-2])
		err := exec.CommandContext(t.Context(), words[0], append(words[1:], "-I"+casting)...).Run()
		assert.Equal(t, strings.Contains(command, "++"), err != nil, command)
	}
}

// An application may have a secrets.h of its own, with the guard that most would give it. The
// control: ours had the same.
func TestHeaderBesideAnother(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "secrets.h"), []byte("#ifndef SECRETS_H\n#define SECRETS_H\n#define OWN 1\n#endif\n"), 0o600))
	source := filepath.Join(folder, "program.c")
	require.NoError(t, os.WriteFile(source, []byte(`#include "secrets.h"
#include <secrets.h>
int main(void) { return OWN != SECRETS_VERSION_MAJOR; }
`), 0o600))
	for _, l := range languages {
		run(t, l.compile(t, source))
	}
	same := withHeader(t, "LIBSECRETS_SECRETS_H", "SECRETS_H")
	assert.Error(t, exec.CommandContext(t.Context(), languages[0].compiler, "-c", "-o", os.DevNull, "-I"+same, source).Run())
}

// A caller who ignores a status is told by the compiler.
func TestHeaderWarnsOfIgnoredStatus(t *testing.T) {
	header, err := os.ReadFile("../include/secrets.h")
	require.NoError(t, err)
	prototypes := regexp.MustCompile(`(?m)^int secrets_[^;]*;$`).FindAllString(string(header), -1)
	require.NotEmpty(t, prototypes)
	for _, prototype := range prototypes {
		assert.Contains(t, prototype, " SECRETS_MUST_CHECK;")
	}
}

func TestHeaderIsNarrow(t *testing.T) {
	header, err := os.ReadFile("../include/secrets.h")
	require.NoError(t, err)
	for line := range strings.Lines(string(header)) {
		assert.LessOrEqual(t, len(strings.ReplaceAll(strings.TrimSpace(line), "\t", "        ")), 100, line)
	}
}

func TestHeaderIncludesOnlyTheTwo(t *testing.T) {
	header, err := os.ReadFile("../include/secrets.h")
	require.NoError(t, err)
	includes := regexp.MustCompile(`(?m)^#include .*$`).FindAllString(string(header), -1)
	assert.Equal(t, []string{"#include <stddef.h>", "#include <stdint.h>"}, includes)
}

// The header is where the version stands; all others follow it.
func TestVersionsAgree(t *testing.T) {
	header, err := os.ReadFile("../include/secrets.h")
	require.NoError(t, err)
	version := macro(t, string(header), "VERSION")
	assert.Equal(t, version, `"`+strings.Join([]string{
		macro(t, string(header), "VERSION_MAJOR"),
		macro(t, string(header), "VERSION_MINOR"),
		macro(t, string(header), "VERSION_PATCH"),
	}, ".")+`"`)
	version = strings.Trim(version, `"`)
	major := macro(t, string(header), "VERSION_MAJOR")
	changelog, err := os.ReadFile("../CHANGELOG.md")
	require.NoError(t, err)
	assert.Regexp(t, `(?m)^# Changelog\n(.*\n)+?## .*\b`+regexp.QuoteMeta(version)+`\n`, string(changelog), "the newest entry")
	assert.FileExists(t, shared+"."+version)
	assert.Contains(t, run(t, "readelf", "-d", shared), "[libsecrets.so."+major+"]")
	assert.Contains(t, run(t, "readelf", "--version-info", "--wide", shared), "SECRETS_"+major)
	python := run(t, "env", "PYTHONPATH=../bindings/python", tool("PYTHON", "python3"), "-c", "import libsecrets; print(libsecrets.__version__)")
	assert.Equal(t, version+"\n", python)
	page, err := os.ReadFile("../man/secrets_version.3")
	require.NoError(t, err)
	assert.Contains(t, string(page), "since version "+major+".")
}

func macro(t *testing.T, header, name string) string {
	match := regexp.MustCompile(`(?m)^#define SECRETS_` + name + ` (\S+)$`).FindStringSubmatch(header)
	require.NotNil(t, match, name)
	return match[1]
}
