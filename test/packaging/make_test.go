// SPDX-License-Identifier: MIT

package packaging

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The Makefile is read in one sitting.
func TestMakefileIsShort(t *testing.T) {
	assert.LessOrEqual(t, strings.Count(makefile(t), "\n"), 180)
}

func makefile(t *testing.T) string {
	return testkit.Read(t, filepath.Join(testkit.Root, "Makefile"))
}

// make help has every target, and every setting that the Makefile or a script of it reads.
func TestHelpIsComplete(t *testing.T) {
	targets, settings, found := strings.Cut(testkit.Makes(t, testkit.Root, "help"), "Settings:\n")
	require.True(t, found)
	for _, name := range phony(t) {
		if name != "FORCE" {
			assert.Regexp(t, `(?m)^make `+name+` +\S`, targets)
		}
	}
	for _, name := range settingsRead(t) {
		assert.Regexp(t, `\b`+name+`\b`, settings)
	}
}

func phony(t *testing.T) []string {
	list := regexp.MustCompile(`\.PHONY:((?:.*\\\n)*.*\n)`).FindStringSubmatch(makefile(t))
	require.NotNil(t, list)
	names := strings.Fields(strings.ReplaceAll(list[1], "\\\n", ""))
	require.Greater(t, len(names), 10)
	return names
}

// settingsRead returns the variables to which neither the Makefile nor make gives a value, and
// those that a script has a default for.
func settingsRead(t *testing.T) (names []string) {
	text := makefile(t)
	for _, name := range matches(`\$\((?:or |if )?(?:\$\()?([A-Z]+)[,):]`, text) {
		if name != "MAKE" && !regexp.MustCompile(`(?m)^`+name+` [:+]?= `).MatchString(text) {
			names = append(names, name)
		}
	}
	for _, script := range testkit.Glob(t, filepath.Join(testkit.Root, "packaging", "*.sh")) {
		names = append(names, matches(`\$\{([A-Z_]+)(?::?[-=])`, testkit.Read(t, script))...)
	}
	require.Subset(t, names, []string{"FIPS", "GO", "CLAIM", "PREFIX"})
	return names
}

func matches(pattern, text string) (found []string) {
	for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	return found
}
