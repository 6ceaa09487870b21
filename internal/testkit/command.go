// SPDX-License-Identifier: MIT

package testkit

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// help returns what the --help of the command-line tool, or of a subcommand, prints.
func help(t *testing.T, subcommand ...string) string {
	t.Helper()
	key := strings.Join(subcommand, " ")
	if _, known := printed[key]; !known {
		printed[key] = Run(t, Command, append(subcommand, "--help")...)
	}
	return printed[key]
}

var printed = map[string]string{}

// Subcommands returns the names of those that --help lists.
func Subcommands(t *testing.T) (names []string) {
	t.Helper()
	line := regexp.MustCompile(`(?m)^  (\w+) +\w`)
	for _, found := range line.FindAllStringSubmatch(help(t), -1) {
		names = append(names, found[1])
	}
	require.Len(t, names, 8)
	slices.Sort(names)
	return names
}

// Options returns the options that the --help of a subcommand lists, each with the name of its
// value, or "" if it takes none.
func Options(t *testing.T, subcommand string) map[string]string {
	t.Helper()
	values := map[string]string{}
	option := regexp.MustCompile(`(?m)^  (--[a-z]+) +([A-Z:]+\b)? +\S`)
	for _, found := range option.FindAllStringSubmatch(help(t, subcommand), -1) {
		values[found[1]] = found[2]
	}
	require.Contains(t, values, "--help")
	return values
}

// OptionNames returns the names of the options of a subcommand, sorted.
func OptionNames(t *testing.T, subcommand string) []string {
	t.Helper()
	return slices.Sorted(maps.Keys(Options(t, subcommand)))
}
