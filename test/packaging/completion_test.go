// SPDX-License-Identifier: MIT

package packaging

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each shell finds what is installed for it, and offers the subcommands, the options of each, and
// files where one is asked for. What bash offers is tested as a whole in test/tool.
func TestShellsComplete(t *testing.T) {
	prefix := installed(t)
	share := filepath.Join(prefix, "share")
	t.Setenv("PATH", filepath.Join(prefix, "bin")+":"+os.Getenv("PATH"))
	t.Setenv("XDG_DATA_DIRS", share+":/usr/share")
	t.Setenv("HOME", t.TempDir())
	folder := t.TempDir()
	for _, name := range []string{"list", "other"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), nil, 0o600))
	}
	out := testkit.Run(t, "bash", "-c", `. /usr/share/bash-completion/bash_completion
_completion_loader libsecrets; complete -p libsecrets`)
	assert.Equal(t, "complete -F _libsecrets libsecrets\n", out)

	for name, complete := range map[string]func(t *testing.T, folder, line string) []string{
		"fish": fish,
		"zsh": func(t *testing.T, folder, line string) []string {
			return zsh(t, filepath.Join(share, "zsh/site-functions"), folder, line)
		},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, testkit.Subcommands(t), slices.DeleteFunc(complete(t, folder,
				"libsecrets "), isOption))
			assert.Equal(t, []string{"--help", "--version"}, complete(t, folder, "libsecrets --"))
			for _, command := range testkit.Subcommands(t) {
				assert.Equal(t, testkit.OptionNames(t, command),
					complete(t, folder, "libsecrets "+command+" --"), command)
				for option, value := range testkit.Options(t, command) {
					if value == "FILE" {
						after := complete(t, folder, "libsecrets "+command+" "+option+" ")
						assert.Equal(t, []string{"list", "other"}, after, "%s %s", command, option)
					}
				}
			}
			assert.Empty(t, complete(t, folder, "libsecrets token --bytes "))
		})
	}
}

func isOption(word string) bool { return word[0] == '-' }

// fish returns what fish offers for the last word of a command line, sorted.
func fish(t *testing.T, folder, line string) []string {
	t.Helper()
	out := testkit.Run(t, "env", "-C", folder, "fish", "-c", `complete -C "$argv[1]"`, line)
	words := []string{}
	for candidate := range strings.Lines(out) {
		word, _, _ := strings.Cut(strings.TrimSpace(candidate), "\t")
		words = append(words, word)
	}
	slices.Sort(words)
	return words
}

// zsh returns what zsh offers in a terminal. A wrapper of the builtin that takes candidates notes
// them.
func zsh(t *testing.T, functions, folder, line string) []string {
	t.Helper()
	notes := t.TempDir()
	testkit.Write(t, filepath.Join(notes, "setup"), `PROMPT=
fpath=($FUNCTIONS $fpath)
autoload -U compinit && compinit -D -u
compadd() {
	if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
		local -a hits
		builtin compadd -O hits "$@"
		(($#hits == 0)) || print -rl -- $hits >> $NOTES/offered
	fi
	builtin compadd "$@"
}
finish() { print DONE; exit }
comppostfuncs=(finish)
`)
	const script = `zmodload zsh/zpty && zpty z zsh -f -i || exit
zpty -w z "source $NOTES/setup"
zpty -w -n z "$1"$'\t'
zpty -r z line '*DONE*'`
	testkit.Run(t, "env", "-C", folder, "NOTES="+notes, "FUNCTIONS="+functions, "timeout", "60",
		"zsh", "-f", "-c", script, "zsh", line)
	offered, err := os.ReadFile(filepath.Join(notes, "offered"))
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	words := strings.Fields(string(offered))
	slices.Sort(words)
	return words
}
