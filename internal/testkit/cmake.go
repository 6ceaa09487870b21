// SPDX-License-Identifier: MIT

package testkit

import (
	"path/filepath"
	"strings"
	"testing"
)

// LinksBoth is the part of a CMake project that links a C++ program with either library.
func LinksBoth() string {
	return strings.ReplaceAll(`
set(CMAKE_CXX_STANDARD 17)
foreach(library secrets static)
	add_executable(with_${library} "SOURCE")
	target_link_libraries(with_${library} PRIVATE secrets::${library})
endforeach()
`, "SOURCE", filepath.Join(Root, "bindings/c/raffle.cc"))
}

// Project writes a project of CMake.
func Project(t *testing.T, text string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	text = "cmake_minimum_required(VERSION 3.16)\n" + text
	Write(t, filepath.Join(folder, "CMakeLists.txt"), text)
	return folder
}

// Configure writes a project of CMake and configures it.
func Configure(t *testing.T, text string, args ...string) (build string) {
	t.Helper()
	folder := Project(t, text)
	build = filepath.Join(folder, "build")
	Run(t, Tool("CMAKE", "cmake"), append([]string{"-S", folder, "-B", build}, args...)...)
	return build
}
