// SPDX-License-Identifier: MIT

package secrets

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The table that the tests of every language read: sizes, entropies and errors are the same in
// all of them.
func TestSharedTableOfRecipes(t *testing.T) {
	table, err := os.ReadFile("../test/vectors/recipes.tsv")
	require.NoError(t, err)
	lines := 0
	for line := range strings.Lines(string(table)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		check := map[string]func(*testing.T, []string){
			"password": checkPasswordLine, "passphrase": checkPassphraseLine,
			"apikey": checkAPIKeyLine,
		}[columns[0]]
		require.NotNil(t, check, line)
		t.Run(line, func(t *testing.T) { check(t, columns) })
		lines++
	}
	require.Greater(t, lines, 50)
}

// The same for passphrases in a style.
func TestSharedTableOfStyles(t *testing.T) {
	table, err := os.ReadFile("../test/vectors/styles.tsv")
	require.NoError(t, err)
	accepted, rejected := 0, 0
	for line := range strings.Lines(string(table)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, columns, 6)
		nwords, words := number(t, columns[0]), list(t, columns[3])
		style := Style{strings.Contains(columns[1], "c"), strings.Contains(columns[1], "d"),
			list(t, columns[2])}
		phrase, err := style.Passphrase(nwords, words)
		if columns[5] == "nan" {
			require.ErrorIs(t, err, ErrInvalid, line)
			rejected++
			continue
		}
		require.NoError(t, err, line)
		require.Regexp(t, "^(?:"+columns[4]+")$", phrase, line)
		bits, err := style.PassphraseEntropy(uint(nwords), uint(len(words)))
		requireBits(t, columns[5], bits, err)
		accepted++
	}
	require.Greater(t, min(accepted, rejected), 15)
}

// list returns the texts in a column, in which those of Go's escapes stand that a table needs.
func list(t *testing.T, column string) (texts []string) {
	if column == "-" {
		return nil
	}
	for _, quoted := range strings.Split(column, " ") {
		text, err := strconv.Unquote(`"` + strings.TrimPrefix(quoted, "''") + `"`)
		require.NoError(t, err, column)
		texts = append(texts, text)
	}
	return texts
}

func checkPasswordLine(t *testing.T, columns []string) {
	var classes []Class
	if columns[2] != "-" {
		for _, class := range strings.Split(columns[2], " ") {
			least, characters, _ := strings.Cut(class, ":")
			classes = append(classes, Class{characters, number(t, least)})
		}
	}
	length := number(t, columns[1])
	size, err := PasswordLen(length, classes...)
	requireSize(t, columns[3], size, err)
	bits, err := PasswordEntropy(length, classes...)
	requireBits(t, columns[4], bits, err)
	password, err := Password(length, classes...)
	requireText(t, columns[3], password, err)
}

func checkPassphraseLine(t *testing.T, columns []string) {
	var list []string
	if columns[3] != "-" {
		list = strings.Split(columns[3], " ")
	}
	separator := strings.TrimPrefix(columns[2], "''")
	nwords := number(t, columns[1])
	size, err := PassphraseLen(nwords, separator, list)
	requireSize(t, columns[4], size, err)
	requireBits(t, columns[5], PassphraseEntropy(uint(nwords), uint(len(list))), err)
	phrase, err := Passphrase(nwords, separator, list)
	requireText(t, columns[4], phrase, err)
}

func checkAPIKeyLine(t *testing.T, columns []string) {
	prefix, nbytes := strings.TrimPrefix(columns[1], "''"), number(t, columns[2])
	size, err := APIKeyLen(prefix, nbytes)
	requireSize(t, columns[3], size, err)
	key, err := APIKey(prefix, nbytes)
	requireText(t, columns[3], key, err)
	require.Equal(t, err == nil, APIKeyValid(key))
}

func number(t *testing.T, text string) int {
	n, err := strconv.Atoi(text)
	require.NoError(t, err)
	return n
}

// requireSize compares a length with the size in the table, which includes a NUL and is 0 for an
// error.
func requireSize(t *testing.T, want string, size int, err error) {
	if want == "0" {
		require.ErrorIs(t, err, ErrInvalid)
		return
	}
	require.NoError(t, err)
	require.Equal(t, number(t, want), size+1)
}

func requireBits(t *testing.T, want string, bits float64, err error) {
	if want == "nan" {
		require.ErrorIs(t, err, ErrInvalid)
		return
	}
	require.NoError(t, err)
	exact, err := strconv.ParseFloat(want, 64)
	require.NoError(t, err)
	require.InDelta(t, exact, bits, 1e-9)
}

func requireText(t *testing.T, size, text string, err error) {
	if size == "0" {
		require.ErrorIs(t, err, ErrInvalid)
		return
	}
	require.NoError(t, err)
	require.Less(t, len(text), number(t, size))
}
