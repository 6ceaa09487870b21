// SPDX-License-Identifier: MIT

package proofs

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// table is the list of claims as SECURITY.md shows it.
func table() string {
	var b strings.Builder
	b.WriteString("| claim | instrument | command | control |\n|---|---|---|---|\n")
	for _, c := range claims {
		fmt.Fprintf(&b, "| %s | %s | `make check CLAIM=%s` | %s |\n", c.promise, c.instrument, c.name, c.control)
	}
	return b.String()
}

func TestSecurityPageHasTheClaims(t *testing.T) {
	page := read(t, filepath.Join(root, "SECURITY.md"))
	assert.Contains(t, page, "<!-- claims -->\n"+table()+"<!-- /claims -->\n", "SECURITY.md must have this table:\n%s", table())
}

// What a claim needs, make installs.
func TestMakeInstallsTheInstruments(t *testing.T) {
	makefile := read(t, filepath.Join(root, "Makefile"))
	for _, c := range claims {
		for _, n := range c.needs {
			assert.Regexp(t, `\n\t\$\(call (need|install),.*\b`+n.command+`\b.*\b`+n.debian+`\b`, makefile, c.name)
		}
	}
}
