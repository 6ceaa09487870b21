// SPDX-License-Identifier: MIT

package hosts

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"
)

var unloadingProgram = testkit.Source("unloading.c")

// The parts of the plugins, besides the library.
const (
	ordinary = `#include <secrets.h>
int plugin(void);
int plugin(void) { return secrets_token_bytes(NULL, 0); }
`
	atLoad = "void hook(void);\n" +
		"__attribute__((constructor)) static void begin(void) { hook(); }\n"
	atUnload = "void hook(void);\n__attribute__((destructor)) static void end(void) { hook(); }\n"
	callsEnd = `#include <secrets.h>
#include <stdlib.h>
static void call(void) { if (secrets_token_bytes(NULL, 0) != SECRETS_OK) abort(); }
__attribute__((destructor)) static void end(void) { call(); }
__attribute__((constructor)) static void begin(void) { atexit(call); }
`
)

// sharedObject compiles a text in C, and links it with what is named.
func sharedObject(t *testing.T, text string, linked ...string) string {
	t.Helper()
	source := filepath.Join(t.TempDir(), "plugin.c")
	testkit.Write(t, source, text)
	return testkit.Compile(t, source, append([]string{"-shared", "-fPIC"}, linked...)...)
}

// unloading returns the command that loads and unloads a library, and plugins that a build of the
// library is linked into.
func unloading(t *testing.T, library, inside string) []string {
	t.Helper()
	last := sharedObject(t, atUnload)
	return withLibrary(library, testkit.Compile(t, unloadingProgram, "-rdynamic", "-ldl"),
		"CONSTRUCTOR="+sharedObject(t, atLoad),
		"ENDING="+sharedObject(t, callsEnd, inside),
		"OUTLIVED="+sharedObject(t, ordinary, inside, "-Wl,--no-as-needed", last))
}

// The library, and a plugin that it is linked into, may be unloaded and loaded again, whether it
// was called or not, and nothing of it stays. Threads that still call are not affected by an
// exit.
func TestUnloading(t *testing.T) {
	plugin := sharedObject(t, ordinary, testkit.Static)
	for name, library := range map[string]string{"shared": testkit.Shared, "plugin": plugin} {
		program := unloading(t, library, testkit.Static)
		t.Run(name, func(t *testing.T) { runInTurn(t, program...) })
	}
}

// The exit of programs that the library is linked into.
func TestExitsOfPrograms(t *testing.T) {
	t.Parallel()
	for name, linked := range map[string][]string{
		"shared": {"-Wl,--no-as-needed", testkit.Shared,
			"-Wl,-rpath," + filepath.Dir(testkit.Shared)},
		"static": {"-Wl,-u,secrets_token_bytes", testkit.Static},
	} {
		program := testkit.Compile(t, unloadingProgram, append(linked, "-rdynamic", "-ldl")...)
		for _, exit := range testkit.CaseNames(t, program) {
			if strings.HasPrefix(exit, "exits_") {
				t.Run(name+"/"+exit, func(t *testing.T) { testkit.Run(t, program, exit) })
			}
		}
	}
}

// failsInTime runs a control that may hang.
func failsInTime(t *testing.T, program []string, name string) {
	t.Helper()
	fails(t, slices.Concat([]string{"timeout", "-s", "KILL", "20"}, program, []string{name})...)
}

// The controls: nothing is freed; it is freed before the last destructor of a plugin; and on an
// exit, too, the runtime is abandoned, together with the threads that wait for the lock.
func TestUnloadingWithoutCare(t *testing.T) {
	t.Parallel()
	const awake, last, known = "\tif (!keep.awake ||", "destructor(101)", "\tint exits = 1;\n"
	const close, forgets = "\tif (slots_close())\n\t\tfall_asleep();\n",
		"\tslots_close();\n\tfall_asleep();\n\tusleep(20000);\n\tforget();\n\treturn;\n"
	changed := func(before, after string) testkit.Change {
		return testkit.Change{File: "capi/engine.c", Before: before, After: after}
	}
	for name, changes := range map[string][]testkit.Change{
		"cycles": {changed(awake, "\tif (1 || !keep.awake ||")},
		"cycles_of_a_plugin_that_calls_at_its_end": {changed(last, "destructor")},
		"others_go_on_during_exit": {
			changed(close, forgets), changed(known, known+"\treturn 1;\n"),
		},
	} {
		library := testkit.Rebuilt(t, changes...)
		inside := filepath.Join(filepath.Dir(library), "secrets.o")
		failsInTime(t, unloading(t, library, inside), name)
	}
}

// A plain Go library stays loaded, with everything that it has.
func TestUnloadingAPlainLibrary(t *testing.T) {
	t.Parallel()
	program := unloading(t, testkit.PlainLibrary(t), testkit.Static)
	failsInTime(t, program, "called")
	failsInTime(t, program, "cycles")
}
