// SPDX-License-Identifier: MIT

package languages

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every page has a program that does what the page shows, and reports an error.
func TestOtherLanguages(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(testkit.Root, "docs/languages/[a-z]*.md"))
	require.NoError(t, err)
	require.Len(t, pages, len(scripting))
	for _, page := range pages {
		name := strings.TrimSuffix(filepath.Base(page), ".md")
		t.Run(name, func(t *testing.T) {
			text := testkit.Read(t, page)
			blocks := regexp.MustCompile("(?s)```[a-z]+\n(.*?)```").FindAllStringSubmatch(text, -1)
			require.Len(t, blocks, 1)
			program, language := blocks[0][1], scripting[name]
			interpreted := func(program string) (string, error) {
				return interpret(t, language.command, program)
			}

			first, err := interpreted(program)
			require.NoError(t, err, first)
			second, err := interpreted(program)
			require.NoError(t, err, second)
			form := regexp.MustCompile(`^([\w-]{43})\n(\d|[1-4]\d|5[01])\n1\n0\n$`)
			require.Regexp(t, form, first)
			assert.NotEqual(t, form.FindStringSubmatch(first)[1],
				form.FindStringSubmatch(second)[1])

			require.Equal(t, 1, strings.Count(program, language.before))
			refused, err := interpreted(strings.Replace(program, language.before, language.after,
				1))
			assert.Error(t, err)
			assert.Contains(t, refused, "output buffer too small")
		})
	}
}

// The same in a forked child of an interpreter that has used the library before.
func TestOtherLanguagesFork(t *testing.T) {
	page := testkit.Read(t, filepath.Join(testkit.Root, "docs/languages/ruby.md"))
	program := regexp.MustCompile("(?s)```ruby\n(.*?)```").FindStringSubmatch(page)[1]
	again := program[strings.Index(program, "token ="):]
	out, err := interpret(t, []string{"ruby"},
		program+"pid = fork do\n"+again+"end\nProcess.wait(pid)\nexit $?.exitstatus\n")
	require.NoError(t, err, out)
	tokens := regexp.MustCompile(`(?m)^[\w-]{43}$`).FindAllString(out, -1)
	require.Len(t, tokens, 2)
	assert.NotEqual(t, tokens[0], tokens[1])
}

func interpret(t *testing.T, interpreter []string, program string) (string, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program")
	testkit.Write(t, file, program)
	out, err := scripted(t, testkit.Shared, append(interpreter, file)...).CombinedOutput()
	return string(out), err
}

// scripting are the interpreters of docs/languages, and how to make each program pass a buffer
// that is too small.
var scripting = map[string]struct {
	command       []string
	before, after string
}{
	"ruby": {[]string{"ruby"}, "token.bytesize, 32", "1, 32"},
	"lua":  {[]string{"luajit"}, "ffi.sizeof(token), 32", "1, 32"},
	"php":  {[]string{"php", "-d", "ffi.enable=true"}, "FFI::sizeof($token), 32", "1, 32"},
	"perl": {[]string{"perl"}, "length $token, 32", "1, 32"},
	"node": {[]string{"node"}, "token.length, 32", "1, 32"},
	"java": {[]string{"java", "-cp", "/usr/share/java/jna.jar", "--source", "11"},
		"token.size(), 32", "1, 32"},
}

// scripted returns the command that runs a program with a library and koffi where it looks for
// them.
func scripted(t *testing.T, library string, command ...string) *exec.Cmd {
	t.Helper()
	with := exec.CommandContext(t.Context(), command[0], command[1:]...)
	with.Env = append(os.Environ(), "LIBSECRETS_LIBRARY="+library,
		"NODE_PATH="+filepath.Join(testkit.Root, "build", "node", "node_modules"))
	return with
}
