// SPDX-License-Identifier: MIT

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const rewindProgram = "testdata/rewind.c"

// Every way in which a child can come about, and who calls first in it.
func TestRewind(t *testing.T) {
	if stress {
		t.Setenv("GENERATIONS", "1000")
	}
	runCases(t, "rewind.c", languages[0].compile(t, rewindProgram))
}

// What each way of linking is tried with: who forks, who calls first, what stays.
var rewinds = strings.Fields(`parent_called parent_never_called bare_system_call other_thread_calls_first threads_fork
	descendants_of_the_busy copy_is_kept memory_is_locked constructor_answers`)

func runRewinds(t *testing.T, program ...string) {
	t.Helper()
	for _, name := range rewinds {
		run(t, program[0], append(program[1:len(program):len(program)], name)...)
	}
}

// The same in programs that have the library inside, however they are linked.
func TestRewindInStaticPrograms(t *testing.T) {
	for name, command := range map[string]string{
		"bfd":         "cc -fuse-ld=bfd",
		"no-pie":      "cc -no-pie",
		"static":      "cc -static",
		"static-pie":  "cc -static-pie",
		"gold":        "cc -fuse-ld=gold",
		"lld":         "clang -fuse-ld=lld",
		"lld static":  "clang -fuse-ld=lld -static",
		"gc-sections": "cc -ffunction-sections -fdata-sections -Wl,--gc-sections",
		"lto":         "cc -flto",
		"clang":       "clang",
	} {
		words := strings.Fields(command)
		with := language{name, words[0], append([]string{"-x", "c", "-std=c99"}, words[1:]...)}
		program := with.compile(t, rewindProgram, static)
		t.Run(name, func(t *testing.T) { runRewinds(t, program) })
	}
}

// A packager's flags may give each variable a section: all of them are put back.
func TestRewindOfManySections(t *testing.T) {
	build := t.TempDir()
	makes(t, root, "BUILD="+build, "CFLAGS=-O2 -ffunction-sections -fdata-sections", filepath.Join(build, "libsecrets.so"))
	runRewinds(t, against(t, rewindProgram, filepath.Join(build, "libsecrets.so")))
}

// A change replaces the one place in a file that reads before.
type change struct{ file, before, after string }

// rebuilt builds the library once more, of a copy of the sources with changes made.
func rebuilt(t *testing.T, changes ...change) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "changed")
	copyTree(t, folder)
	for _, c := range changes {
		path := filepath.Join(folder, c.file)
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, 1, strings.Count(string(text), c.before), "%s has this once: %s", c.file, c.before)
		require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(text), c.before, c.after, 1)), 0o600))
	}
	makes(t, folder, "build/libsecrets.so")
	return filepath.Join(folder, "build", "libsecrets.so")
}

// against compiles a program of testdata against such a library.
func against(t *testing.T, source, library string, flags ...string) string {
	t.Helper()
	return languages[0].compile(t, source, append(flags, library, "-Wl,-rpath,"+filepath.Dir(library))...)
}

// Nothing of the dead runtime is read: filled with rubbish before it is rewound, the image
// still starts, and children still answer.
func TestNothingOfTheDeadRuntimeIsRead(t *testing.T) {
	const rewind = "static void rewind_image(void)\n{\n"
	library := rebuilt(t, change{"capi/engine.c", rewind, rewind +
		"\tmemset(__start_libsecrets_data, 0xa5, data_size());\n" +
		"\tmemset(__start_libsecrets_zero, 0xa5, (size_t)(__stop_libsecrets_zero - __start_libsecrets_zero));\n"})
	t.Setenv("GENERATIONS", "5")
	runCases(t, "rewind.c", against(t, rewindProgram, library))
}

// The controls: an image that is not put back as it was, in part or at all.
func TestWithoutTheRewindNoChildAnswers(t *testing.T) {
	for _, without := range []struct{ before, after, fails string }{
		{"\tmemcpy(__start_libsecrets_data, keep.asleep, data_size());\n", "",
			"other_thread_calls_first"},
		{"\tclear(__start_libsecrets_zero, __stop_libsecrets_zero);\n", "\t(void)clear;\n",
			"other_thread_calls_first"},
		{"madvise(&engine_pages, sizeof engine_pages, MADV_WIPEONFORK) != 0", "0",
			"fork_in_the_middle_of_a_first_call"},
	} {
		library := rebuilt(t, change{"capi/engine.c", without.before, without.after})
		program := against(t, rewindProgram, library)
		out, err := exec.CommandContext(t.Context(), "timeout", "10", program, without.fails).CombinedOutput()
		assert.Error(t, err, "without %s\n%s", strings.TrimSpace(without.before), out)
	}
}

// Which memory of a runtime that is no more goes, and what of the host stays.
func TestHeapIsGivenBack(t *testing.T) {
	program := languages[0].compile(t, "testdata/heap.c", "-I.", "-fsanitize=undefined", "-fno-sanitize-recover=all")
	runCases(t, "heap.c", program)
}

// Thread-local variables of the host lie on the small stacks of the runtime's threads, too.
func TestHostWithLargeThreadLocals(t *testing.T) {
	for _, size := range []string{"1000", "200000", "5000000"} {
		run(t, against(t, "testdata/large_tls.c", shared, "-DSIZE="+size))
	}
}
