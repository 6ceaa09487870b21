// SPDX-License-Identifier: MIT

package main

import (
	"os"
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

// A caller who ignores a status is told by the compiler.
func TestHeaderWarnsOfIgnoredStatus(t *testing.T) {
	header, err := os.ReadFile("../include/secrets.h")
	require.NoError(t, err)
	prototypes := regexp.MustCompile(`(?m)^int secrets_.*;$`).FindAllString(string(header), -1)
	require.NotEmpty(t, prototypes)
	for _, prototype := range prototypes {
		assert.Contains(t, prototype, " SECRETS_MUST_CHECK;")
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
