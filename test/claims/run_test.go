// SPDX-License-Identifier: MIT

// Package claims tests the claims of SECURITY.md. Every claim has an instrument that tests it,
// and a control: a variant of the library, broken on purpose, that the same instrument must
// catch. If the broken variant passes, the check fails.
//
// `make check` runs every claim and prints a line for each.
package claims

import (
	"flag"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	chosen = flag.String("claims", "", "which claims to check: all, or names with commas between")
	long   = flag.Bool("long", false, "check at the length that takes hours where a claim has one")
)

// A claim is what SECURITY.md states, and how it is tested.
type claim struct {
	name       string
	promise    string
	instrument string
	control    string
	needs      []need
	prove      func(t *testing.T) evidence
}

// Evidence is the result of an instrument: for the library, and for the control.
type evidence struct {
	figure string
	caught string
}

// A need is a command without which a claim cannot be checked, and the Debian package that has
// it.
type need struct{ command, debian string }

func (n need) require(t *testing.T) {
	_, err := exec.LookPath(n.command)
	require.NoError(t, err, "the command %s is missing: install it (package %s on Debian)",
		n.command, n.debian)
}

// check tests the claim.
func (c claim) check(t *testing.T) {
	defer func() {
		if t.Failed() {
			fmt.Printf("FAIL  %-10s %s\n", c.name, c.promise)
		}
	}()
	for _, n := range c.needs {
		n.require(t)
	}
	e := c.prove(t)
	if t.Failed() {
		return
	}
	require.NotEmpty(t, e.figure)
	require.NotEmpty(t, e.caught)
	fmt.Printf("ok    %-10s %s | %s | caught: %s\n", c.name, c.instrument, e.figure, e.caught)
}

func TestClaims(t *testing.T) {
	for _, c := range choose(t, *chosen) {
		t.Run(c.name, c.check)
	}
}

// choose returns the claims of those names, in the order of the list.
func choose(t *testing.T, names string) []claim {
	if names == "all" {
		return claims
	}
	list := strings.FieldsFunc(names, func(r rune) bool { return r == ',' || r == ' ' })
	for _, name := range list {
		known := slices.ContainsFunc(claims, func(c claim) bool { return c.name == name })
		require.True(t, known, "no claim is called %q: there are %s", name, claimNames())
	}
	return slices.DeleteFunc(slices.Clone(claims), func(c claim) bool {
		return !slices.Contains(list, c.name)
	})
}

func claimNames() string {
	var names []string
	for _, c := range claims {
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}
