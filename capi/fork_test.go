// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The long form, which `make stress` runs.
var stress = os.Getenv("STRESS") != ""

// children is how many children each combination of TestFork has.
func children() int {
	if stress {
		return 45 // with their descendants, more than 10,000 processes
	}
	return 4
}

// A report is what testdata/fork.c prints.
type report struct {
	children, hung, failed, tokens, repeated int
}

var reportText = regexp.MustCompile(`^children (\d+) hung (\d+) failed (\d+) tokens (\d+) repeated (\d+)\n$`)

func fork(t *testing.T, program string, args ...any) (r report) {
	var words []string
	for _, arg := range args {
		words = append(words, fmt.Sprint(arg))
	}
	out := run(t, program, words...)
	match := reportText.FindStringSubmatch(out)
	require.NotNil(t, match, out)
	for i, field := range []*int{&r.children, &r.hung, &r.failed, &r.tokens, &r.repeated} {
		*field, _ = strconv.Atoi(match[i+1])
	}
	return r
}

// Every child answers, whatever the threads of either side, the depth and the way
// that it came about, and no token is made twice. A run makes less than 2^20
// tokens of 128 bits, two of which are equal with a probability below 2^-88;
// over all runs below 2^-80.
func TestFork(t *testing.T) {
	program := languages[0].compile(t, "testdata/fork.c")
	total := 0
	for _, way := range []string{"fork", "clone", "daemon", "vfork", "spawn"} {
		for _, parent := range []int{0, 1, 4} {
			for _, child := range []int{1, 4, 8} {
				for _, depth := range []int{1, 4} {
					r := fork(t, program, way, parent, child, depth, children(), 60)
					assert.Equal(t, report{children: r.children, tokens: 1 + 8*child*depth*r.children}, r,
						"%s, %d threads in the parent, %d in the child, depth %d", way, parent, child, depth)
					total += r.children * depth
				}
			}
		}
	}
	t.Logf("%d forked processes", total)
}

// The control: without the engine that starts again, children hang. Where they
// do not, TestFork proves nothing.
func TestForkHangsWithoutTheEngine(t *testing.T) {
	plain := plainLibrary(t)
	program := languages[0].compile(t, "testdata/fork.c", plain, "-Wl,-rpath,"+filepath.Dir(plain))
	for _, c := range [][2]int{{0, 8}, {4, 1}, {4, 8}} {
		assert.True(t, hangs(t, program, c[0], c[1]), "%d threads in the parent, %d in the child", c[0], c[1])
	}
}

// hangs tells whether any of a hundred children hangs. Of those of an idle parent
// about half were seen to with four threads, and more with eight.
func hangs(t *testing.T, program string, parent, child int) bool {
	for range 100 {
		if fork(t, program, "fork", parent, child, 1, 1, 2).hung > 0 {
			return true
		}
	}
	return false
}

// plainLibrary builds the library as any other Go library is.
func plainLibrary(t *testing.T) string {
	folder := treeWith(t, "testdata/plain_engine.c")
	library := filepath.Join(folder, "libsecrets.so.1")
	run(t, "go", "build", "-C", folder, "-buildmode=c-shared", "-o", library, "./capi")
	return library
}

// treeWith gives a copy of the sources with another engine for what is no library of the Makefile's.
func treeWith(t *testing.T, engine string) string {
	folder := filepath.Join(t.TempDir(), "plain")
	copyTree(t, folder)
	text, err := os.ReadFile(engine)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "capi", "engine_other.c"), text, 0o600))
	return folder
}

// The engine of systems that fork and have no other: a child is told so at once.
func TestOtherEngineRefusesInChild(t *testing.T) {
	library := filepath.Join(t.TempDir(), "libsecrets.so.1")
	run(t, "go", "build", "-buildmode=c-shared", "-o", library, ".")
	run(t, languages[0].compile(t, "testdata/static.c", library, "-Wl,-rpath,"+filepath.Dir(library)), "fork_is_refused")
}

// A collection in a child is what a dead runtime never comes back from. With
// GOGC=1 and threads by the dozen it comes soon, and gctrace shows that it did.
func TestForkCollects(t *testing.T) {
	program := languages[0].compile(t, "testdata/fork.c")
	t.Setenv("GOGC", "1")
	t.Setenv("GODEBUG", "gctrace=1")
	out := run(t, program, "fork", "0", "64", "1", "3", "60")
	collections := regexp.MustCompile(`(?m)^gc \d+ .*$`).FindAllString(out, -1)
	assert.NotEmpty(t, collections, "nothing was collected: this proves nothing")
	assert.Contains(t, out, "children 3 hung 0 failed 0 tokens 1537 repeated 0\n")
}

// Refusals, one a case, each in a process of its own.
func TestRefusals(t *testing.T) {
	program := languages[0].compile(t, "testdata/refuse.c")
	for _, name := range caseNames(t, program) {
		if name == "chain_to_the_end" && !stress {
			continue // minutes; a chain of forty is among the others
		}
		t.Run(name, func(t *testing.T) { t.Log(run(t, program, name)) })
	}
}

// A program that has the library inside has no file to start again from: a
// child is told so at once. The other cases hold for it too.
func TestRefusesInStaticProgram(t *testing.T) {
	program := languages[0].compile(t, "testdata/static.c", static)
	for _, name := range caseNames(t, program) {
		run(t, program, name)
	}
}

func TestForkAfterTheFileMoved(t *testing.T) {
	const ok, efork = "0\n", "-4\n"
	program := filepath.Join(t.TempDir(), "moved")
	run(t, tool("CC", "cc"), "-std=c99", "-rdynamic", "testdata/moved.c", "-o", program)
	for _, action := range []string{"nothing", "unlink", "rename", "replace", "chdir", "chroot"} {
		assert.Equal(t, ok, run(t, program, libraryFolder(t), action), action)
	}
	// Where the file could not be mapped as the library was loaded, it is looked
	// up again, and taken only if it is the one that was loaded.
	for action, want := range map[string]string{"nothing": ok, "chdir": ok, "unlink": efork, "replace": efork, "chroot": efork} {
		assert.Equal(t, want, run(t, program, libraryFolder(t), action, "unmapped"), "%s, unmapped", action)
	}
}

// libraryFolder is a new folder with the library and another file in it.
func libraryFolder(t *testing.T) string {
	folder := t.TempDir()
	library, err := os.ReadFile(shared)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "libsecrets.so.1"), library, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "other"), []byte("another build"), 0o700))
	return folder
}

// vm.memfd_noexec (Linux 6.3) of 1 makes files in memory not executable unless
// asked, and of 2 refuses to make executable ones. It belongs to a PID namespace,
// and is set in a new one.
func TestForkWithoutExecutableMemfd(t *testing.T) {
	const setting = "/proc/sys/vm/memfd_noexec"
	if _, err := os.Stat(setting); os.IsNotExist(err) {
		t.Log("this kernel has no vm.memfd_noexec: nothing is refused")
		return
	}
	program := languages[0].compile(t, "testdata/fork.c")
	for _, value := range []string{"1", "2"} {
		out := run(t, "unshare", "--pid", "--fork", "--mount-proc", "sh", "-c",
			"echo "+value+" > "+setting+" && cat "+setting+" && "+program+" fork 0 2 2 3 60")
		assert.Equal(t, value+"\nchildren 3 hung 0 failed 0 tokens 97 repeated 0\n", out)
	}
}
