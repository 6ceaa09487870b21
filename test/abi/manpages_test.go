// SPDX-License-Identifier: MIT

package abi

import (
	"maps"
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

// A manPage is the source of a manual page, in mdoc(7).
type manPage struct{ file, text string }

func manPages(t *testing.T) (pages []manPage) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(testkit.Root, "man/*.[137]"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text := testkit.Read(t, file)
		pages = append(pages, manPage{filepath.Base(file), text})
	}
	return pages
}

// section returns the text of a section of the page.
func (p manPage) section(title string) string {
	_, text, _ := strings.Cut(p.text, "\n.Sh "+title+"\n")
	text, _, _ = strings.Cut(text, "\n.Sh ")
	return text
}

// names returns the names in NAME, from which the installation makes links.
func (p manPage) names() (names []string) {
	name := regexp.MustCompile(`(?m)^\.Nm (\w+)(?: ,)?$`)
	for _, found := range name.FindAllStringSubmatch(p.section("NAME"), -1) {
		names = append(names, found[1])
	}
	return names
}

// prototypes returns those in SYNOPSIS, written as in the header.
func (p manPage) prototypes() (prototypes []string) {
	block := regexp.MustCompile(`(?s)\.Fo (\w+)\n(.*?)\.Fc`)
	text := block.ReplaceAllStringFunc(p.section("SYNOPSIS"), func(text string) string {
		return ".Fn " + strings.NewReplacer(".Fo ", "", "\n.Fa ", " ", "\n.Fc", "").Replace(text)
	})
	function := regexp.MustCompile(`(?m)^\.Ft (.+)\n\.Fn (\w+) (.*)$`)
	for _, found := range function.FindAllStringSubmatch(text, -1) {
		arguments := strings.ReplaceAll(strings.Trim(found[3], `"`), `" "`, ", ")
		prototypes = append(prototypes, strings.ReplaceAll(found[1]+" "+found[2]+"("+arguments+")",
			"* ", "*"))
	}
	return prototypes
}

// errorCodes returns the codes in a text, sorted.
func errorCodes(text string) []string {
	codes := regexp.MustCompile(`SECRETS_E[A-Z]+`).FindAllString(text, -1)
	slices.Sort(codes)
	return slices.Compact(codes)
}

// A headerFunction is a prototype of the header, with the codes that its comment says it returns.
type headerFunction struct {
	prototype string
	codes     []string
}

var (
	// A comment, or a prototype.
	part = regexp.MustCompile(`(?s)/\*.*?\*/|(?m:^[a-z][^(\n]*?\b(secrets_\w+)\([^)]*\))`)
	// A code in the list that a comment ends with.
	returned = regexp.MustCompile(`(?m)^ \*   SECRETS_E[A-Z]+`)
)

func headerFunctions(t *testing.T) map[string]headerFunction {
	t.Helper()
	header := testkit.Header(t)
	functions := map[string]headerFunction{}
	var codes []string
	for _, found := range part.FindAllStringSubmatch(header, -1) {
		if found[1] == "" {
			_, returns, _ := strings.Cut(found[0], "Returns:")
			codes = errorCodes(strings.Join(returned.FindAllString(returns, -1), " "))
			continue
		}
		prototype := strings.Join(strings.Fields(found[0]), " ") // it may take two lines
		functions[found[1]] = headerFunction{prototype, codes}
	}
	return functions
}

// faults compares the pages with the header, and returns the differences.
func faults(t *testing.T, pages []manPage) (faults []string) {
	t.Helper()
	functions := headerFunctions(t)
	named := map[string]int{}
	for _, page := range pages {
		if !strings.HasSuffix(page.file, ".3") {
			continue
		}
		var names, wanted, codes []string
		for _, name := range page.names() {
			named[name]++
			names = append(names, name)
			wanted = append(wanted, functions[name].prototype)
			codes = append(codes, functions[name].codes...)
		}
		if !slices.Equal(page.prototypes(), wanted) {
			faults = append(faults, page.file+": NAME and SYNOPSIS are not what the header has")
		}
		if !slices.Equal(errorCodes(page.section("RETURN VALUES")),
			errorCodes(strings.Join(codes, " "))) {
			faults = append(faults, page.file+": RETURN VALUES are not what the header has")
		}
	}
	for name := range functions {
		if named[name] != 1 {
			faults = append(faults, name+" is not named by exactly one page")
		}
	}
	return append(faults, strayReferences(pages, functions)...)
}

var (
	constant  = regexp.MustCompile(`\bSECRETS_[A-Z_]+\b`)
	reference = regexp.MustCompile(`(?m)^\.Xr (secrets\w*) ([37])`)
)

// strayReferences returns the constants and pages in the text that do not exist.
func strayReferences(pages []manPage, functions map[string]headerFunction) (faults []string) {
	header, _ := os.ReadFile(filepath.Join(testkit.Root, "include/secrets.h"))
	for _, page := range pages {
		text := regexp.MustCompile(`(?m)^\.Dt .*$`).ReplaceAllString(page.text, "")
		for _, name := range constant.FindAllString(text, -1) {
			if !regexp.MustCompile(`\b` + name + `\b`).Match(header) {
				faults = append(faults, page.file+": there is no "+name)
			}
		}
		for _, found := range reference.FindAllStringSubmatch(text, -1) {
			_, function := functions[found[1]]
			page7 := found[1] == "secrets" && found[2] == "7"
			if !function && !page7 {
				faults = append(faults, page.file+": there is no page "+found[1])
			}
		}
	}
	return faults
}

func TestManPagesSayWhatTheHeaderSays(t *testing.T) {
	assert.Empty(t, faults(t, manPages(t)))
}

// The control: each of these faults is noticed.
func TestManPagesThatDoNot(t *testing.T) {
	for before, after := range map[string]string{
		".Nm secrets_randbits ,":                   ".Nm secrets_randbit ,",
		`.Fn secrets_randbits "unsigned bits"`:     `.Fn secrets_randbits "int bits"`,
		".Fa \"const char *separator\"\n":          "",
		".Ft double\n.Fn secrets_password_entropy": ".Ft int\n.Fn secrets_password_entropy",
		".It Dv SECRETS_ENOSPC\nThe key":           ".It\nThe key",
		".Dv SECRETS_LOWERCASE ,":                  ".Dv SECRETS_LOWER ,",
		".Xr secrets_randbelow_big 3 ,":            ".Xr secrets_randbelow_large 3 ,",
	} {
		pages := manPages(t)
		for i := range pages {
			pages[i].text = strings.Replace(pages[i].text, before, after, 1)
		}
		require.NotEqual(t, manPages(t), pages, before)
		assert.NotEmpty(t, faults(t, pages), before)
	}
}

// complaints returns what mandoc and groff print about a page.
func complaints(t *testing.T, page manPage) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), page.file)
	testkit.Write(t, file, page.text)
	mandoc, _ := exec.CommandContext(t.Context(), "mandoc", "-Tlint", "-Wwarning",
		file).CombinedOutput()
	groff, err := exec.CommandContext(t.Context(), "groff", "-mdoc", "-ww", "-z", "-Tutf8",
		file).CombinedOutput()
	require.NoError(t, err)
	return string(mandoc) + string(groff)
}

func TestManPagesAreWellFormed(t *testing.T) {
	testkit.Run(t, "mandoc", "-Tlint", "-Wwarning", filepath.Join(testkit.Root, "man/secrets.7"))
	for _, page := range manPages(t) {
		assert.Empty(t, complaints(t, page), page.file)
	}
	// The control: a macro that does not exist.
	page := manPages(t)[0]
	page.text = strings.Replace(page.text, ".Nd ", ".No_such_macro ", 1)
	assert.NotEmpty(t, complaints(t, page))
}

// Every example is a whole program that compiles and runs unchanged. Those of the tool are commands
// (test/tool).
func TestManPagesHaveExamplesThatRun(t *testing.T) {
	display := regexp.MustCompile(`(?s)\.Bd -literal -offset indent\n(.*?)\.Ed\n`)
	for _, page := range manPages(t) {
		if strings.HasSuffix(page.file, ".1") {
			continue
		}
		examples := display.FindAllStringSubmatch(page.text, -1)
		require.NotEmpty(t, examples, page.file)
		for _, example := range examples {
			source := filepath.Join(t.TempDir(), "example.c")
			text := strings.ReplaceAll(example[1], `\e`, `\`)
			testkit.Write(t, source, text)
			testkit.Run(t, testkit.Compile(t, source), "8a5edab282632443219e051e4ade2d1d")
		}
	}
}

// declared returns the functions that the header declares.
func declared(t *testing.T) []string {
	return slices.Sorted(maps.Keys(headerFunctions(t)))
}
