// SPDX-License-Identifier: MIT

package testkit

import (
	"debug/elf"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

var glibc = regexp.MustCompile(`^GLIBC_2\.(\d+)(\.\d+)*$`)

// NotInGlibc returns what a library needs that glibc 2.minor does not have: symbols with their
// versions, and versions that no symbol has, such as GLIBC_ABI_DT_RELR.
func NotInGlibc(t *testing.T, library string, minor int) (missing []string) {
	t.Helper()
	file, err := elf.Open(library)
	require.NoError(t, err)
	defer file.Close()
	symbols, err := file.ImportedSymbols()
	require.NoError(t, err)
	require.NotEmpty(t, symbols)
	named := map[string]bool{}
	for _, s := range symbols {
		if named[s.Version] = true; s.Version != "" && !isInGlibc(s.Version, minor) {
			missing = append(missing, s.Name+"@"+s.Version)
		}
	}
	needs, err := file.DynamicVersionNeeds()
	require.NoError(t, err)
	for _, library := range needs {
		for _, v := range library.Needs {
			if !named[v.Dep] && !isInGlibc(v.Dep, minor) {
				missing = append(missing, v.Dep)
			}
		}
	}
	return missing
}

func isInGlibc(version string, minor int) bool {
	match := glibc.FindStringSubmatch(version)
	if match == nil {
		return false
	}
	number, err := strconv.Atoi(match[1])
	return err == nil && number <= minor
}
