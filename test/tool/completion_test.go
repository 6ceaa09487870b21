// SPDX-License-Identifier: MIT

package tool

import (
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// bash returns what bash offers for the last word of each command line, in a folder with three
// files. The words of a line have blanks between them, as bash itself splits it.
func bash(t *testing.T, lines []string) map[string][]string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"list", "list two", "other"} {
		testkit.Write(t, filepath.Join(folder, name), "")
	}
	const script = `cd "$0" && . "$1" && shift && complete -p libsecrets >/dev/null || exit
for line; do
	IFS=' ' read -ra COMP_WORDS <<< "$line."
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	COMP_WORDS[COMP_CWORD]=${COMP_WORDS[COMP_CWORD]%.}
	_libsecrets
	IFS=$'\t'
	echo "${COMPREPLY[*]}"
	unset IFS
done`
	out := testkit.Run(t, "bash", append([]string{"--norc", "-uc", script, folder,
		filepath.Join(testkit.Root, "packaging/completion/libsecrets.bash")}, lines...)...)
	answers := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	require.Len(t, answers, len(lines), out)
	offered := map[string][]string{}
	for i, line := range lines {
		offered[line] = strings.FieldsFunc(answers[i], func(r rune) bool { return r == '\t' })
	}
	return offered
}

// bash completes subcommands, the options of each, and the names of files where one is asked for.
func TestBashCompletion(t *testing.T) {
	expected := map[string][]string{
		"libsecrets ":     append(testkit.Subcommands(t), "--help", "--version"),
		"libsecrets pass": {"passphrase", "password"}, "libsecrets x": {},
		"libsecrets x ":                {"--help"},
		"libsecrets check --file = li": {"list", "list two"},
		"libsecrets check --file =":    {"list", "list two", "other"},
	}
	for _, command := range testkit.Subcommands(t) {
		all := testkit.OptionNames(t, command)
		expected["libsecrets "+command+" --"] = all
		for option, value := range testkit.Options(t, command) {
			after := map[string][]string{"": all, "FILE": {"list", "list two", "other"}}
			expected["libsecrets "+command+" "+option+" "] = after[value]
		}
	}
	var lines []string
	for line := range expected {
		lines = append(lines, line)
	}
	for line, offered := range bash(t, lines) {
		assert.ElementsMatch(t, expected[line], offered, line)
	}
}
