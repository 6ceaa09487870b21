// SPDX-License-Identifier: MIT

package tool

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Help fits on a terminal.
func TestHelpIsNarrow(t *testing.T) {
	for _, command := range append(testkit.Subcommands(t), "") {
		for line := range strings.Lines(run(t, nil, strings.Fields(command+" --help")...).stdout) {
			assert.LessOrEqual(t, len(line), 80+1, "%q", line)
		}
	}
}

// The manual page has every subcommand in a section with its name, and in it every option with its
// value, but for those that all have.
func TestManPageSaysWhatHelpSays(t *testing.T) {
	page := testkit.Read(t, filepath.Join(testkit.Root, "man/libsecrets.1"))
	expected := helped(t)
	assert.Equal(t, expected, described(page))

	// The control: each of these changes is noticed.
	for before, after := range map[string]string{
		".It Fl -hex":         ".It Fl -hexadecimal",
		".It Fl -bytes Ar N":  ".It Fl -bytes Ar M",
		".It Fl -repeat\n":    "",
		".Ss libsecrets choo": ".Ss libsecrets pick",
	} {
		changed := strings.Replace(page, before, after, 1)
		require.NotEqual(t, page, changed, before)
		assert.NotEqual(t, expected, described(changed), before)
	}
}

// described returns the options of each subcommand in the manual page, with their values.
func described(page string) map[string][]string {
	all := map[string][]string{}
	for _, section := range strings.Split(page, "\n.Ss libsecrets ")[1:] {
		name := regexp.MustCompile(`\A\w+`).FindString(section)
		section, _, _ = strings.Cut(section, "\n.Sh ")
		all[name] = []string{}
		for _, found := range regexp.MustCompile(`(?m)^\.It Fl -(\w+)(?: Ar (\S+))?$`).
			FindAllStringSubmatch(section, -1) {
			all[name] = append(all[name], strings.TrimSpace("--"+found[1]+" "+found[2]))
		}
		slices.Sort(all[name])
	}
	return all
}

// helped returns the same of --help, without the options that all subcommands have.
func helped(t *testing.T) map[string][]string {
	all := map[string][]string{}
	for _, command := range testkit.Subcommands(t) {
		all[command] = []string{}
		for option, value := range testkit.Options(t, command) {
			if option != "--help" && option != "--json" {
				all[command] = append(all[command], strings.TrimSpace(option+" "+value))
			}
		}
		slices.Sort(all[command])
	}
	return all
}

// Every example of the page runs.
func TestManPageHasExamplesThatRun(t *testing.T) {
	page := testkit.Read(t, filepath.Join(testkit.Root, "man/libsecrets.1"))
	_, page, found := strings.Cut(page, "\n.Sh EXAMPLES\n")
	require.True(t, found)
	examples := regexp.MustCompile(`(?m)^\.Dl \$ (.*)$`).FindAllStringSubmatch(page, -1)
	require.Greater(t, len(examples), 5)
	folder := t.TempDir()
	require.NoError(t, os.Symlink(testkit.Command, filepath.Join(folder, "libsecrets")))
	for _, example := range examples {
		command := strings.ReplaceAll(example[1], `\e`, `\`)
		out := testkit.Run(t, "env", "-C", folder, "PATH="+folder+":"+os.Getenv("PATH"),
			"sh", "-ec", command)
		assert.NotContains(t, out, "libsecrets: ", command)
	}
}
