// SPDX-License-Identifier: MIT

package abi

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The command-line example: its exit status and what it prints, both matched as a whole.
func TestCommand(t *testing.T) {
	program := testkit.Compile(t, filepath.Join(testkit.Root, "bindings/c/command.c"))
	words := filepath.Join(t.TempDir(), "words")
	testkit.Write(t, words, "ein\r\nzwei\ndrei")
	twice := filepath.Join(t.TempDir(), "twice")
	testkit.Write(t, twice, "ein\nein\n")
	binary := filepath.Join(t.TempDir(), "binary")
	testkit.Write(t, binary, "ein\x00zwei\n")

	const none, misused = "", "secrets: .+\n"
	for _, c := range []struct {
		args           string
		status         int
		stdout, stderr string
	}{
		{"", 0, `[\w-]{43}\n`, none},
		{"token", 0, `[\w-]{43}\n`, none},
		{"token 16 --entropy", 0, `[\w-]{22}\n`, `128\.0 bits\n`},
		{"--hex", 0, `[0-9a-f]{64}\n`, none},
		{"token --hex 8 --count 3", 0, `([0-9a-f]{16}\n){3}`, none},
		{"token 1 --count 300", 0, `([\w-]{2}\n){300}`, none},
		{"number 1", 0, `0\n`, none},
		{"number 18446744073709551615 --count 2", 0, `(\d+\n){2}`, none},
		{"password", 0, `[0-9A-Za-z]{16}\n`, none},
		{"password 8 --entropy --count 2", 0, `([0-9A-Za-z]{8}\n){2}`, `47\.6 bits\n`},
		{"password 10 --lower 1 --upper 1 --digits 3 --entropy", 0, `[0-9A-Za-z]{10}\n`,
			`57\.3 bits\n`},
		{"password 4 --digits 4", 0, `\d{4}\n`, none},
		{"password 3 --class 1:é✓ --class 2:x", 0, `[é✓x]{3}\n`, none},
		{"password 2 --class 0::", 0, `::\n`, none},
		{"password 5 --symbols 5", 0, `[[:punct:]]{5}\n`, none},
		{"passphrase --entropy", 0, `([a-z-]+ ){5}[a-z-]+\n`, `77\.5 bits\n`},
		{"passphrase 2 --separator . --count 2", 0, `([a-z-]+\.[a-z-]+\n){2}`, none},
		{"passphrase 20 --entropy --wordlist " + words, 0, `((ein|zwei|drei)[ \n]){20}`,
			`31\.7 bits\n`},
		{"key my_shop --entropy", 0, `my_shop_[0-9A-Za-z]{49}\n`, `256\.0 bits\n`},
		{"key a 16 --count 2", 0, `(a_[0-9A-Za-z]{28}\n){2}`, none},
		{"check a_3dqvoC", 0, "valid\n", none},
		{"check a_3dqvoC a_3dqvoD", 1, "valid\nnot valid\n", none},
		{"--help", 0, `(?s)usage: secrets .*Exit status: .*\n`, none},
		{"password --help", 0, `(?s)usage: secrets .*`, none},
		{"--version", 0, `secrets \d+\.\d+\.\d+\n`, none},

		{"nothing", 2, none, misused},
		{"--nothing", 2, none, misused},
		{"token 0", 2, none, `secrets: BYTES must be a number from 1 to 10000, not '0'\n`},
		{"token -1", 2, none, misused},
		{"token +1", 2, none, misused},
		{"token 12abc", 2, none, misused},
		{"token 10001", 2, none, misused},
		{"token 18446744073709551648", 2, none, misused},
		{"token 1 2", 2, none, `secrets: token takes no argument '2'\n`},
		{"token --lower 1", 2, none, `secrets: --lower is no option of token\n`},
		{"token --count", 2, none, `secrets: --count needs a value, N\n`},
		{"token --count 0", 2, none, misused},
		{"number", 2, none, `secrets: number needs BOUND\n`},
		{"number 0", 2, none, misused},
		{"number 18446744073709551616", 2, none, misused},
		{"number 5 --entropy", 2, none, misused},
		{"password 3 --lower 2 --digits 2", 2, none,
			`secrets: the minimums add up to 4, more than the LENGTH of 3\n`},
		{"password 257 --lower 2 --digits 2", 2, none,
			`secrets: with minimums the LENGTH is at most 256, not 257\n`},
		{"password --class 1:ab --class 1:bc", 2, none, `secrets: a character is in two classes\n`},
		{"password --class 1:aa", 2, none, misused},
		{"password --class 1:", 2, none, misused},
		{"password --class ab", 2, none, `secrets: --class: 'ab' is not MIN:CHARS\n`},
		{"password --class 1:\xff", 2, none, misused},
		{"password --lower x", 2, none, misused},
		{"password" + strings.Repeat(" --class 0:a", 17), 2, none,
			`secrets: --class: there are 16 classes already\n`},
		{"passphrase --separator \xff", 2, none, misused},
		{"passphrase --wordlist /nowhere", 2, none,
			`secrets: --wordlist: cannot read '/nowhere': .+\n`},
		{"passphrase --wordlist /dev/null", 2, none,
			`secrets: --wordlist: '/dev/null' has no words\n`},
		{"passphrase --wordlist " + twice, 2, none, misused},
		{"passphrase --wordlist " + binary, 2, none, misused},
		{"key", 2, none, `secrets: key needs PREFIX \[BYTES\]\n`},
		{"key 9a", 2, none, misused},
		{"check", 2, none, misused},
	} {
		status, stdout, stderr := testkit.Call(t, program, strings.Fields(c.args)...)
		assert.Equal(t, c.status, status, "%s: %s", c.args, stderr)
		assert.Regexp(t, `\A(?:`+c.stdout+`)\z`, stdout, c.args)
		assert.Regexp(t, `\A(?:`+c.stderr+`)\z`, stderr, c.args)
	}
}

// If it cannot write its output, the command fails.
func TestCommandThatCannotWrite(t *testing.T) {
	program := testkit.Compile(t, filepath.Join(testkit.Root, "bindings/c/command.c"))
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	require.NoError(t, err)
	defer full.Close()
	command := exec.CommandContext(t.Context(), program)
	command.Stdout = full
	var failure *exec.ExitError
	require.ErrorAs(t, command.Run(), &failure)
	assert.Equal(t, 1, failure.ExitCode())
}

// A stack of 64 KB is enough. The control: with a larger frame it is not.
func TestCommandWithASmallStack(t *testing.T) {
	program := testkit.Compile(t, filepath.Join(testkit.Root, "bindings/c/command.c"))
	const limited = `ulimit -s 64; exec "$0" $1`
	for _, args := range []string{
		"token 16", "number 5 --count 10000", "password", "passphrase", "key a", "check a_3dqvoC",
	} {
		assert.NotEmpty(t, testkit.Run(t, "bash", "-c", limited, program, args))
	}
	text := testkit.Read(t, filepath.Join(testkit.Root, "bindings/c/command.c"))
	larger := filepath.Join(t.TempDir(), "larger.c")
	testkit.Write(t, larger, strings.Replace(text, "static uint64_t values", "uint64_t values", 1))
	assert.Error(t, exec.CommandContext(t.Context(), "bash", "-c", limited,
		testkit.Compile(t, larger), "number 5").Run())
}
