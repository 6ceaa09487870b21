// SPDX-License-Identifier: MIT

package platforms

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
)

// What clang can warn of, but for C++98, classes with virtual functions in a header, padding, and
// the macros of calls.cc.
var weverything = strings.Fields(`-Weverything -Wno-c++98-compat -Wno-c++98-compat-pedantic
	-Wno-weak-vtables -Wno-padded -Wno-unused-macros`)

// cpps returns the ways to compile with a compiler.
func cpps(compiler string, flags ...string) (languages []testkit.Language) {
	for _, standard := range []string{"-std=c++17", "-std=c++20", "-std=c++2b"} {
		all := append(slices.Clone(flags), standard)
		languages = append(languages, testkit.Cpp(compiler, all...),
			testkit.Cpp(compiler, append(all, "-fno-exceptions", "-fno-rtti")...))
	}
	return languages
}

// A call of every function of secrets.hpp, without a warning, with either standard library.
func TestCppCalls(t *testing.T) {
	for _, l := range slices.Concat(
		cpps("g++", "-O2", "-Wsign-conversion", "-Wold-style-cast", "-Wuseless-cast"),
		cpps("clang++", weverything...),
		cpps("clang++", append(weverything, "-stdlib=libc++")...),
	) {
		t.Run(l.Name, func(t *testing.T) {
			t.Parallel()
			testkit.Run(t, l.Compile(t, testkit.CppSource("calls.cc")))
		})
	}
}

// Where other short strings, limits and distributions are, and no exceptions.
func TestCppPrograms(t *testing.T) {
	for _, l := range []testkit.Language{
		testkit.Cpp("g++", "-std=c++2b", "-fno-exceptions", "-fno-rtti"),
		testkit.Cpp("clang++", "-std=c++17"),
		testkit.Cpp("clang++", "-std=c++2b", "-stdlib=libc++"),
	} {
		for _, source := range testkit.CppPrograms {
			testkit.RunTogether(t, l.Compile(t, testkit.CppSource(source)))
		}
	}
}

// linked links parts of a program in C++ with the library, and returns the path of the result.
func linked(t *testing.T, command ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "linked")
	testkit.Run(t, command[0], append(command[1:], "-o", out, testkit.Shared,
		"-Wl,-rpath,"+filepath.Dir(testkit.Shared))...)
	return out
}

// source writes a file of a program in C++.
func source(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "part.cc")
	testkit.Write(t, path, "#include <secrets.hpp>\n"+text)
	return path
}

// secrets::error is caught where another library throws it that hides what it can. The control, in
// libc++: it hides this, too.
func TestCppErrorCrossesLibraries(t *testing.T) {
	thrower := source(t, `extern "C" [[gnu::visibility("default")]] void thrower();
void thrower() { (void)secrets::randbelow(0); }
`)
	catcher := source(t, `extern "C" void thrower();
int main()
{
	try {
		thrower();
	} catch (const secrets::error &error) {
		return error.status() != SECRETS_EINVAL;
	}
	return 1;
}
`)
	visible := filepath.Join(testkit.Root, "include")
	hidden := testkit.HeaderWith(t, "secrets.hpp",
		`class [[gnu::visibility("default")]] error;`, "")
	for _, c := range []struct {
		compiler, headers string
		caught            bool
	}{
		{"g++", visible, true},
		{"clang++ -stdlib=libc++", visible, true},
		{"clang++ -stdlib=libc++", hidden, false},
	} {
		command := append(strings.Fields(c.compiler), "-std=c++17", "-fvisibility=hidden",
			"-I"+c.headers)
		library := linked(t, append(command, "-fPIC", "-shared", thrower)...)
		status, _, _ := testkit.Call(t, linked(t, append(command, catcher, library)...))
		assert.Equal(t, c.caught, status == 0, c)
	}
}

// object compiles a part of a program.
func object(t *testing.T, source string, flags ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "part.o")
	testkit.Run(t, "g++", append(flags, "-std=c++17", "-O0", "-c", source, "-o", out)...)
	return out
}

// A program with parts of both kinds: in each part a failure is what that part was compiled for.
// The control: both have the same names, and the linker takes one for the other.
func TestCppPartsWithAndWithoutExceptions(t *testing.T) {
	without := source(t, `#include <cstdlib>
void secrets::failed(int status) { std::_Exit(50 - status); }
void without() { (void)secrets::token_hex(SIZE_MAX); }
`)
	with := source(t, `void without();
int main()
{
	try {
		(void)secrets::token_hex(SIZE_MAX);
	} catch (const secrets::error &) {
		without();
	}
	return 1;
}
`)
	same := testkit.HeaderWith(t, "secrets.hpp",
		"inline namespace with_exceptions", "inline namespace same",
		"inline namespace without_exceptions", "inline namespace same")
	for headers, works := range map[string]bool{
		filepath.Join(testkit.Root, "include"): true, same: false,
	} {
		status, _, _ := testkit.Call(t, linked(t, "g++", object(t, with, "-I"+headers),
			object(t, without, "-I"+headers, "-fno-exceptions")))
		assert.Equal(t, works, status == 52, "%s: %d", headers, status)
	}
}

// Without exceptions a program that can fail does not link until it says what is to happen then;
// one that cannot fail links without.
func TestCppWithoutExceptionsNeedsADecision(t *testing.T) {
	flags := []string{"-I" + filepath.Join(testkit.Root, "include"), "-fno-exceptions"}
	can := object(t, source(t, "int main() { return secrets::randbelow(1); }\n"), flags...)
	status, _, stderr := testkit.Call(t, "g++", can, testkit.Shared, "-o", can+".out")
	assert.NotZero(t, status)
	assert.Regexp(t, `undefined reference to .secrets::failed\(int\)`, stderr)
	cannot := source(t, `int main()
{
	return !secrets::compare_digest("a", "a") || secrets::apikey_valid("a");
}
`)
	testkit.Run(t, linked(t, "g++", object(t, cannot, flags...)))
}
