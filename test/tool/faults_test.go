// SPDX-License-Identifier: MIT

package tool

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

// What runs each subcommand to its end, with the right input.
var runs = []struct{ words, stdin string }{
	{"token", ""}, {"token --raw", ""}, {"password", ""}, {"passphrase", ""}, {"apikey a", ""},
	{"number 5", ""}, {"choose", "a\n"}, {"shuffle", "a\nb\n"}, {"check", "a_3dqvoC"},
	{"check", "x"}, {"--help", ""}, {"--version", ""}, {"token --help", ""},
}

// If the tool cannot write all of its output it says so and fails, whether that is noticed at the
// first write or at the last.
func TestOutputThatCannotBeWritten(t *testing.T) {
	for _, c := range runs {
		for output, reason := range map[string]string{
			">/dev/full": "No space left on device", ">&-": "Bad file descriptor",
		} {
			var stderr strings.Builder
			command := exec.CommandContext(t.Context(), "sh", "-c", `exec "$0" $1 `+output,
				testkit.Command, c.words)
			command.Stdin, command.Stderr = strings.NewReader(c.stdin), &stderr
			require.Error(t, command.Run(), "%s %s", c.words, output)
			assert.Equal(t, failed, command.ProcessState.ExitCode(), "%s %s", c.words, output)
			assert.Equal(t, "libsecrets: cannot write the output: "+reason+"\n", stderr.String())
		}
	}
	for _, words := range []string{"token --bytes 1000000", "number 9 --count 100000"} {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		require.NoError(t, err)
		defer full.Close()
		command := exec.CommandContext(t.Context(), testkit.Command, strings.Fields(words)...)
		command.Stdout = full
		require.Error(t, command.Run())
		assert.Equal(t, failed, command.ProcessState.ExitCode())
	}
}

// Where the library gets no memory to start, each subcommand fails and says so, also where a
// function of the library returns the same as for a wrong argument or key.
func TestLibraryThatCannotStart(t *testing.T) {
	for _, words := range []string{
		"token", "token --raw", "password", "password --class 0:ab", "password --bits 9",
		"passphrase", "passphrase --separators ab", "passphrase --bits 9", "apikey a", "number 5",
		"choose a b", "choose --repeat a b", "shuffle a b", "check", "check --against /etc/passwd",
	} {
		status, stdout, stderr := testkit.Call(t, "sh", "-c", `ulimit -v 100000
echo a_3dqvoC | "$0" $1`, testkit.Command, words)
		assert.Equal(t, failed, status, words)
		assert.Empty(t, stdout, words)
		assert.Regexp(t, `\Alibsecrets: no [a-z]+: .* cannot start.*\n\z`, stderr, words)
	}
}

// A closed input cannot be read, even if a file takes its place among the descriptors.
func TestInputThatCannotBeRead(t *testing.T) {
	secret := file(t, "secret")
	for _, words := range []string{"choose", "shuffle", "check", "check --against " + secret} {
		status, stdout, stderr := testkit.Call(t, "sh", "-c", `exec "$0" $1 <&-`,
			testkit.Command, words)
		assert.Equal(t, failed, status, words)
		assert.Empty(t, stdout, words)
		assert.Equal(t, "libsecrets: cannot read standard input: Bad file descriptor\n", stderr)
	}
}

// A word that was given by mistake may be a secret. No message repeats one, whatever its place.
func TestErrorsRepeatNoWord(t *testing.T) {
	const secret = "hunter2\xff"
	quiet := func(stdin string, args ...string) {
		r := run(t, strings.NewReader(stdin), args...)
		assert.Contains(t, []int{misused, failed}, r.status, "%q", args)
		assert.NotContains(t, r.stderr+r.stdout, "hunter2", "%q", args)
	}
	quiet("", secret)
	quiet("", "--"+secret)
	for _, command := range testkit.Subcommands(t) {
		quiet("", command, "--"+secret+"=x")
		if command != "choose" && command != "shuffle" {
			quiet("", command, "1", "2", secret)
		}
		for option, value := range testkit.Options(t, command) {
			if value != "" {
				quiet("", command, option, secret)
			} else {
				quiet("", command, option+"="+secret)
			}
		}
	}
	quiet(secret+"\n", "choose", "--json")
	quiet(secret+"\n", "choose", "--count", "2")
	quiet(secret+"\n"+secret+"\n", "passphrase", "--wordlist", "-")
	quiet("", "check", "--against", file(t, ""), "--file", file(t, secret))
}

// A terminal gets lines of text: no escape that sets its title or anything else, and no bytes
// that could be one. The control is a program that sends one.
func TestTerminal(t *testing.T) {
	text := regexp.MustCompile(`\A[ -~\r\n]+\z`)
	require.NotRegexp(t, text, inTerminal(t, `printf '\033]0;title\007'`))
	commands := ""
	for _, c := range runs {
		commands += testkit.Command + " " + c.words + " </dev/null; "
	}
	assert.Regexp(t, text, inTerminal(t, commands))
	assert.Equal(t, "libsecrets: --raw prints bytes to a file or a pipe, not to a terminal\r\n"+
		"2\r\n", inTerminal(t, testkit.Command+" token --raw; echo $?"))
}

// inTerminal returns what commands write to a terminal.
func inTerminal(t *testing.T, commands string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "script", "-qc", commands, "/dev/null")
	out, err := command.Output()
	require.NoError(t, err)
	return string(out)
}

// A stack of 64 KB is enough for each subcommand. The control: it is not for a program that needs
// more.
func TestSmallStack(t *testing.T) {
	const limited = `ulimit -s 64; exec "$0" $1`
	for _, c := range runs {
		command := exec.CommandContext(t.Context(), "bash", "-c", limited, testkit.Command, c.words)
		command.Stdin = strings.NewReader(c.stdin)
		out, err := command.CombinedOutput()
		assert.NotEmpty(t, out, c.words)
		if c.stdin != "x" {
			assert.NoError(t, err, c.words)
		}
	}
	source := filepath.Join(t.TempDir(), "larger.c")
	testkit.Write(t, source, `int main(void)
{
	volatile char frame[65536];
	for (unsigned i = 0; i < sizeof frame; i++)
		frame[i] = 0;
	return frame[0];
}
`)
	larger := testkit.Compile(t, source)
	testkit.Run(t, larger)
	assert.Error(t, exec.CommandContext(t.Context(), "bash", "-c", limited, larger).Run())
}
