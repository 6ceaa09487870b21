// SPDX-License-Identifier: MIT

package testkit

import (
	"path/filepath"
	"strings"
	"testing"
)

// A Language is a language that the header is for, and how it is compiled.
type Language struct {
	Name     string
	Compiler string
	Flags    []string
}

// Languages are those that the header is for. Most tests use the first.
var Languages = []Language{
	{"C99", Tool("CC", "cc"), []string{"-x", "c", "-std=c99"}},
	{"C11", Tool("CC", "cc"), []string{"-x", "c", "-std=c11"}},
	{"C23", Tool("CC", "cc"), []string{"-x", "c", "-std=c2x"}},
	{"C++17", Tool("CXX", "g++"), []string{"-x", "c++", "-std=c++17"}},
}

// Cpp returns how a program for secrets.hpp is compiled.
func Cpp(compiler string, flags ...string) Language {
	name := compiler
	for _, flag := range flags {
		if !strings.HasPrefix(flag, "-W") {
			name += " " + flag
		}
	}
	all := append([]string{"-x", "c++", "-Wconversion", "-Wshadow"}, flags...)
	return Language{name, compiler, all}
}

// Source returns the path of a C program or header of test/c.
func Source(name string) string {
	return filepath.Join(Root, "test", "c", name)
}

// CppSource returns the path of a C++ program of test/cpp.
func CppSource(name string) string {
	return filepath.Join(Root, "test", "cpp", name)
}

// Compile compiles one source file, and links it with the shared library or what else is named.
func (l Language) Compile(t *testing.T, source string, more ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "program")
	args := []string{"-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Og", "-pthread",
		"-I" + filepath.Join(Root, "include")}
	args = append(append(args, l.Flags...), source, "-x", "none", "-o", program)
	if len(more) == 0 {
		more = []string{Shared, "-Wl,-rpath," + filepath.Dir(Shared)}
	}
	Run(t, l.Compiler, append(args, more...)...)
	return program
}

// Compile compiles one source file in C99.
func Compile(t *testing.T, source string, more ...string) string {
	t.Helper()
	return Languages[0].Compile(t, source, more...)
}

// Against compiles one source file, and links it with that library.
func Against(t *testing.T, source, library string, flags ...string) string {
	t.Helper()
	return Compile(t, source, append(flags, library, "-Wl,-rpath,"+filepath.Dir(library))...)
}
