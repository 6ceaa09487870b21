// SPDX-License-Identifier: MIT

// Package scanners tests the rules of docs/api-keys.md with a secret scanner: they find a key
// wherever it leaks.
package scanners

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"
	"libsecrets/secrets"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const gitleaks = "github.com/zricethezav/gitleaks/v8@v8.30.1"

// rule returns the rule of the page.
func rule(t *testing.T) string {
	t.Helper()
	page := testkit.Read(t, filepath.Join(testkit.Root, "docs", "api-keys.md"))
	block := regexp.MustCompile("(?s)```toml\n(.*?)```").FindStringSubmatch(page)
	require.NotNil(t, block)
	return block[1]
}

// scan returns the lines of a text in which gitleaks finds exactly the key.
func scan(t *testing.T, program, rule, text, key string) map[int]bool {
	t.Helper()
	folder := t.TempDir()
	config, report := filepath.Join(folder, "rules.toml"), filepath.Join(folder, "report.json")
	testkit.Write(t, config, rule)
	require.NoError(t, os.Mkdir(filepath.Join(folder, "source"), 0o755))
	testkit.Write(t, filepath.Join(folder, "source", "leaks.txt"), text)
	testkit.Run(t, program, "dir", filepath.Join(folder, "source"), "--no-banner",
		"--exit-code", "0", "--config", config, "--report-format", "json", "--report-path", report)
	var findings []struct {
		StartLine int
		Secret    string
	}
	require.NoError(t, json.Unmarshal([]byte(testkit.Read(t, report)), &findings))
	lines := map[int]bool{}
	for _, finding := range findings {
		assert.Equal(t, key, finding.Secret)
		lines[finding.StartLine] = true
	}
	return lines
}

// The rule finds the key in every line; with \b at its ends it misses some, and a text without a
// key has none.
func TestGitleaksFindsKeys(t *testing.T) {
	program, rule := testkit.Install(t, gitleaks), rule(t)
	key, err := secrets.APIKey("my_shop", 32)
	require.NoError(t, err)
	leaks := testkit.Read(t, filepath.Join(testkit.Root, "test", "vectors", "leaks.txt"))
	text, count := strings.ReplaceAll(leaks, "KEY", key), strings.Count(leaks, "\n")

	assert.Len(t, scan(t, program, rule, text, key), count)
	bounded := regexp.MustCompile("'''(.*)'''").ReplaceAllString(rule, `'''\b$1\b'''`)
	assert.Less(t, len(scan(t, program, bounded, text, key)), count-5)
	assert.Empty(t, scan(t, program, rule, leaks, key))
}
