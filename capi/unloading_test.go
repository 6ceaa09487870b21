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

const unloadingProgram = "testdata/unloading.c"

// What the plugins consist of, beside the library.
const (
	ordinary = `#include <secrets.h>
int plugin(void);
int plugin(void) { return secrets_token_bytes(NULL, 0); }
`
	atLoad   = "void hook(void);\n__attribute__((constructor)) static void begin(void) { hook(); }\n"
	atUnload = "void hook(void);\n__attribute__((destructor)) static void end(void) { hook(); }\n"
	callsEnd = `#include <secrets.h>
#include <stdlib.h>
static void call(void) { if (secrets_token_bytes(NULL, 0) != SECRETS_OK) abort(); }
__attribute__((destructor)) static void end(void) { call(); }
__attribute__((constructor)) static void begin(void) { atexit(call); }
`
)

// sharedObject makes one of a text in C, and of what it is linked with.
func sharedObject(t *testing.T, text string, linked ...string) string {
	t.Helper()
	source := filepath.Join(t.TempDir(), "plugin.c")
	require.NoError(t, os.WriteFile(source, []byte(text), 0o600))
	return languages[0].compile(t, source, append([]string{"-shared", "-fPIC"}, linked...)...)
}

// unloading compiles the program that loads a library and unloads it, and plugins with another
// build of the library inside.
func unloading(t *testing.T, inside string) string {
	t.Helper()
	last := sharedObject(t, atUnload)
	t.Setenv("CONSTRUCTOR", sharedObject(t, atLoad))
	t.Setenv("ENDING", sharedObject(t, callsEnd, inside))
	t.Setenv("OUTLIVED", sharedObject(t, ordinary, inside, "-Wl,--no-as-needed", last))
	return languages[0].compile(t, unloadingProgram, "-rdynamic", "-ldl")
}

// The library, and a plugin that has it inside, may be unloaded and loaded again, called or not,
// and nothing of it stays. An exit is no trouble to threads that go on.
func TestUnloading(t *testing.T) {
	program := unloading(t, static)
	plugin := sharedObject(t, ordinary, static)
	for name, library := range map[string]string{"shared": shared, "plugin": plugin} {
		t.Setenv("LIBRARY", library)
		t.Run(name, func(t *testing.T) {
			for _, name := range caseNames(t, program) {
				t.Run(name, func(t *testing.T) { run(t, program, name) })
			}
		})
	}
}

// The exits of programs that the library is linked with.
func TestExitsOfPrograms(t *testing.T) {
	for name, linked := range map[string][]string{
		"shared": {"-Wl,--no-as-needed", shared, "-Wl,-rpath," + filepath.Dir(shared)},
		"static": {"-Wl,-u,secrets_token_bytes", static},
	} {
		program := languages[0].compile(t, unloadingProgram, append(linked, "-rdynamic", "-ldl")...)
		for _, exit := range caseNames(t, program) {
			if strings.HasPrefix(exit, "exits_") {
				t.Run(name+"/"+exit, func(t *testing.T) { run(t, program, exit) })
			}
		}
	}
}

// fails runs a case that a control has to fail in, with a deadline.
func fails(t *testing.T, program, name string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "timeout", "-s", "KILL", "60", program, name)
	out, err := command.CombinedOutput()
	assert.Error(t, err, "%s\n%s", name, out)
}

// The controls: nothing is given back; it is before the last destructor of a plugin; and an exit,
// too, takes the runtime away, and forgets the threads that wait for the lock.
func TestUnloadingWithoutCare(t *testing.T) {
	const awake, last, known = "\tif (!keep.awake ||", "destructor(101)", "\tint exits = 1;\n"
	const close, forgets = "\tif (slots_close())\n\t\tfall_asleep();\n",
		"\tif (slots_close()) {\n\t\tfall_asleep();\n\t\tusleep(20000);\n\t\tforget();\n\t\treturn;\n\t}\n"
	for name, changes := range map[string][]change{
		"cycles": {{"capi/engine.c", awake, "\tif (1 || !keep.awake ||"}},
		"cycles_of_a_plugin_that_calls_at_its_end": {{"capi/engine.c", last, "destructor"}},
		"others_go_on_during_exit": {{"capi/engine.c", close, forgets},
			{"capi/engine.c", known, known + "\treturn 1;\n"}},
	} {
		library := rebuilt(t, changes...)
		t.Setenv("LIBRARY", library)
		fails(t, unloading(t, filepath.Join(filepath.Dir(library), "secrets.o")), name)
	}
}

// A plain Go library stays loaded, with all that it has.
func TestUnloadingAPlainLibrary(t *testing.T) {
	program := unloading(t, static)
	t.Setenv("LIBRARY", plainLibrary(t))
	fails(t, program, "called")
	fails(t, program, "cycles")
}
