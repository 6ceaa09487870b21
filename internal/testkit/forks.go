// SPDX-License-Identifier: MIT

package testkit

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// A ForkReport is what test/c/fork.c prints about a parent and its children.
type ForkReport struct{ Children, Hung, Failed, Tokens, Repeated int }

var forkReport = regexp.MustCompile(
	`(?m)^children \d+ hung \d+ failed \d+ tokens \d+ repeated \d+$`)

// ForkReportOf finds it in an output that may have lines of an instrument, too.
func ForkReportOf(t *testing.T, out string) (r ForkReport) {
	t.Helper()
	_, err := fmt.Sscanf(forkReport.FindString(out),
		"children %d hung %d failed %d tokens %d repeated %d",
		&r.Children, &r.Hung, &r.Failed, &r.Tokens, &r.Repeated)
	require.NoError(t, err, out)
	return r
}
