// SPDX-License-Identifier: MIT

package packaging

import (
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The SBOM lists exactly the contents, and the digests of these files.
func TestSBOM(t *testing.T) {
	testkit.Run(t, "make", "-s", "-C", testkit.Root, "sbom")
	text := testkit.Read(t, filepath.Join(testkit.Root, "build", "libsecrets.spdx.json"))
	var document struct {
		SPDXVersion string `json:"spdxVersion"`
		Packages    []struct{ Name, VersionInfo, LicenseDeclared string }
		Files       []struct {
			FileName  string
			Checksums []struct{ Algorithm, ChecksumValue string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text), &document))
	assert.Equal(t, "SPDX-2.3", document.SPDXVersion)
	licences := map[string]string{}
	for _, p := range document.Packages {
		licences[p.Name+" "+p.VersionInfo] = p.LicenseDeclared
	}
	info, err := buildinfo.ReadFile(testkit.Shared)
	require.NoError(t, err)
	assert.Empty(t, info.Deps, "a dependency that the SBOM has to name")
	version := strings.TrimSpace(testkit.Run(t, testkit.Tool("PYTHON", "python3"), "-c",
		"import ctypes, sys; f = ctypes.CDLL(sys.argv[1]).secrets_version; "+
			"f.restype = ctypes.c_char_p; print(f().decode())", testkit.Shared))
	assert.Equal(t, map[string]string{
		"libsecrets " + version:   "MIT",
		"go " + info.GoVersion:    "BSD-3-Clause",
		"eff-large-wordlist 2016": "CC-BY-3.0-US",
	}, licences)
	require.Len(t, document.Files, 3)
	for _, file := range document.Files {
		sum := testkit.Digest(t, filepath.Join(testkit.Root, "build", file.FileName))
		assert.Equal(t, hex.EncodeToString(sum[:]), file.Checksums[0].ChecksumValue)
	}
}

// NOTICE has the licences of everything that the libraries contain.
func TestNoticeHasTheLicencesOfWhatIsInside(t *testing.T) {
	notice := testkit.Read(t, filepath.Join(testkit.Root, "NOTICE"))
	licence := testkit.Read(t, filepath.Join(strings.TrimSpace(testkit.Run(t, "go", "env",
		"GOROOT")), "LICENSE"))
	squeeze := func(text string) string {
		return regexp.MustCompile(`\s+`).ReplaceAllString(text, " ")
	}
	assert.Contains(t, squeeze(notice), strings.TrimSpace(squeeze(licence)))
	assert.Contains(t, notice, "https://creativecommons.org/licenses/by/3.0/us/")
}
