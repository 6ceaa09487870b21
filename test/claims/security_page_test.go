// SPDX-License-Identifier: MIT

package claims

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const columns = 100 // the longest line of a page

// wrapped breaks a text into lines; all but the first begin with the indent.
func wrapped(text, indent string) string {
	var b strings.Builder
	width := 0
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case width+1+n > columns:
			b.WriteString("\n" + indent)
			width = len(indent)
		default:
			b.WriteString(" ")
			width++
		}
		b.WriteString(word)
		width += n
	}
	return b.String() + "\n"
}

// section returns the claim in the form of SECURITY.md.
func (c claim) section() string {
	return "\n### " + c.name + "\n\n" +
		wrapped(strings.ToUpper(c.promise[:1])+c.promise[1:]+".", "") + "\n" +
		wrapped("- Instrument: "+c.instrument+".", "  ") +
		wrapped("- Control: "+c.control+".", "  ") +
		wrapped("- Command: `make check CLAIM="+c.name+"`", "  ")
}

// sections returns the list of claims in the form of SECURITY.md.
func sections() string {
	var b strings.Builder
	for _, c := range claims {
		b.WriteString(c.section())
	}
	return b.String() + "\n"
}

// The page has the list of claims. `go test ./test/claims -run TestSecurityPage -update` rewrites
// it.
func TestSecurityPageHasTheClaims(t *testing.T) {
	path := filepath.Join(testkit.Root, "SECURITY.md")
	before, rest, _ := strings.Cut(testkit.Read(t, path), "<!-- claims -->\n")
	shown, after, found := strings.Cut(rest, "<!-- /claims -->\n")
	require.True(t, found)
	if *update {
		testkit.Write(t, path, before+"<!-- claims -->\n"+sections()+"<!-- /claims -->\n"+after)
		return
	}
	assert.Equal(t, sections(), shown)
}

func TestWrapped(t *testing.T) {
	word := strings.Repeat("é", 48)
	assert.Equal(t, word+" "+word+" ab\n", wrapped(word+" "+word+"\nab ", "  "))
	assert.Equal(t, word+" "+word+"\n  abc\n", wrapped(word+" "+word+" abc", "  "))
}

// make installs what the claims need.
func TestMakeInstallsTheInstruments(t *testing.T) {
	table := testkit.Read(t, filepath.Join(testkit.Root, "packaging", "tools.sh"))
	for _, c := range claims {
		for _, n := range c.needs {
			assert.Regexp(t, `\) (command_of|thing) .*\b`+n.command+`\b.*\b`+n.debian+`\b`, table,
				c.name)
		}
	}
}
