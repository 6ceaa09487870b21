// SPDX-License-Identifier: MIT

package tool

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPassphrase(t *testing.T) {
	words := file(t, "ein\nzwei\ndrei\n")
	check(t, []use{
		{words: "passphrase --entropy", stdout: `([a-z-]+ ){5}[a-z-]+\n`, stderr: `77\.5 bits\n`},
		{words: "passphrase --words 2 --separator . --count 2", stdout: `([a-z-]+\.[a-z-]+\n){2}`},
		{words: "passphrase --words 1", stdout: `[a-z-]+\n`},
		{words: "passphrase --words 300 --separator=", stdout: `[a-z-]{900,}\n`},
		{words: "passphrase --separator é--", stdout: `([a-z-]+é--){5}[a-z-]+\n`},
		{words: "passphrase --separators -é --capitalize --digit",
			stdout: `([A-Z][a-z-]+[0-9]?[-é]){5}[A-Z][a-z-]+[0-9]?\n`},
		{words: "passphrase --bits 64", stdout: `([a-z-]+ ){4}[a-z-]+\n`},
		{words: "passphrase --bits 1 --count 3000", stdout: `([a-z-]+\n){1000}([a-z-]+\n)+`},
		{words: "passphrase --words 20 --entropy --wordlist " + words,
			stdout: `((ein|zwei|drei)[ \n]){20}`, stderr: `31\.7 bits\n`},
		{words: "passphrase --bits 8 --wordlist " + words, stdout: `([a-z]+ ){5}[a-z]+\n`},
		{words: "passphrase --words 1 --wordlist -", stdin: "one", stdout: `one\n`},
		{words: "passphrase --words 1 --json --wordlist -", stdin: "a\"\\",
			stdout: `\{"entropy":0,"results":\["a\\"\\\\"\]\}\n`},

		{words: "passphrase 4", status: misused, stderr: `passphrase takes no arguments, .*`},
		{words: "passphrase --words 4 --bits 50", status: misused,
			stderr: `--words and --bits exclude each other`},
		{words: "passphrase --separator . --separators -", status: misused,
			stderr: `--separator and --separators exclude each other`},
		{words: "passphrase --separators --", status: misused,
			stderr: `--separators: CHARS are none, or one is repeated`},
		{words: "passphrase --separators=", status: misused, stderr: `--separators: CHARS .*`},
		{words: "passphrase --separator \xff", status: misused,
			stderr: `--separator: this is not UTF-8`},
		{words: "passphrase --separator 1 --digit", status: misused,
			stderr: `two draws could read the same: .*`},
		{words: "passphrase --bits 8 --wordlist -", stdin: "one", status: failed,
			stderr: `--bits: the list has one word, which has no entropy`},
		{words: "passphrase --wordlist /nowhere", status: failed,
			stderr: `cannot read the file: No such file or directory`},
		{words: "passphrase --wordlist /", status: failed,
			stderr: `cannot read the file: Is a directory`},
	})
}

// table returns the rows of test/vectors/NAME.tsv in cells.
func table(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	text := testkit.Read(t, filepath.Join(testkit.Root, "test/vectors", name+".tsv"))
	for line := range strings.Lines(text) {
		if line != "\n" && line[0] != '#' {
			rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
		}
	}
	return rows
}

// The faults of a word list, as the table names them and as the tool does.
var listFaults = map[string]string{
	"repeats":    "repeats the word of line %s",
	"utf8":       "is not UTF-8",
	"control":    "has a control character in it",
	"blank":      "has a blank within the word",
	"mixed":      "has (a|no) number, unlike line %s",
	"wordless":   "has a number and no word",
	"unfinished": "begins a signed text of which the end is missing",
	"after":      "stands after the signature",
}

// listFault returns what the tool says of a fault in the table.
func listFault(fault string) string {
	if fault == "empty" {
		return `libsecrets: --wordlist: there is no word\n`
	}
	parts := append(strings.Fields(fault), "")
	return fmt.Sprintf(`libsecrets: --wordlist: line %s %s\n`, parts[0],
		strings.Replace(listFaults[parts[1]], "%s", parts[2], 1))
}

// Word lists are read as they are published, and faults are told by their line.
func TestWordLists(t *testing.T) {
	read, refused := 0, map[string]bool{}
	for _, row := range table(t, "wordlists") {
		content, err := strconv.Unquote(`"` + strings.ReplaceAll(row[0], `"`, `\"`) + `"`)
		require.NoError(t, err)
		// A word of ten is missing with a probability below 10 * 0.9^500 < 2^-72.
		r := run(t, strings.NewReader(content), "passphrase", "--words", "1", "--count", "500",
			"--wordlist", "-")
		if fault := row[2]; fault != "-" {
			assert.Equal(t, failed, r.status, row[0])
			assert.Regexp(t, `\A`+listFault(fault)+`\z`, r.stderr, row[0])
			assert.Empty(t, r.stdout, row[0])
			refused[fault[strings.Index(fault, " ")+1:]] = true
			continue
		}
		read++
		words := strings.Split(strings.TrimSuffix(r.stdout, "\n"), "\n")
		slices.Sort(words)
		assert.ElementsMatch(t, strings.Fields(row[1]), slices.Compact(words), row[0])
	}
	assert.Greater(t, read, 25)
	assert.Greater(t, len(refused), len(listFaults))
}

// A published list of thousands of words.
func TestLargeWordList(t *testing.T) {
	words := strings.Fields(testkit.Read(t, filepath.Join(testkit.Root, "secrets/eff_large.txt")))
	require.Len(t, words, 7776)
	var text strings.Builder
	for i, word := range words {
		fmt.Fprintf(&text, "%d%d%d%d%d\t%s\n", i/1296%6+1, i/216%6+1, i/36%6+1, i/6%6+1, i%6+1,
			word)
	}
	r := run(t, strings.NewReader(text.String()), "passphrase", "--wordlist", "-", "--words",
		"1000", "--json")
	bits, results := parsed(t, r.stdout)
	assert.InDelta(t, 1000*math.Log2(7776), bits, 1e-6)
	assert.Subset(t, words, strings.Fields(results[0]))
}

// parsed returns the entropy and the results in JSON.
func parsed(t *testing.T, text string) (float64, []string) {
	t.Helper()
	var object struct {
		Entropy float64  `json:"entropy"`
		Results []string `json:"results"`
	}
	require.NoError(t, json.Unmarshal([]byte(text), &object), text)
	return object.Entropy, object.Results
}

// What sites demand of passphrases, as far as the tool has options for it: a list of separators
// may have a text by itself, or characters.
func TestStyles(t *testing.T) {
	tried := map[bool]int{}
	for _, row := range table(t, "styles") {
		args, ok := styleOptions(row)
		if !ok {
			continue
		}
		r := run(t, strings.NewReader(strings.ReplaceAll(row[3], " ", "\n")), args...)
		refused := row[4] == "refused"
		tried[refused]++
		if refused {
			assert.Contains(t, []int{misused, failed}, r.status, row)
			continue
		}
		require.Equal(t, done, r.status, "%q: %s", row, r.stderr)
		bits, results := parsed(t, r.stdout)
		for _, result := range results {
			assert.Regexp(t, `\A(?:`+row[4]+`)\z`, result)
		}
		expected, err := strconv.ParseFloat(row[5], 64)
		require.NoError(t, err)
		assert.InDelta(t, expected, bits, 1e-6, row)
	}
	assert.Greater(t, tried[false], 12)
	assert.Greater(t, tried[true], 8)
}

// styleOptions returns the arguments for a row, if there are any.
func styleOptions(row []string) (args []string, ok bool) {
	texts := strings.NewReplacer("''", "", `\x20`, " ")
	args = []string{"passphrase", "--count", "50", "--json", "--words", row[0]}
	if strings.Contains(row[1], "c") {
		args = append(args, "--capitalize")
	}
	if strings.Contains(row[1], "d") {
		args = append(args, "--digit")
	}
	separators := strings.Split(row[2], " ")
	switch single := len(strings.Join(separators, "")) == len(separators); {
	case row[2] == "-":
	case len(separators) == 1:
		args = append(args, "--separator", texts.Replace(separators[0]))
	case single:
		args = append(args, "--separators", strings.Join(separators, ""))
	default:
		return nil, false
	}
	if row[3] != "-" {
		args = append(args, "--wordlist", "-")
	}
	return args, row[0] != "0" && !strings.Contains(row[3], `\x20`)
}

// The capitals are those of Unicode, for the scripts that have them here; other letters stay.
func TestCapitals(t *testing.T) {
	for _, c := range []struct {
		name        string
		first, last rune
	}{
		{"ASCII", 'a', 'z'}, {"Latin-1", 0xC0, 0xFF}, {"Latin Extended-A", 0x100, 0x17F},
		{"Greek", 0x3AC, 0x3CE}, {"Cyrillic", 0x400, 0x45F},
	} {
		var lines strings.Builder
		expected := map[string]bool{}
		for letter := c.first; letter <= c.last; letter++ {
			capital := unicode.ToTitle(letter)
			if !unicode.IsLower(letter) || len(string(capital)) != len(string(letter)) {
				capital = letter // as ß, or ı, whose capital is I
			}
			if unicode.IsUpper(letter) || expected[string(capital)] {
				continue
			}
			fmt.Fprintf(&lines, "%c\n", letter)
			expected[string(capital)] = true
		}
		r := run(t, strings.NewReader(lines.String()), "passphrase", "--wordlist", "-", "--words",
			"1", "--count", "10000", "--capitalize")
		require.Equal(t, done, r.status, r.stderr)
		// One of 70 is missing with a probability below 70 * (69/70)^10000 < 2^-200.
		seen := map[string]bool{}
		for _, word := range strings.Fields(r.stdout) {
			seen[word] = true
		}
		assert.Equal(t, expected, seen, c.name)
	}
}

// Where the digit and each separator stand, and which ones they are, is drawn.
func TestStyleDrawsEachPart(t *testing.T) {
	_, results := parsed(t, run(t, nil, "passphrase", "--words", "2", "--digit", "--separators",
		"-_.", "--count", "5000", "--json").stdout)
	seen := map[string]bool{}
	for _, result := range results {
		parts := regexp.MustCompile(`^[a-z-]+?([0-9]?)([-_.])[a-z-]+?([0-9]?)$`).
			FindStringSubmatch(result)
		require.NotNil(t, parts, result)
		seen[strings.Join(parts[1:], " ")] = true
	}
	// One of 60 is missing with a probability below 60 * (59/60)^5000 < 2^-115.
	assert.Len(t, seen, 60)
}
