// SPDX-License-Identifier: MIT

package tool

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

func TestToken(t *testing.T) {
	check(t, []use{
		{words: "token", stdout: `[\w-]{43}\n`},
		{words: "token --urlsafe", stdout: `[\w-]{43}\n`},
		{words: "token --bytes 16 --entropy", stdout: `[\w-]{22}\n`, stderr: `128\.0 bits\n`},
		{words: "token --hex", stdout: `[0-9a-f]{64}\n`},
		{words: "token --hex --bytes=8 --count=3", stdout: `([0-9a-f]{16}\n){3}`},
		{words: "token --bytes 1 --count 300", stdout: `([\w-]{2}\n){300}`},
		{words: "token --bytes 1000000", stdout: `[\w-]+\n`},
		{words: "token --raw", stdout: `(?s).{1,32}`},
		{words: "token --json --bytes 1 --count 2",
			stdout: `\{"entropy":8,"results":\["[\w-]{2}","[\w-]{2}"\]\}\n`},
		{words: "token --bytes 4 --bytes 3", stdout: `[\w-]{4}\n`},

		{words: "token 16", status: misused,
			stderr: `token takes no arguments, but options; see libsecrets token --help`},
		{words: "token --bytes 0", status: misused,
			stderr: `--bytes must be a number from 1 to 1000000`},
		{words: "token --bytes -1", status: misused, stderr: `--bytes must be .*`},
		{words: "token --bytes +1", status: misused, stderr: `--bytes must be .*`},
		{words: "token --bytes 12abc", status: misused, stderr: `--bytes must be .*`},
		{words: "token --bytes 1000001", status: misused, stderr: `--bytes must be .*`},
		{words: "token --bytes 18446744073709551648", status: misused,
			stderr: `--bytes must be .*`},
		{words: "token --bytes=", status: misused, stderr: `--bytes must be .*`},
		{words: "token --count 0", status: misused, stderr: `--count must be .*`},
		{words: "token --hex --urlsafe", status: misused,
			stderr: `--hex, --urlsafe and --raw exclude each other`},
		{words: "token --raw --json", status: misused, stderr: `--raw and --json: .*`},
	})
}

// Raw tokens are bytes and nothing else, as many as asked for, and any.
func TestRawToken(t *testing.T) {
	out := run(t, nil, "token", "--raw", "--bytes", "4000", "--count", "5").stdout
	assert.Len(t, out, 20000)
	// That one of 256 values is missing has a probability below 256 * exp(-20000 / 256) < 2^-100.
	for value := range 256 {
		assert.Contains(t, out, string([]byte{byte(value)}))
	}
}

func TestPassword(t *testing.T) {
	check(t, []use{
		{words: "password", stdout: `[0-9A-Za-z]{16}\n`},
		{words: "password --length 8 --entropy --count 2", stdout: `([0-9A-Za-z]{8}\n){2}`,
			stderr: `47\.6 bits\n`},
		{words: "password --length 10 --lower 1 --upper 1 --digits 3 --entropy",
			stdout: `[0-9A-Za-z]{10}\n`, stderr: `57\.3 bits\n`},
		{words: "password --length 4 --digits 4", stdout: `\d{4}\n`},
		{words: "password --length 3 --class 1:é✓ --class 2:x", stdout: `[é✓x]{3}\n`},
		{words: "password --length 2 --class 0::", stdout: `::\n`},
		{words: "password --length 5 --symbols 5", stdout: `[[:punct:]]{5}\n`},
		{words: "password --length 300", stdout: `[0-9A-Za-z]{300}\n`},
		{words: "password --length 4 --class 0:\"\\ --json",
			stdout: `\{"entropy":4,"results":\["(\\["\\]){4}"\]\}\n`},
		{stdout: `\{"entropy":0,"results":\["\\u0001"\]\}\n`,
			args: []string{"password", "--length", "1", "--class", "0:\x01", "--json"}},

		{words: "password 8", status: misused, stderr: `password takes no arguments, .*`},
		{words: "password --length 3 --lower 2 --digits 2", status: misused,
			stderr: `the minimums add up to 4, more than the length of 3`},
		{words: "password --length 257 --lower 2 --digits 2", status: misused,
			stderr: `with minimums the length is at most 256, not 257`},
		{words: "password --class 1:ab --class 1:bc", status: misused,
			stderr: `a character is in two classes`},
		{words: "password --class 1:aa", status: misused, stderr: `--class: CHARS are none, .*`},
		{words: "password --class 1:", status: misused, stderr: `--class: CHARS are none, .*`},
		{words: "password --class 1:\xff", status: misused, stderr: `--class: CHARS are none, .*`},
		{words: "password --class ab", status: misused,
			stderr: `--class: the value must be MIN:CHARS`},
		{words: "password --class 12345678:ab", status: misused,
			stderr: `--class: the value must be MIN:CHARS`},
		{words: "password --class x:ab", status: misused, stderr: `--class: MIN must be .*`},
		{words: "password --lower x", status: misused,
			stderr: `--lower: MIN must be a number from 0 to 1000000`},
		{words: "password" + strings.Repeat(" --class 0:a", 17), status: misused,
			stderr: `--class: there are 16 classes already`},
	})
}

// What is left out is in no password, and the entropy is that of the rest.
func TestPasswordWithoutSomeCharacters(t *testing.T) {
	check(t, []use{
		{words: "password --length 1000 --exclude abcABC0", stdout: `[1-9D-Zd-z]{1000}\n`},
		{words: "password --length 8 --exclude abcABC0 --entropy", stdout: `[1-9D-Zd-z]{8}\n`,
			stderr: `46\.3 bits\n`}, // 8 * log2(55)
		{words: "password --length 500 --class 0:é✓x --exclude ✓é?", stdout: `x{500}\n`},
		{words: "password --length 500 --class 0:é✓x --exclude è", stdout: `[é✓x]{500}\n`},
		{words: "password --length 400 --unambiguous",
			stdout: `[34679ACDEFGHJKLMNPQRTUVWXYa-km-np-z]{400}\n`},
		{words: "password --length 400 --unambiguous --exclude ab --digits 0 --symbols 0 " +
			"--class 0:abcé", stdout: `[34679[:punct:]cé]{400}\n`},
		{words: "password --length 10 --unambiguous --entropy", stdout: `.{10}\n`,
			stderr: `56\.4 bits\n`}, // 10 * log2(50)

		{words: "password --exclude", status: misused, stderr: `--exclude needs a value, CHARS`},
		{words: "password --exclude \xff", status: misused, stderr: `--exclude: this is not UTF-8`},
		{words: "password --class 0:ab --exclude abc", status: misused,
			stderr: `all characters are left out`},
		{words: "password --class 1:ab --digits 0 --exclude abc", status: misused,
			stderr: `all characters of a class with a minimum are left out`},
	})
}

// A password of the wanted bits has them, and one of a character less has not.
func TestPasswordOfBits(t *testing.T) {
	check(t, []use{
		{words: "password --bits 128", stdout: `[0-9A-Za-z]{22}\n`},
		{words: "password --bits 1", stdout: `[0-9A-Za-z]\n`},
		{words: "password --bits 64 --unambiguous", stdout: `.{12}\n`},
		{words: "password --bits 40 --digits 1 --lower 1", stdout: `[a-z0-9]{8}\n`},
		{words: "password --bits 1 --digits 3", stdout: `\d{3}\n`},

		{words: "password --bits 0", status: misused, stderr: `--bits must be a number .*`},
		{words: "password --bits 64 --length 9", status: misused,
			stderr: `--length and --bits exclude each other`},
		{words: "password --bits 64 --class 0:a", status: misused,
			stderr: `no password of these characters has so many bits`},
		{words: "password --bits 64 --class 0:ab --class 0:bc", status: misused,
			stderr: `a character is in two classes`},
		{words: "password --bits 5000 --digits 1 --lower 1", status: misused,
			stderr: `no password of these characters has so many bits`},
	})
}

func TestAPIKey(t *testing.T) {
	check(t, []use{
		{words: "apikey acme_live --entropy", stdout: `acme_live_[0-9A-Za-z]{49}\n`,
			stderr: `256\.0 bits\n`},
		{words: "apikey a --bytes 16 --count 2", stdout: `(a_[0-9A-Za-z]{28}\n){2}`},
		{words: "apikey --json -- a",
			stdout: `\{"entropy":256,"results":\["a_[0-9A-Za-z]{49}"\]\}\n`},

		{words: "apikey", status: misused, stderr: `apikey needs PREFIX`},
		{words: "apikey a b", status: misused,
			stderr: `apikey takes PREFIX; see libsecrets apikey --help`},
		{words: "apikey 9a", status: misused, stderr: `PREFIX must be a letter and .*`},
		{words: "apikey -- -a", status: misused, stderr: `PREFIX must be a letter and .*`},
	})
}

func TestNumber(t *testing.T) {
	check(t, []use{
		{words: "number 1", stdout: `0\n`},
		{words: "number 1 2", stdout: `1\n`},
		{words: "number -3 -2 --count 2", stdout: `(-3\n){2}`},
		{words: "number -1 0", stdout: `-1\n`},
		{words: "number 18446744073709551615 --count 2", stdout: `(\d+\n){2}`},
		{words: "number -9223372036854775808 -9223372036854775807",
			stdout: `-9223372036854775808\n`},
		{words: "number 9223372036854775806 9223372036854775807", stdout: `9223372036854775806\n`},
		{words: "number -9223372036854775808 9223372036854775807 --count 600",
			stdout: `(-?\d+\n){600}`},
		{words: "number --json --count 2 -- -5 -4", stdout: `\{"results":\[-5,-5\]\}\n`},

		{words: "number", status: misused, stderr: `number needs \[START\] STOP`},
		{words: "number 1 2 3", status: misused, stderr: `number takes \[START\] STOP; .*`},
		{words: "number 0", status: misused,
			stderr: `STOP must be a number from 1 to 18446744073709551615`},
		{words: "number -5", status: misused, stderr: `STOP must be .*`},
		{words: "number 18446744073709551616", status: misused, stderr: `STOP must be .*`},
		{words: "number 5 5", status: misused, stderr: `START must be less than STOP, .*`},
		{words: "number 1 9223372036854775808", status: misused,
			stderr: `START and STOP must be numbers from -9223372036854775808 to ` +
				`9223372036854775807`},
		{words: "number -9223372036854775809 0", status: misused, stderr: `START and STOP .*`},
		{words: "number 1 --5", status: misused, stderr: `number has no such option .*`},
		{words: "number 5 --entropy", status: misused, stderr: `number has no such option .*`},
	})
}

// Every number of a range is drawn, on both sides of 0, and no other.
func TestNumberReachesTheWholeRange(t *testing.T) {
	out := run(t, nil, "number", "-3", "3", "--count", "3000").stdout
	seen := map[string]bool{}
	for _, line := range strings.Fields(out) {
		seen[line] = true
	}
	// That one is missing has a probability below 6 * (5/6)^3000 < 2^-780.
	assert.Equal(t, map[string]bool{"-3": true, "-2": true, "-1": true, "0": true, "1": true,
		"2": true}, seen)
}

func TestChoose(t *testing.T) {
	const only = `there are only 2 to choose from; --repeat chooses again`
	check(t, []use{
		{words: "choose a", stdout: `a\n`},
		{words: "choose a b c", stdout: `[abc]\n`},
		{words: "choose --count 2 a b", stdout: `a\nb\n|b\na\n`},
		{words: "choose --repeat --count 50 a b", stdout: `([ab]\n){50}`},
		{words: "choose -- --json -x", stdout: `--json\n|-x\n`},
		{words: "choose -", stdout: `-\n`},
		{words: "choose", stdin: "one\ntwo", stdout: `one\n|two\n`},
		{words: "choose", stdin: "\n", stdout: `\n`},
		{words: "choose --file -", stdin: "one\r\n", stdout: `one\r\n`},
		{words: "choose --count 2 --file " + file(t, "x\nx\n"), stdout: `x\nx\n`},
		{words: "choose --json", stdin: "ü\"\t\\\x7f\n",
			stdout: `\{"results":\["ü\\"\\u0009\\\\` + "\x7f" + `"\]\}\n`},

		{words: "choose", status: failed, stderr: `there is nothing to choose from`},
		{words: "choose --count 3 a b", status: failed, stderr: only},
		{words: "choose --count 3 --json", stdin: "a\nb\n", status: failed, stderr: only},
		{words: "choose --file x a", status: misused,
			stderr: `--file and arguments exclude each other`},
		{words: "choose --file /nowhere", status: failed,
			stderr: `cannot read the file: No such file or directory`},
		{words: "choose --file /", status: failed, stderr: `cannot read the file: Is a directory`},
		{words: "choose --json", stdin: "a\nb\xff\n", status: failed,
			stderr: `--json: line 2 is not UTF-8`},
	})
}

// Lines are bytes: any but a newline.
func TestChooseKeepsBytes(t *testing.T) {
	const line = "a\x00\r\xff\x1b\n"
	assert.Equal(t, line, run(t, strings.NewReader(line), "choose").stdout)
}

func TestShuffle(t *testing.T) {
	check(t, []use{
		{words: "shuffle a", stdout: `a\n`},
		{words: "shuffle a b", stdout: `a\nb\n|b\na\n`},
		{words: "shuffle --json a b", stdout: `\{"results":\["(a","b|b","a)"\]\}\n`},
		{words: "shuffle --count 1 a b", stdout: `[ab]\n`},
		{words: "shuffle", stdout: ``},
		{words: "shuffle --json", stdout: `\{"results":\[\]\}\n`},
		{words: "shuffle --file /dev/null", stdout: ``},

		{words: "shuffle --count 3 a b", status: failed, stderr: `there are only 2 to shuffle`},
		{words: "shuffle --count 0 a b", status: misused, stderr: `--count must be .*`},
		{words: "shuffle --repeat a", status: misused, stderr: `shuffle has no such option .*`},
	})
}

// A large input, through buffers that grow, comes out as the same lines in another order.
func TestShuffleLosesNoLine(t *testing.T) {
	var lines []string
	for i := range 50000 {
		lines = append(lines, fmt.Sprintf("%05d", i))
	}
	out := run(t, strings.NewReader(strings.Join(lines, "\n")), "shuffle").stdout
	shuffled := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	assert.False(t, slices.Equal(lines, shuffled)) // equal with a probability of 1 / 50000!
	sort.Strings(shuffled)
	assert.True(t, slices.Equal(lines, shuffled))

	sample := strings.Fields(run(t, strings.NewReader(strings.Join(lines, "\n")), "choose",
		"--count", "40000").stdout)
	assert.Len(t, sample, 40000)
	sort.Strings(sample)
	assert.Len(t, slices.Compact(sample), 40000)
}

func TestCheck(t *testing.T) {
	keys := run(t, nil, "apikey", "acme_live", "--count", "2").stdout
	secret := file(t, "correct horse\n")
	check(t, []use{
		{words: "check", stdin: "a_3dqvoC", stdout: `valid\n`},
		{words: "check", stdin: keys, stdout: `valid\nvalid\n`},
		{words: "check", stdin: strings.ReplaceAll(keys, "\n", "\r\n"), stdout: `valid\nvalid\n`},
		{words: "check --file " + file(t, keys), stdout: `valid\nvalid\n`},
		{words: "check", stdin: "a_3dqvoC\na_3dqvoD\n", status: no, stdout: `valid\nnot valid\n`},
		{words: "check", stdin: "a_3dqvoD\na_3dqvoC\n", status: no, stdout: `not valid\nvalid\n`},
		{words: "check", stdin: "\n", status: no, stdout: `not valid\n`},
		{words: "check", stdin: "a_3dqvoC ", status: no, stdout: `not valid\n`},
		{words: "check --json", stdin: "a_3dqvoC\nx\n", status: no,
			stdout: `\{"results":\[true,false\]\}\n`},

		{words: "check --against " + secret, stdin: "correct horse", stdout: `equal\n`},
		{words: "check --against " + secret, stdin: "correct horse\r\n", stdout: `equal\n`},
		{words: "check --against " + secret, stdin: "correct hors", status: no,
			stdout: `not equal\n`},
		{words: "check --against " + secret, stdin: "correct horse\n\n", status: no,
			stdout: `not equal\n`},
		{words: "check --against " + secret, status: no, stdout: `not equal\n`},
		{words: "check --json --against " + secret + " --file " + secret,
			stdout: `\{"results":\[true\]\}\n`},
		{words: "check --against " + file(t, "a\x00b"), stdin: "a\x00b", stdout: `equal\n`},
		{words: "check --against " + file(t, "a\x00b"), stdin: "a\x00c", status: no,
			stdout: `not equal\n`},

		{words: "check", status: failed, stderr: `there is no key to check`},
		{words: "check a_3dqvoC", status: misused, stderr: `check takes no arguments, .*`},
		{words: "check --against " + file(t, "\n"), status: failed, stderr: `the secret is empty`},
		{words: "check --against /dev/null", status: failed, stderr: `the secret is empty`},
		{words: "check --against -", stdin: "x", status: failed, stderr: `the secret is empty`},
		{words: "check --against /nowhere", stdin: "x", status: failed,
			stderr: `cannot read the file: No such file or directory`},
		{words: "check --file /nowhere", status: failed,
			stderr: `cannot read the file: No such file or directory`},
	})
}

func TestCommandLine(t *testing.T) {
	v, _ := testkit.Version(t)
	check(t, []use{
		{words: "--version", stdout: `libsecrets ` + v + `\n`},
		{words: "--help", stdout: `(?s)usage: libsecrets COMMAND .*Exit status: .*\n`},
		{words: "password --help", stdout: `(?s)usage: libsecrets password \[OPTION...\]\n.*`},
		{words: "apikey --help", stdout: `(?s)usage: libsecrets apikey \[OPTION...\] PREFIX\n.*`},
		{words: "apikey a b c --help --json", stdout: `(?s)usage: libsecrets apikey .*`},

		{status: misused, stderr: `which command\? See libsecrets --help`},
		{words: "nothing", status: misused,
			stderr: `there is no such command; see libsecrets --help`},
		{words: "--nothing", status: misused, stderr: `there is no such command; .*`},
		{words: "token --nothing", status: misused,
			stderr: `token has no such option \(word 2\); see libsecrets token --help`},
		{words: "token --cou 5", status: misused,
			stderr: `token has no such option \(word 2\); .*`},
		{words: "token -x", status: misused, stderr: `token has no such option \(word 2\); .*`},
		{words: "token --json=1", status: misused, stderr: `--json takes no value`},
		{words: "token --count", status: misused, stderr: `--count needs a value, N`},
		{words: "token --lower 1", status: misused, stderr: `token has no such option .*`},
	})
}
