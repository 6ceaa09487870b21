// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The checkout, and the library that the tests are about.
var (
	root   = absolute("..")
	shared = filepath.Join(root, build(), "libsecrets.so")
	static = filepath.Join(root, build(), "libsecrets.a")
)

// build is the folder of the build in the checkout: make may have been told of another.
func build() string {
	if folder := os.Getenv("BUILD"); folder != "" {
		return folder
	}
	return "build"
}

func absolute(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		panic(err)
	}
	return path
}

// TestMain builds the library, so that a plain `go test` never tests an old one.
func TestMain(m *testing.M) {
	if out, err := exec.Command("make", "-s", "-C", root, "all").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s\nmake: %v\n", out, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// run runs a command to its end and returns what it printed on either output. It fails the
// test where the command fails.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	require.NoError(t, err, "%s %s\n%s", name, strings.Join(args, " "), out)
	return string(out)
}

// tool gives the command that the environment sets under that name, or else.
func tool(variable, otherwise string) string {
	if command := os.Getenv(variable); command != "" {
		return command
	}
	return otherwise
}

// A language is a way to compile what the project offers to C.
type language struct {
	name     string
	compiler string
	flags    []string
}

var languages = []language{
	{"C99", tool("CC", "cc"), []string{"-x", "c", "-std=c99"}},
	{"C11", tool("CC", "cc"), []string{"-x", "c", "-std=c11"}},
	{"C23", tool("CC", "cc"), []string{"-x", "c", "-std=c2x"}},
	{"C++17", tool("CXX", "g++"), []string{"-x", "c++", "-std=c++17"}},
}

// compile makes a program of one source file and the shared library.
func (l language) compile(t *testing.T, source string, more ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "program")
	args := append([]string{}, l.flags...)
	args = append(args, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-g", "-pthread",
		"-I"+filepath.Join(root, "include"), source, "-x", "none", "-o", program)
	if len(more) == 0 {
		more = []string{shared, "-Wl,-rpath," + filepath.Dir(shared)}
	}
	run(t, l.compiler, append(args, more...)...)
	return program
}
