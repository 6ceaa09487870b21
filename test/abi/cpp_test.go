// SPDX-License-Identifier: MIT

package abi

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The oldest C++ that secrets.hpp is for, and the newest, without exceptions and RTTI. Compilers of
// C++ are slow: test/platforms has the other standards and compilers.
var (
	cpp17 = testkit.Cpp(testkit.Tool("CXX", "g++"), "-std=c++17")
	cpp23 = testkit.Cpp(testkit.Tool("CXX", "g++"), "-std=c++2b", "-fno-exceptions", "-fno-rtti")
)

// Every function of secrets.hpp, with the library and with a script in its place.
func TestCppPrograms(t *testing.T) {
	for _, source := range testkit.CppPrograms {
		testkit.RunTogether(t, cpp17.Compile(t, testkit.CppSource(source)))
	}
	testkit.RunTogether(t, cpp23.Compile(t, testkit.CppSource("scripted.cc")))
}

// A call of every function, without a warning.
func TestCppCalls(t *testing.T) {
	l := cpp23
	l.Flags = append(slices.Clone(l.Flags), "-Wsign-conversion", "-Wold-style-cast",
		"-Wuseless-cast")
	testkit.Run(t, l.Compile(t, testkit.CppSource("calls.cc")))
}

// The folder has no program that nobody runs.
func TestCppProgramsAreListed(t *testing.T) {
	listed := append([]string{"calls.cc"}, testkit.CppPrograms...)
	for _, path := range testkit.Glob(t, testkit.CppSource("*.cc")) {
		assert.Contains(t, listed, filepath.Base(path))
	}
}

// cppNames returns the public functions of secrets.hpp: those at the beginning of a line.
func cppNames(t *testing.T) (names []string) {
	t.Helper()
	text := regexp.MustCompile(`(?s)/\*.*?\*/|\nnamespace detail\n.*?\} // namespace detail\n`).
		ReplaceAllString(testkit.CppHeader(t), "\n")
	text = strings.ReplaceAll(text, "decltype(auto)", "auto")
	begin := regexp.MustCompile(`(?m)^(?:\[\[\w+\]\]|inline|void) .*?\b(\w+)\(`)
	for _, found := range begin.FindAllStringSubmatch(text, -1) {
		names = append(names, found[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Each of them has a comment that begins with its name, and is called with the library and where
// compilers look for something to warn of.
func TestCppFunctionsAreDocumentedAndCalled(t *testing.T) {
	names := cppNames(t)
	require.Len(t, names, 30)
	var cases strings.Builder
	for _, path := range testkit.Glob(t, testkit.CppSource("*.hpp")) {
		cases.WriteString(testkit.Read(t, path))
	}
	calls := testkit.Read(t, testkit.CppSource("calls.cc"))
	for _, name := range names {
		assert.Regexp(t, `/\*\n \* (?:\w+ and )?`+name+`\b`, testkit.CppHeader(t))
		call := `\b` + name + `(?:<[^;]*>)?\(`
		assert.Regexp(t, call, cases.String())
		assert.Regexp(t, call, calls)
	}
}

// leftToC returns the functions that the header says it does without.
func leftToC(t *testing.T, header string) []string {
	t.Helper()
	_, paragraph, found := strings.Cut(header, "Left to C")
	require.True(t, found)
	paragraph, _, _ = strings.Cut(paragraph, "\n *\n")
	return regexp.MustCompile(`secrets_\w+`).FindAllString(paragraph, -1)
}

// unreached returns the functions of C that secrets.hpp neither calls nor leaves to C, and those
// that it leaves to C and calls.
func unreached(t *testing.T, header string) (names []string) {
	t.Helper()
	left := leftToC(t, header)
	code := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(header, "")
	for _, name := range declared(t) {
		called := regexp.MustCompile(`\b` + name + `\(`).MatchString(code)
		if called == slices.Contains(left, name) {
			names = append(names, name)
		}
	}
	return names
}

func TestCppReachesEveryFunctionOfC(t *testing.T) {
	header := testkit.CppHeader(t)
	assert.Len(t, leftToC(t, header), 2)
	assert.Empty(t, unreached(t, header))
	// The control: a call less, and one that is left to C and made.
	without := strings.ReplaceAll(header, "secrets_randbits(", "other(")
	assert.Equal(t, []string{"secrets_randbits"}, unreached(t, without))
	assert.Equal(t, []string{"secrets_shuffle"}, unreached(t, header+"secrets_shuffle();"))
}

func TestCppIncludesOnlyTheStandardLibrary(t *testing.T) {
	includes := regexp.MustCompile(`(?m)^#include (\S+)`).
		FindAllStringSubmatch(testkit.CppHeader(t), -1)
	require.NotEmpty(t, includes)
	assert.Equal(t, `"secrets.h"`, includes[0][1])
	for _, include := range includes[1:] {
		assert.Regexp(t, `^<[a-z_]+>$`, include[1])
	}
}

// Where an application has a secrets.h of its own, which is found first, secrets.hpp takes the one
// beside itself. The control: it asks for any.
func TestCppHeaderBesideAnother(t *testing.T) {
	own := t.TempDir()
	testkit.Write(t, filepath.Join(own, "secrets.h"), "")
	ours := filepath.Join(testkit.Root, "include")
	changed := testkit.HeaderWith(t, "secrets.hpp", `#include "secrets.h"`, `#include <secrets.h>`)
	for headers, found := range map[string]bool{ours: true, changed: false} {
		args := slices.Concat(cpp17.Flags, []string{"-M", "-I" + own, "-I" + headers,
			filepath.Join(headers, "secrets.hpp")})
		included := testkit.Run(t, cpp17.Compiler, args...)
		assert.Equal(t, found, strings.Contains(included, filepath.Join(headers, "secrets.h")+" "))
	}
}

// misuses are statements, and what the compiler says of each.
var misuses = [][2]string{
	{`(void)secrets::choice(std::vector<int>{1, 2});`, "deleted function"},
	{`(void)secrets::choice("abc");`, "a literal ends with a NUL"},
	{`(void)secrets::sample("abc", 1);`, "a literal ends with a NUL"},
	{`(void)secrets::sample(std::list<int>{1}, 1);`, "not a random-access iterator"},
	{`secrets::shuffle(list.begin(), list.end());`, "not a random-access iterator"},
	{`secrets::token_hex();`, "nodiscard"},
	{`(void)secrets::randbelow(1.5);`, "must be an integer"},
	{`(void)secrets::randbelow_batch(true, 9);`, "must be an integer"},
	{`(void)secrets::randrange(1, 5L);`, "no matching function"},
	{`secrets::wipe(list);`, "no member named"},
	{`secrets::wipe(texts);`, "wipe the elements one by one"},
}

// saidOf returns what a compiler says in connection with a line of a program.
func saidOf(line int, all string) (said string) {
	for _, part := range regexp.MustCompile(`(?m)^.*program\.cc:`).Split(all, -1) {
		if strings.HasPrefix(part, fmt.Sprintf("%d:", line)) {
			said += part
		}
	}
	return said
}

// What would go wrong does not compile.
func TestCppRefusesMisuse(t *testing.T) {
	source := filepath.Join(t.TempDir(), "program.cc")
	text := "#include <list>\n#include <secrets.hpp>\n" +
		"void misuse(std::list<int> &list, std::vector<std::string> &texts)\n{\n"
	before := strings.Count(text, "\n")
	for _, misuse := range misuses {
		text += misuse[0] + "\n"
	}
	testkit.Write(t, source, text+"}\n")
	args := slices.Concat(cpp17.Flags, []string{"-Wall", "-Werror", "-fsyntax-only",
		"-I" + filepath.Join(testkit.Root, "include"), source})
	_, _, stderr := testkit.Call(t, cpp17.Compiler, args...)
	for i, misuse := range misuses {
		assert.Contains(t, saidOf(before+i+1, stderr), misuse[1], misuse[0])
	}
	old := testkit.Cpp(cpp17.Compiler, "-std=c++14", "-E")
	status, _, stderr := testkit.Call(t, old.Compiler, append(old.Flags, args[len(args)-2:]...)...)
	assert.NotZero(t, status)
	assert.Contains(t, stderr, "secrets.hpp needs C++17")
}
