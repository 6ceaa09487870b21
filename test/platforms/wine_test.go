// SPDX-License-Identifier: MIT

package platforms

import (
	"bufio"
	"debug/pe"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// mingw compiles for Windows, with headers for what Windows lacks of POSIX.
var mingw = testkit.Language{
	Name: "Windows", Compiler: "x86_64-w64-mingw32-gcc",
	Flags: []string{"-x", "c", "-std=c99", "-I" + testkit.Source("windows")},
}

// makeWindows runs make for Windows.
func makeWindows(t *testing.T, build string, targets ...string) {
	t.Helper()
	testkit.Makes(t, testkit.Root, append([]string{"BUILD=" + build, "GOOS=windows",
		"CROSS=x86_64-w64-mingw32-"}, targets...)...)
}

// windows builds the library for Windows, sets Wine up so that programs find it, and returns its
// folder.
func windows(t *testing.T) string {
	t.Helper()
	build := t.TempDir()
	makeWindows(t, build, "all")
	prefix := filepath.Join(t.TempDir(), "wine")
	for name, value := range map[string]string{
		"WINEPREFIX": prefix, "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=",
		"DISPLAY":  "",
		"WINEPATH": windowsPath(build),
	} {
		t.Setenv(name, value)
	}
	keepWine(t)
	system := filepath.Join(prefix, "drive_c", "windows", "system32", "bcryptprimitives.dll")
	if _, err := os.Stat(system); err != nil {
		testkit.Run(t, mingw.Compiler, "-shared", "-o", system,
			testkit.Source("windows/system32.c"), "-ladvapi32")
	}
	// The oldest version that the library is for. Wine's own default may be older.
	testkit.Run(t, "wine", "reg", "add", `HKCU\Software\Wine`, "/v", "Version", "/d", "win10", "/f")
	return build
}

// keepWine keeps Wine running: the first program starts its services, which keep that program's
// output open for seconds.
func keepWine(t *testing.T) {
	t.Helper()
	keeper := exec.Command("wine", mingw.Compile(t, testkit.Source("windows/keep.c"), "-s")+".exe")
	input, err := keeper.StdinPipe()
	require.NoError(t, err)
	output, err := keeper.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, keeper.Start())
	t.Cleanup(func() {
		assert.NoError(t, input.Close())
		assert.NoError(t, keeper.Wait())
		assert.NoError(t, exec.Command("wineserver", "-k").Run())
		_ = exec.Command("wineserver", "-w").Run() // fails if none is left to wait for
	})
	line, err := bufio.NewReader(output).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "runs", strings.TrimSpace(line))
}

func windowsPath(path string) string {
	return "Z:" + strings.ReplaceAll(path, "/", `\`)
}

// The library for Windows, its cases and the examples, and a Python of Windows.
func TestWindows(t *testing.T) {
	build := windows(t)
	shared := filepath.Join(build, "libsecrets.dll.a")
	program := func(source string, library string) string {
		return mingw.Compile(t, source, library) + ".exe"
	}
	t.Run("cases", func(t *testing.T) {
		for _, source := range append(testkit.ProgramsWithoutThreads(), "windows/threads.c") {
			t.Run(source, func(t *testing.T) {
				runInWine(t, program(testkit.Source(source), shared))
			})
		}
		t.Run("static", func(t *testing.T) {
			runInWine(t, program(testkit.Source("tokens.c"), filepath.Join(build, "libsecrets.a")))
		})
	})
	t.Run("examples", func(t *testing.T) {
		makeWindows(t, build, "examples")
		examples := testkit.Glob(t, filepath.Join(build, "*.exe"))
		require.Greater(t, len(examples), 6)
		for _, example := range examples {
			if filepath.Base(example) != "libsecrets.exe" {
				testkit.Run(t, "wine", example)
			}
		}
	})
	t.Run("tool", func(t *testing.T) { windowsTool(t, filepath.Join(build, "libsecrets.exe")) })
	t.Run("host", func(t *testing.T) {
		dll := plainDLL(t, build)
		plain := "LIBRARY=" + windowsPath(dll)
		host := mingw.Compile(t, testkit.Source("windows/host.c"), shared) + ".exe"
		for _, name := range testkit.NamesIn(t, testkit.Run(t, "wine", host)) {
			testkit.Run(t, "env", "LIBRARY=secrets.dll", "wine", host, name)
			out, err := exec.CommandContext(t.Context(), "env", plain, "wine", host,
				name).CombinedOutput()
			assert.Error(t, err, "%s holds for any library, and so proves nothing\n%s", name, out)
			assert.Contains(t, string(out), "failed", name)
		}
		changesNothing(t, dll, filepath.Join(build, "secrets.dll"))
	})
	t.Run("installed", func(t *testing.T) { windowsConsumers(t, build) })
	t.Run("python", func(t *testing.T) { windowsPython(t, build) })
}

// runInWine runs the cases of a program in one process, as Wine takes longer to start one than
// most cases do.
func runInWine(t *testing.T, program string) {
	t.Helper()
	names := testkit.NamesIn(t, startInWine(t, program), "slow", "many")
	out := startInWine(t, append([]string{program}, names...)...)
	require.Equal(t, names, strings.Fields(out))
}

// startInWine runs a program of cases and returns what it prints. Now and then Wine itself fails
// before the program has begun. Each program prints a name first, so only a start without output
// is tried again.
func startInWine(t *testing.T, command ...string) string {
	t.Helper()
	var out []byte
	var err error
	for range 3 {
		out, err = exec.CommandContext(t.Context(), "wine", command...).CombinedOutput()
		if err == nil || len(out) > 0 {
			break
		}
		t.Logf("Wine has not started %s: %v", command[0], err)
	}
	require.NoError(t, err, "%s\n%s", command[0], out)
	return string(out)
}

// changesNothing shows that the library does not even import the functions by which a Go library
// changes a whole process. Wine cannot show each effect: it ignores priorities.
func changesNothing(t *testing.T, plain, library string) {
	t.Helper()
	before, after := imports(t, plain), imports(t, library)
	for _, name := range []string{
		"SetErrorMode", "WerSetFlags", "SetProcessPriorityBoost", "SetConsoleCtrlHandler",
		"AddVectoredExceptionHandler", "AddVectoredContinueHandler", "GetEnvironmentStringsW",
	} {
		assert.Contains(t, before, name, "no library of Go imports it: this proves nothing")
		assert.NotContains(t, after, name)
	}
}

// imports returns the names of the functions that a DLL imports.
func imports(t *testing.T, path string) []string {
	t.Helper()
	library, err := pe.Open(path)
	require.NoError(t, err)
	defer library.Close()
	symbols, err := library.ImportedSymbols()
	require.NoError(t, err)
	for i, symbol := range symbols {
		symbols[i], _, _ = strings.Cut(symbol, ":")
	}
	return symbols
}

// windowsConsumers links with what is installed for Windows, through pkg-config and CMake, and
// with this checkout as a part of a project.
func windowsConsumers(t *testing.T, build string) {
	t.Helper()
	prefix := filepath.Join(t.TempDir(), "a prefix")
	makeWindows(t, build, "install", "PREFIX="+prefix)
	t.Setenv("WINEPATH", windowsPath(filepath.Join(prefix, "bin")))
	t.Setenv("PKG_CONFIG_PATH", filepath.Join(prefix, "lib", "pkgconfig"))
	program := filepath.Join(t.TempDir(), "program.exe")
	testkit.Run(t, "sh", "-c", `flags=$(pkg-config --cflags --libs libsecrets) && eval "$0 `+
		`../../bindings/c/token.c -o $1 $flags"`,
		mingw.Compiler, program)
	assert.Regexp(t, `^[\w-]{43}\r?\n$`, testkit.Run(t, "wine", program))

	for _, found := range []string{
		"find_package(secrets 1 CONFIG REQUIRED)",
		`add_subdirectory("` + testkit.Root + `" libsecrets)`,
	} {
		folder := testkit.Configure(t, "project(consumer C CXX)\n"+found+testkit.LinksBoth(),
			"-DCMAKE_PREFIX_PATH="+prefix,
			"-DCMAKE_SYSTEM_NAME=Windows", "-DCMAKE_SYSTEM_PROCESSOR=AMD64",
			"-DCMAKE_C_COMPILER="+mingw.Compiler,
			"-DCMAKE_CXX_COMPILER=x86_64-w64-mingw32-g++",
			"-DCMAKE_RC_COMPILER=x86_64-w64-mingw32-windres",
			"-DCMAKE_EXE_LINKER_FLAGS=-static")
		testkit.Run(t, testkit.Tool("CMAKE", "cmake"), "--build", folder)
		for library, loads := range map[string]bool{"secrets": true, "static": false} {
			program := filepath.Join(folder, "with_"+library+".exe")
			assert.Contains(t, testkit.Run(t, "wine", program), ", wins a ", library)
			assert.Equal(t, loads, strings.Contains(testkit.Run(t, "x86_64-w64-mingw32-objdump",
				"-p", program), "DLL Name: secrets.dll"), library)
		}
	}
	makeWindows(t, build, "uninstall", "PREFIX="+prefix)
	assert.Empty(t, testkit.Files(testkit.Listing(t, prefix)))
}

// windowsTool runs each subcommand of the command-line tool, and shows what it does otherwise on
// Windows.
func windowsTool(t *testing.T, program string) {
	t.Helper()
	for words, expected := range map[string]string{
		"token --hex --count 2":  `([0-9a-f]{64}\r\n){2}`,
		"token --raw --bytes 10": `(?s).{1,10}`,
		"password --length 300":  `[0-9A-Za-z]{300}\r\n`,
		"passphrase":             `([a-z-]+ ){5}[a-z-]+\r\n`,
		"apikey acme --json":     `\{"entropy":256,"results":\["acme_\w{49}"\]\}\r\n`,
		"number -7 -6":           `-7\r\n`,
		"choose a":               `a\r\n`,
		"shuffle":                `one\r\n`,
		"check":                  `not valid\r\n`,
	} {
		command := exec.CommandContext(t.Context(), "wine",
			append([]string{program}, strings.Fields(words)...)...)
		command.Stdin = strings.NewReader("one\r\n")
		out, err := command.Output()
		assert.Regexp(t, `\A`+expected+`\z`, string(out), words)
		if words == "check" {
			assert.Equal(t, 1, command.ProcessState.ExitCode())
		} else {
			assert.NoError(t, err, words)
		}
	}
	// A newline among the bytes stays one: that none is there has a probability of 2^-112.
	raw := testkit.Run(t, "wine", program, "token", "--raw", "--bytes", "20000")
	assert.Len(t, raw, 20000)
	assert.Contains(t, raw, "\n")
	status, _, stderr := testkit.Call(t, "wine", program, "token", "16")
	assert.Equal(t, 2, status)
	assert.Contains(t, stderr, "libsecrets: token takes no arguments")
}

// plainDLL builds the library for Windows like any other Go library.
func plainDLL(t *testing.T, build string) string {
	t.Helper()
	folder := testkit.WithEngine(t, "plain_engine.c")
	testkit.Run(t, "env", "GOOS=windows", "CGO_ENABLED=1", "CC="+mingw.Compiler, "go", "build",
		"-C", folder, "-buildmode=c-shared",
		"-ldflags=-extldflags="+filepath.Join(build, "secrets.def"), "-o", "plain.dll", "./capi")
	return filepath.Join(folder, "plain.dll")
}

// windowsPython installs the wheel for Windows in a Python of Windows, and runs the tests of the
// package there, except those about features of Unix.
func windowsPython(t *testing.T, build string) {
	t.Helper()
	makeWindows(t, build, "wheel")
	python := filepath.Join(t.TempDir(), "python")
	testkit.Run(t, "cp", "-r", filepath.Join(testkit.Root, "build", "windows-python"), python)
	python = filepath.Join(python, "python.exe")
	testkit.Run(t, "wine", python, windowsPath(testkit.Only(t,
		"/usr/share/python-wheels/pip-*.whl"))+`\pip`, "install", "--no-index",
		"--no-warn-script-location", windowsPath(testkit.Only(t,
			filepath.Join(build, "wheel", "*-win_amd64.whl"))))

	folder := t.TempDir()
	testkit.Run(t, "env", "-C", testkit.Root, "cp", "-r", "--parents", "bindings/python/tests",
		"test/vectors", "secrets/eff_large.txt", folder)
	folder = filepath.Join(folder, "bindings", "python")
	modules := []string{}
	for _, path := range testkit.Glob(t, filepath.Join(folder, "tests", "test_*.py")) {
		module := strings.TrimSuffix(filepath.Base(path), ".py")
		if !slices.Contains([]string{"test_fork", "test_gunicorn", "test_examples",
			"test_cpython"}, module) {
			modules = append(modules, "tests."+module)
		}
	}
	out := testkit.Run(t, "env", append([]string{"-C", folder, "wine", python, "-m", "unittest"},
		modules...)...)
	assert.Regexp(t, `(?m)^Ran \d{3} tests`, out)
}

// What a program that links the library sees of it, and a second build of it.
func TestWindowsLibrary(t *testing.T) {
	build := t.TempDir()
	makeWindows(t, build, "all")
	path := filepath.Join(build, "secrets.dll")
	library, err := pe.Open(path)
	require.NoError(t, err)
	defer library.Close()
	const hardened = pe.IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE |
		pe.IMAGE_DLLCHARACTERISTICS_HIGH_ENTROPY_VA | pe.IMAGE_DLLCHARACTERISTICS_NX_COMPAT
	assert.EqualValues(t, hardened,
		library.OptionalHeader.(*pe.OptionalHeader64).DllCharacteristics&hardened)

	contents := testkit.Run(t, "x86_64-w64-mingw32-objdump", "-p", path)
	all := func(pattern string) (found []string) {
		for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(contents, -1) {
			found = append(found, match[1])
		}
		return found
	}
	assert.Equal(t, []string{"KERNEL32.dll", "msvcrt.dll"}, all(`DLL Name: (\S+)`))
	assert.Equal(t, testkit.Listed(t), all(`(?m)^\s+\[ *\d+\] (\w+)$`))
	definitions := testkit.Read(t, filepath.Join(build, "secrets.def"))
	assert.Equal(t, append([]string{"LIBRARY", "secrets.dll", "EXPORTS"}, testkit.Listed(t)...),
		strings.Fields(definitions))

	v, _ := testkit.Version(t)
	properties := testkit.Run(t, "strings", "-e", "l", path)
	for _, property := range []string{"FileVersion", "ProductVersion"} {
		assert.Contains(t, properties, property+"\n"+v+"\n")
	}

	again := t.TempDir()
	makeWindows(t, again, "all")
	for _, file := range []string{
		"secrets.dll", "libsecrets.dll.a", "libsecrets.a", "secrets.def",
	} {
		assert.Equal(t, testkit.Digest(t, filepath.Join(build, file)),
			testkit.Digest(t, filepath.Join(again, file)), file)
	}
}
