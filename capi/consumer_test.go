// SPDX-License-Identifier: MIT

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A project of CMake that takes this one in as a folder, with either library.
func TestCMakeSubdirectory(t *testing.T) {
	project := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(project, "CMakeLists.txt"), []byte(`
cmake_minimum_required(VERSION 3.16)
project(consumer C CXX)
add_subdirectory("`+root+`" libsecrets)
foreach(library secrets static)
	add_executable(with_${library} "`+root+`/bindings/c/password_reset.c")
	target_link_libraries(with_${library} PRIVATE secrets::${library})
endforeach()
`), 0o600))
	build := filepath.Join(project, "build")
	cmake := tool("CMAKE", "cmake")
	run(t, cmake, "-S", project, "-B", build)
	run(t, cmake, "--build", build)
	for _, program := range []string{"with_secrets", "with_static"} {
		assert.Contains(t, run(t, filepath.Join(build, program)), "accepted", program)
	}
	assert.Contains(t, run(t, "readelf", "-d", filepath.Join(build, "with_secrets")), "libsecrets.so.1")
	assert.NotContains(t, run(t, "readelf", "-d", filepath.Join(build, "with_static")), "libsecrets")
}

// The examples as a user compiles them. Each ends with 0 only if all of it went
// as it should.
func TestExamples(t *testing.T) {
	sources, err := filepath.Glob("../bindings/c/*.c")
	require.NoError(t, err)
	require.NotEmpty(t, sources)
	for _, l := range languages {
		for _, source := range sources {
			t.Run(l.name+"/"+filepath.Base(source), func(t *testing.T) {
				assert.NotEmpty(t, run(t, l.compile(t, source)))
			})
		}
	}
}

// Every program in the README is a file that some test runs.
func TestReadmeShowsRealFiles(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	for language, file := range map[string]string{
		"c":      "../bindings/c/token.c",
		"python": "../bindings/python/examples/reset_link.py",
		"go":     "../secrets/example_test.go",
	} {
		blocks := regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
		require.NotEmpty(t, blocks, language)
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, block := range blocks {
			assert.Contains(t, string(text), strings.TrimSpace(block[1]), "%s is not in %s", language, file)
		}
	}
}

// Every command that the README gives to make is one of its targets.
func TestReadmeNamesRealTargets(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	makefile, err := os.ReadFile("../Makefile")
	require.NoError(t, err)
	named := regexp.MustCompile("(?m)^make ([a-z]+)|`make ([a-z]+)`").FindAllStringSubmatch(string(readme), -1)
	require.NotEmpty(t, named)
	for _, match := range named {
		assert.Regexp(t, `(?m)^`+match[1]+match[2]+`:`, string(makefile))
	}
}
