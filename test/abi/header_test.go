// SPDX-License-Identifier: MIT

package abi

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The header, included first and alone, compiles in every language it is for, and so do its
// macros as array sizes.
func TestHeaderCompiles(t *testing.T) {
	source := filepath.Join(t.TempDir(), "header.c")
	require.NoError(t, os.WriteFile(source, []byte(`#include <secrets.h>
#include <secrets.h>
char hex[SECRETS_TOKEN_HEX_SIZE(SECRETS_DEFAULT_ENTROPY) == 65 ? 1 : -1];
char urlsafe[SECRETS_TOKEN_URLSAFE_SIZE(SECRETS_DEFAULT_ENTROPY) == 44 ? 1 : -1];
int main(void) { return secrets_version() == NULL; }
`), 0o600))
	for _, l := range testkit.Languages {
		t.Run(l.Name, func(t *testing.T) { l.Compile(t, source) })
	}
}

// An application may have a secrets.h of its own, with the usual include guard. The control: our
// header with that guard.
func TestHeaderBesideAnother(t *testing.T) {
	folder := t.TempDir()
	testkit.Write(t, filepath.Join(folder, "secrets.h"),
		"#ifndef SECRETS_H\n#define SECRETS_H\n#define OWN 1\n#endif\n")
	source := filepath.Join(folder, "program.c")
	require.NoError(t, os.WriteFile(source, []byte(`#include "secrets.h"
#include <secrets.h>
int main(void) { return OWN != SECRETS_VERSION_MAJOR; }
`), 0o600))
	for _, l := range testkit.Languages {
		testkit.Run(t, l.Compile(t, source))
	}
	same := testkit.HeaderWith(t, "secrets.h", "LIBSECRETS_SECRETS_H", "SECRETS_H")
	assert.Error(t, exec.CommandContext(t.Context(), testkit.Languages[0].Compiler, "-c", "-o",
		os.DevNull, "-I"+same, source).Run())
}

// The compiler warns a caller who ignores a status.
func TestHeaderWarnsOfIgnoredStatus(t *testing.T) {
	header := testkit.Header(t)
	prototypes := regexp.MustCompile(`(?m)^int secrets_[^;]*;$`).FindAllString(header, -1)
	require.NotEmpty(t, prototypes)
	for _, prototype := range prototypes {
		assert.Contains(t, prototype, " SECRETS_MUST_CHECK;")
	}
}

func TestHeaderIncludesOnlyTheTwo(t *testing.T) {
	header := testkit.Header(t)
	includes := regexp.MustCompile(`(?m)^#include .*$`).FindAllString(header, -1)
	assert.Equal(t, []string{"#include <stddef.h>", "#include <stdint.h>"}, includes)
}

// The version is stated in the header; everything else agrees with it.
func TestVersionsAgree(t *testing.T) {
	header := testkit.Header(t)
	version := testkit.Macro(t, header, "VERSION")
	assert.Equal(t, version, `"`+strings.Join([]string{
		testkit.Macro(t, header, "VERSION_MAJOR"),
		testkit.Macro(t, header, "VERSION_MINOR"),
		testkit.Macro(t, header, "VERSION_PATCH"),
	}, ".")+`"`)
	version = strings.Trim(version, `"`)
	major := testkit.Macro(t, header, "VERSION_MAJOR")
	changelog := testkit.Read(t, filepath.Join(testkit.Root, "CHANGELOG.md"))
	assert.Regexp(t, `(?m)^# Changelog\n(.*\n)+?## .*\b`+regexp.QuoteMeta(version)+`\n`, changelog,
		"the newest entry")
	assert.FileExists(t, testkit.Shared+"."+version)
	assert.Contains(t, testkit.Run(t, "readelf", "-d", testkit.Shared), "[libsecrets.so."+major+"]")
	assert.Contains(t, testkit.Run(t, "readelf", "--version-info", "--wide", testkit.Shared),
		"SECRETS_"+major)
	python := testkit.Run(t, "env", "PYTHONPATH="+filepath.Join(testkit.Root, "bindings/python"),
		testkit.Tool("PYTHON", "python3"), "-c", "import libsecrets; print(libsecrets.__version__)")
	assert.Equal(t, version+"\n", python)
	page := testkit.Read(t, filepath.Join(testkit.Root, "man/secrets_version.3"))
	assert.Contains(t, page, "since version "+major+".")
}

func macro(t *testing.T, header, name string) string {
	match := regexp.MustCompile(`(?m)^#define SECRETS_` + name +
		` (\S+)$`).FindStringSubmatch(header)
	require.NotNil(t, match, name)
	return match[1]
}
