// SPDX-License-Identifier: MIT

package abi

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// documents returns the pages in Markdown, by their paths below the root.
func documents(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, pattern := range []string{
		"*.md", "docs/*.md", "docs/languages/*.md", "bindings/*/*.md",
	} {
		files, err := filepath.Glob(filepath.Join(testkit.Root, pattern))
		require.NoError(t, err)
		require.NotEmpty(t, files, pattern)
		for _, file := range files {
			text := testkit.Read(t, file)
			name, err := filepath.Rel(testkit.Root, file)
			require.NoError(t, err)
			pages[name] = text
		}
	}
	return pages
}

// Every program in README and docs is a file that some test runs.
func TestDocumentsShowRealFiles(t *testing.T) {
	pages := documents(t)
	for language, file := range map[string]string{
		"c":      "bindings/c/token.c",
		"python": "bindings/python/examples/reset_link.py",
		"go":     "bindings/go/reset_link/main.go",
	} {
		text := testkit.Read(t, filepath.Join(testkit.Root, file))
		require.Contains(t, pages["README.md"], "```"+language+"\n")
		program := regexp.MustCompile("(?s)```" + language + "\n(.*?)```")
		for name, page := range pages {
			for _, block := range program.FindAllStringSubmatch(page, -1) {
				assert.Contains(t, text, strings.TrimSpace(block[1]),
					"%s in %s is not in %s", language, name, file)
			}
		}
	}
}

// The example in Go is a whole program.
func TestGoExample(t *testing.T) {
	link := regexp.MustCompile(`^https://example\.org/reset\?token=[\w-]{43}\n$`)
	first := testkit.Run(t, testkit.Tool("GO", "go"), "run",
		filepath.Join(testkit.Root, "bindings/go/reset_link"))
	assert.Regexp(t, link, first)
	assert.NotEqual(t, first, testkit.Run(t, testkit.Tool("GO", "go"), "run",
		filepath.Join(testkit.Root, "bindings/go/reset_link")))
}

// Every make target in the documents exists.
func TestDocumentsNameRealTargets(t *testing.T) {
	makefile := testkit.Read(t, filepath.Join(testkit.Root, "Makefile"))
	command := regexp.MustCompile("(?m)(?:^make|^sudo make|`make) ([a-z][a-z-]*)\\b")
	for name, page := range documents(t) {
		for _, found := range command.FindAllStringSubmatch(page, -1) {
			assert.Regexp(t, `(?m)^`+found[1]+`:`, makefile, "make %s, in %s", found[1], name)
		}
	}
}

// anchors returns the fragments of links to the headings of a page, as GitHub generates them.
func anchors(page string) (names []string) {
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		name := regexp.MustCompile(`[^\w\- ]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}

// Every relative link leads to a file that exists, and to a heading in it.
func TestDocumentsLinkToWhatThereIs(t *testing.T) {
	pages := documents(t)
	links := regexp.MustCompile(`\]\(([^)#\s]*)(?:#([^)\s]+))?\)`)
	for name, page := range pages {
		for _, link := range links.FindAllStringSubmatch(page, -1) {
			if strings.Contains(link[1], "://") {
				continue
			}
			target := name
			if link[1] != "" {
				target = filepath.Join(filepath.Dir(name), link[1])
			}
			_, err := os.Stat(filepath.Join(testkit.Root, target))
			assert.NoError(t, err, "%s links to %s", name, link[0])
			if link[2] != "" {
				assert.Contains(t, anchors(pages[target]), link[2], "%s links to %s", name, link[0])
			}
		}
	}
}

func TestReadmeIsShort(t *testing.T) {
	assert.LessOrEqual(t, strings.Count(documents(t)["README.md"], "\n"), 130)
}

func TestReadmeCountsTheFunctions(t *testing.T) {
	assert.Contains(t, documents(t)["README.md"], fmt.Sprintf(" has all %d.", len(declared(t))))
}

// The words that people search for are on the first page.
func TestReadmeHasTheWordsOfTheField(t *testing.T) {
	page := strings.Join(strings.Fields(strings.ToLower(documents(t)["README.md"])), " ")
	for _, words := range []string{
		"cryptographically secure", "csprng", "timing attack", "unbiased", "modulo bias",
		"rejection sampling", "constant time",
	} {
		assert.Contains(t, page, words)
	}
}

// Every example in C++ runs: those without a main are blocks of one program.
func TestCppExamples(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```cpp\n(.*?)```").
		FindAllStringSubmatch(documents(t)["docs/cpp.md"], -1)
	require.Greater(t, len(blocks), 3)
	source := filepath.Join(t.TempDir(), "example.cc")
	body := "#include <secrets.hpp>\n#include <random>\nint main()\n{\n"
	for _, block := range blocks {
		if strings.Contains(block[1], "int main()") {
			testkit.Write(t, source, block[1])
			testkit.Run(t, cpp23.Compile(t, source))
		} else {
			body += "{\n" + block[1] + "}\n"
		}
	}
	testkit.Write(t, source, body+"return 0;\n}\n")
	testkit.Run(t, cpp17.Compile(t, source, testkit.Shared,
		"-Wl,-rpath,"+filepath.Dir(testkit.Shared), "-Wno-unused-variable"))
}
