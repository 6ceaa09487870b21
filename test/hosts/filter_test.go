// SPDX-License-Identifier: MIT

package hosts

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The moments from which on something is refused, as in filter.c.
var moments = []string{"load", "loaded", "called", "threads", "child"}

// filters compiles the program that refuses itself something, with the names of all system calls
// in the headers.
func filters(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	macros := testkit.Run(t, testkit.Languages[0].Compiler, "-E", "-dM", "-include",
		"sys/syscall.h", "-x", "c",
		os.DevNull)
	var names strings.Builder
	macro := regexp.MustCompile(`(?m)^#define SYS_(\w+)`)
	for _, name := range macro.FindAllStringSubmatch(macros, -1) {
		names.WriteString(`{"` + name[1] + `", SYS_` + name[1] + "},\n")
	}
	path := filepath.Join(folder, "system_calls.h")
	testkit.Write(t, path, names.String())
	return testkit.Compile(t, testkit.Source("filter.c"), "-I"+folder, "-ldl")
}

// A filtering is a run of that program at one moment.
type filtering struct {
	*exec.Cmd
	out, err bytes.Buffer
}

// filtered runs the program at several moments at once, and returns the lines of each.
func filtered(t *testing.T, program string, settings []string, what string, at []string,
	names ...string,
) map[string][]string {
	t.Helper()
	runs, lines := map[string]*filtering{}, map[string][]string{}
	for _, moment := range at {
		args := append([]string{what, moment}, names...)
		run := &filtering{Cmd: exec.CommandContext(t.Context(), program, args...)}
		run.Env, run.Stdout, run.Stderr = settings, &run.out, &run.err
		require.NoError(t, run.Start())
		runs[moment] = run
	}
	for moment, run := range runs {
		if err := run.Wait(); err != nil { // among the messages of dying runtimes
			failures := regexp.MustCompile(`.* failed: .*`).FindAllString(run.err.String(), -1)
			require.NoError(t, err, "%s %s\n%s\n%s", what, moment, run.out.String(), failures)
		}
		lines[moment] = strings.Split(strings.TrimSpace(run.out.String()), "\n")
	}
	return lines
}

// settingsFor returns the program's environment: which library it loads, and after how long it
// counts as hung.
func settingsFor(library, seconds string) []string {
	return []string{"LIBRARY=" + library, "DEADLINE=" + seconds}
}

// callsOf returns the system calls that are made between the moment and the end of the program.
func callsOf(t *testing.T, program, moment string) []string {
	t.Helper()
	after := tracedAfterMark(t, "-E", "LIBRARY="+testkit.Shared, "-E", "DEADLINE=30", program,
		"trace", moment)
	var names []string
	for _, call := range regexp.MustCompile(`(?m)^\d+ +(\w+)\(`).FindAllStringSubmatch(after, -1) {
		if call[1] != "exit_group" { // the program's own end
			names = append(names, call[1])
		}
	}
	return names
}

// A refusal is a row of the table: what is refused, the outcome at each moment, and why.
type refusal struct {
	what     string
	outcomes []string
	why      string
}

func (r refusal) harmless() bool {
	return !slices.ContainsFunc(r.outcomes, func(outcome string) bool { return outcome != "ok" })
}

const refusals = "What may be refused" // a section of docs/internals.md

// documentedRefusals returns the rows of the table in docs/internals.md.
func documentedRefusals(t *testing.T) (rows []refusal) {
	t.Helper()
	last := len(moments) + 1
	for _, cells := range testkit.CellsOf(t, testkit.Internals(t, refusals), last+1) {
		rows = append(rows, refusal{cells[0], cells[1:last], cells[last]})
	}
	return rows
}

// namesOf returns the system calls in the rows.
func namesOf(rows []refusal) (names []string) {
	for _, row := range rows {
		name := strings.Split(row.what, "`")[1]
		if !strings.HasPrefix(name, "RLIMIT_") {
			names = append(names, name)
		}
	}
	return names
}

// collected makes rows from the program's lines: one for both EPERM and ENOSYS if they say the
// same, and none if nothing is wrong.
func collected(lines map[string][]string) (rows []refusal) {
	for i := range lines[moments[0]] {
		words := strings.Fields(lines[moments[0]][i])
		row := refusal{what: "`" + words[0] + "`"}
		if words[1] != "-" {
			row.what += " " + words[1]
		}
		for _, moment := range moments {
			row.outcomes = append(row.outcomes, strings.Fields(lines[moment][i])[2])
		}
		last := len(rows) - 1
		if words[1] == "ENOSYS" && slices.Equal(rows[last].outcomes, row.outcomes) {
			rows[last].what = "`" + words[0] + "`"
		} else {
			rows = append(rows, row)
		}
	}
	return slices.DeleteFunc(rows, refusal.harmless)
}

// tableOf writes rows as in the documentation.
func tableOf(rows []refusal) string {
	var table strings.Builder
	for _, row := range rows {
		outcomes := strings.Join(row.outcomes, " | ")
		table.WriteString("| " + row.what + " | " + outcomes + " | " + row.why + " |\n")
	}
	return table.String()
}

// Each system call that is made from a moment on is refused from there on, one by one, and so is
// what exceeds each limit. Every outcome other than an answer is documented with its reason.
func TestFilters(t *testing.T) {
	t.Parallel()
	if runtime.GOARCH != "amd64" {
		t.Skip("the table is that of x86-64")
	}
	program, documented := filters(t), documentedRefusals(t)
	names := namesOf(documented)
	for _, moment := range moments {
		names = append(names, callsOf(t, program, moment)...)
	}
	slices.Sort(names)
	names = slices.DeleteFunc(slices.Compact(names), func(name string) bool {
		return name == "exit" || name == "futex" // glibc's own, and any host's
	})
	t.Log(names)
	settings := settingsFor(testkit.Shared, "30")
	calls := filtered(t, program, settings, "calls", moments, names...)
	for _, moment := range []string{"called", "threads"} {
		for i, line := range calls[moment] { // by chance, as documented
			calls[moment][i] = strings.Replace(line, "getrandom ENOSYS hangs",
				"getrandom ENOSYS ok", 1)
		}
	}
	rows := append(collected(calls),
		collected(filtered(t, program, settings, "limits", moments))...)
	reasons := map[string]string{}
	for _, row := range documented {
		assert.NotEmpty(t, row.why, "the reason for %s", row.what)
		reasons[row.what] = row.why
	}
	for i := range rows {
		rows[i].why = reasons[rows[i].what]
	}
	table := tableOf(rows)
	assert.Equal(t, tableOf(documented), table, "docs/internals.md should have:\n\n%s", table)
}

// What the documentation says a sandbox has to allow is enough, after a call for no bytes: every
// other system call ends the process. The control: without randomness it is not enough.
func TestAllowedAfterTheFirstCall(t *testing.T) {
	program, settings := filters(t), settingsFor(testkit.Shared, "30")
	at := []string{"called", "threads"}
	_, list, found := strings.Cut(testkit.Internals(t, refusals), "To allow after the first call: ")
	require.True(t, found)
	list, _, _ = strings.Cut(list, ".")
	var names []string
	for _, name := range regexp.MustCompile("`(\\w+)`").FindAllStringSubmatch(list, -1) {
		names = append(names, name[1])
	}
	require.Contains(t, names, "getrandom")
	for moment, lines := range filtered(t, program, settings, "allow", at, names...) {
		assert.Equal(t, []string{"all else ok"}, lines, moment)
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == "getrandom" })
	for moment, lines := range filtered(t, program, settings, "allow", at, names...) {
		assert.Equal(t, []string{"all else ends"}, lines, moment)
	}
}

// The control of the rest: a plain Go library ends the process if it is refused what it needs,
// and hangs in a forked child.
func TestFiltersOfAPlainLibrary(t *testing.T) {
	program, settings := filters(t), settingsFor(testkit.PlainLibrary(t), "3")
	names := []string{"clone3", "getrandom", "rt_sigprocmask", "sigaltstack"}
	lines := filtered(t, program, settings, "calls", []string{"load"}, names...)["load"]
	for _, name := range names {
		assert.Contains(t, lines, name+" EPERM ends")
	}
	lines = filtered(t, program, settings, "calls", []string{"child"}, "getppid")["child"]
	assert.Equal(t, []string{"getppid EPERM hangs", "getppid ENOSYS hangs"}, lines)
}
