// SPDX-License-Identifier: MIT

package packaging

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A CMake project includes this one as a subdirectory, with either library.
func TestCMakeSubdirectory(t *testing.T) {
	project := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(project, "CMakeLists.txt"), []byte(`
cmake_minimum_required(VERSION 3.16)
project(consumer C CXX)
add_subdirectory("`+testkit.Root+`" libsecrets)
foreach(library secrets static)
	add_executable(with_${library} "`+testkit.Root+`/bindings/c/password_reset.c")
	target_link_libraries(with_${library} PRIVATE secrets::${library})
endforeach()
`), 0o600))
	build := filepath.Join(project, "build")
	cmake := testkit.Tool("CMAKE", "cmake")
	testkit.Run(t, cmake, "-S", project, "-B", build)
	testkit.Run(t, cmake, "--build", build)
	for _, program := range []string{"with_secrets", "with_static"} {
		assert.Contains(t, testkit.Run(t, filepath.Join(build, program)), "accepted", program)
	}
	assert.Contains(t, testkit.Run(t, "readelf", "-d", filepath.Join(build, "with_secrets")),
		"libsecrets.so.1")
	assert.NotContains(t, testkit.Run(t, "readelf", "-d", filepath.Join(build, "with_static")),
		"libsecrets")
}

// The examples, compiled like a user does. Each ends with 0 only if every step has the expected
// outcome.
func TestExamples(t *testing.T) {
	sources, err := filepath.Glob(filepath.Join(testkit.Root, "bindings/c/*.c"))
	require.NoError(t, err)
	require.NotEmpty(t, sources)
	for _, l := range testkit.Languages {
		for _, source := range sources {
			t.Run(l.Name+"/"+filepath.Base(source), func(t *testing.T) {
				assert.NotEmpty(t, testkit.Run(t, l.Compile(t, source)))
			})
		}
		t.Run(l.Name+"/command", func(t *testing.T) {
			files := testkit.Glob(t, filepath.Join(testkit.Root, "bindings/c/command/*.c"))
			program := l.Compile(t, files[0], slices.Concat(l.Flags[:2], files[1:],
				[]string{"-x", "none", testkit.Shared, "-Wl,-rpath," +
					filepath.Dir(testkit.Shared)})...)
			assert.NotEmpty(t, testkit.Run(t, program, "token"))
		})
	}
	cpp := testkit.Cpp(testkit.Tool("CXX", "g++"), "-std=c++17")
	for _, source := range testkit.Glob(t, filepath.Join(testkit.Root, "bindings/c/*.cc")) {
		assert.NotEmpty(t, testkit.Run(t, cpp.Compile(t, source)), source)
	}
}
