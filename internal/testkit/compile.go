// SPDX-License-Identifier: MIT

package testkit

import (
	"path/filepath"
	"testing"
)

// A Language is a way to compile what the project offers to C.
type Language struct {
	Name     string
	Compiler string
	Flags    []string
}

// Languages are those that the header is for. The first is the one of most tests.
var Languages = []Language{
	{"C99", Tool("CC", "cc"), []string{"-x", "c", "-std=c99"}},
	{"C11", Tool("CC", "cc"), []string{"-x", "c", "-std=c11"}},
	{"C23", Tool("CC", "cc"), []string{"-x", "c", "-std=c2x"}},
	{"C++17", Tool("CXX", "g++"), []string{"-x", "c++", "-std=c++17"}},
}

// Source returns the path of a C program or header of test/c.
func Source(name string) string {
	return filepath.Join(Root, "test", "c", name)
}

// Compile makes a program of one source file, and of the shared library or what else is named.
func (l Language) Compile(t *testing.T, source string, more ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "program")
	args := append([]string{}, l.Flags...)
	args = append(args, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-g", "-pthread",
		"-I"+filepath.Join(Root, "include"), source, "-x", "none", "-o", program)
	if len(more) == 0 {
		more = []string{Shared, "-Wl,-rpath," + filepath.Dir(Shared)}
	}
	Run(t, l.Compiler, append(args, more...)...)
	return program
}

// Compile makes a program of one source file in C99.
func Compile(t *testing.T, source string, more ...string) string {
	t.Helper()
	return Languages[0].Compile(t, source, more...)
}

// Against makes one with such a library.
func Against(t *testing.T, source, library string, flags ...string) string {
	t.Helper()
	return Compile(t, source, append(flags, library, "-Wl,-rpath,"+filepath.Dir(library))...)
}
