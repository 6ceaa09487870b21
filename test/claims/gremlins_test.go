// SPDX-License-Identifier: MIT

package claims

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Gremlins changes one operator of a package after another and runs its tests: gremlins.dev.
const gremlins = "github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0"

// All its kinds of mutants but one: each INVERT_NEGATIVES is an ARITHMETIC_BASE as well.
var gremlinsKinds = strings.Fields(`--invert-negatives=false --invert-assignments
	--invert-bitwise --invert-bwassign --invert-logical --invert-loopctrl
	--remove-self-assignments`)

// coreMutants is how the mutants of the core fared: the number of them by status, and those that
// no test noticed, as file, line and kind.
type coreMutants struct {
	count map[string]int
	lived []string
}

// noticed returns the number of mutants that the tests noticed, and of those that they ran. To go
// on until the time is up is to be noticed.
func (m coreMutants) noticed() (noticed, ran int) {
	noticed = m.count["KILLED"] + m.count["TIMED OUT"]
	return noticed, noticed + m.count["LIVED"]
}

// unleash runs gremlins on the core of a copy of the checkout. -count=1, since it limits the time
// of a mutant by that of the tests as they are, which would be none from the cache. A mutant that
// goes on for ever ends by the processor time or the memory that a process may have, which do not
// depend on how busy the machine is.
func unleash(t *testing.T, program, testFlags string, args ...string) coreMutants {
	t.Helper()
	tree, report := testkit.Tree(t), filepath.Join(t.TempDir(), "report.json")
	command := []string{"-c", `ulimit -t 30 && ulimit -v 4000000 && exec "$@"`, "sh",
		program, "unleash", "./secrets", "--timeout-coefficient", "10", "--output", report}
	command = append(append(command, gremlinsKinds...), args...)
	flags := "GOFLAGS=-buildvcs=false -count=1 -failfast -vet=off -ldflags=-s " + testFlags
	out, err := limited(t, 3*time.Hour, tree, []string{flags}, "sh", command...)
	require.NoError(t, err, out)
	return readReport(t, testkit.Read(t, report))
}

// readReport reads what gremlins writes of a package.
func readReport(t *testing.T, text string) coreMutants {
	t.Helper()
	var report struct {
		Files []struct {
			Name      string `json:"file_name"`
			Mutations []struct {
				Type, Status string
				Line, Column int
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text), &report))
	mutants := coreMutants{count: map[string]int{}}
	for _, file := range report.Files {
		for _, m := range file.Mutations {
			mutants.count[m.Status]++
			if m.Status == "LIVED" {
				mutants.lived = append(mutants.lived,
					fmt.Sprintf("secrets/%s:%d:%d: %s", file.Name, m.Line, m.Column, m.Type))
			}
		}
	}
	return mutants
}

// coreMutantsAreCaught runs the mutants of the whole core. Some can be noticed by no test, such as
// one that changes the speed alone: so the bound is a share, and the rest is printed.
func coreMutantsAreCaught(t *testing.T, program string) (figure string) {
	mutants := unleash(t, program, "")
	for _, survivor := range mutants.lived {
		fmt.Println("      survives: " + survivor)
	}
	noticed, ran := mutants.noticed()
	require.Greater(t, ran, 500, "gremlins finds too little: %v", mutants.count)
	require.GreaterOrEqual(t, 100*noticed, 94*ran, "fewer than 94 %% of %d are noticed", ran)
	return fmt.Sprintf("%d of %d mutants of the core", noticed, ran)
}

// mutantsOfCompare is the control: the mutants of one file, whose tests are left out.
func mutantsOfCompare(t *testing.T, program string) (figure string) {
	mutants := unleash(t, program, "-skip=CompareDigest", "--exclude-files", "^[^c]")
	noticed, ran := mutants.noticed()
	require.Positive(t, ran)
	require.Less(t, 100*noticed, 94*ran, "compare.go needs no tests to be noticed")
	return fmt.Sprintf("%d of %d survive without the tests of one file", ran-noticed, ran)
}

func TestReportIsRead(t *testing.T) {
	mutants := readReport(t, `{"files":[{"file_name":"a.go","mutations":[
		{"type":"CONDITIONALS_NEGATION","status":"LIVED","line":3,"column":7},
		{"type":"INVERT_LOOPCTRL","status":"TIMED OUT","line":4,"column":2},
		{"type":"ARITHMETIC_BASE","status":"NOT COVERED","line":4,"column":5},
		{"type":"ARITHMETIC_BASE","status":"KILLED","line":5,"column":7}]}]}`)
	assert.Equal(t, []string{"secrets/a.go:3:7: CONDITIONALS_NEGATION"}, mutants.lived)
	noticed, ran := mutants.noticed()
	assert.Equal(t, []int{2, 3}, []int{noticed, ran})
}
