// SPDX-License-Identifier: MIT

package packaging

import (
	"os"
	"path/filepath"
	"testing"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A machine has a user, and a package manager that notes what it is called with, and installs
// commands that were not there, or nothing.
type machine struct{ folder string }

func newMachine(t *testing.T, user, installs string) machine {
	m := machine{t.TempDir()}
	for name, script := range map[string]string{
		"id":      "echo " + user,
		"apt-get": `cd "$(dirname "$0")" && echo "$@" >> log; ` + installs,
	} {
		path := filepath.Join(m.folder, name)
		require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o755))
	}
	return m
}

// call runs a command there, where the two compilers have names that nobody has.
func (m machine) call(t *testing.T, command ...string) (status int, stderr string) {
	path := "PATH=" + m.folder + ":" + os.Getenv("PATH")
	names := []string{path, "CC=no-cc -m64", "CXX=no-cxx", "-C", testkit.Root}
	status, _, stderr = testkit.Call(t, "env", append(names[3:],
		append(names[:3], command...)...)...)
	return status, stderr
}

func (m machine) log(t *testing.T) string {
	text, err := os.ReadFile(filepath.Join(m.folder, "log"))
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	return string(text)
}

const (
	ccMissing = "make: the command no-cc is missing: install it (package gcc libc6-dev on " +
		"Debian)\n"
	cxxMissing = "make: the command no-cxx is missing: install it (package g++ on Debian)\n"
	installing = "make: installing gcc libc6-dev g++\n"
	called     = "-q update\n-q -y install gcc libc6-dev g++\n"
)

// What is missing is installed by root, all of it at once, and only then. What cannot be installed
// is named, each in a sentence, and that is a failure.
func TestToolsAreInstalledOrNamed(t *testing.T) {
	const works = "cp id no-cc; cp id no-cxx"
	for name, c := range map[string]struct {
		user, installs string
		status         int
		stderr, log    string
	}{
		"root":          {"0", works, 0, installing, called},
		"another user":  {"1", works, 1, ccMissing + cxxMissing, ""},
		"no network":    {"0", "exit 100", 1, installing + ccMissing + cxxMissing, "-q update\n"},
		"wrong package": {"0", "cp id no-cc", 1, installing + cxxMissing, called},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, c.user, c.installs)
			status, stderr := m.call(t, "sh", "packaging/tools.sh", "cc", "python", "cxx")
			assert.Equal(t, c.status, status)
			assert.Equal(t, c.stderr, stderr)
			assert.Equal(t, c.log, m.log(t))
		})
	}
}

func TestToolsThatAreThereAreLeft(t *testing.T) {
	m := newMachine(t, "0", "exit 100")
	status, stderr := m.call(t, "env", "CC=sh -e", "sh", "packaging/tools.sh", "cc", "go", "python")
	assert.Zero(t, status)
	assert.Empty(t, stderr)
	assert.Empty(t, m.log(t))
}

func TestUnknownToolIsAFailure(t *testing.T) {
	m := newMachine(t, "0", "true")
	status, stderr := m.call(t, "sh", "packaging/tools.sh", "cc", "nothing")
	assert.NotZero(t, status)
	assert.Equal(t, "make: no tool is called 'nothing'\n", stderr)
	assert.Empty(t, m.log(t))
}

// No tool is a target: what make is told to make by mistake, it does not install.
func TestMakeInstallsNoToolByItsName(t *testing.T) {
	m := newMachine(t, "0", "true")
	for _, name := range []string{"cc", "cmake", "go", "python", "valgrind", "languages"} {
		status, stderr := m.call(t, "make", name)
		assert.NotZero(t, status)
		assert.Contains(t, stderr, "No rule to make target '"+name+"'")
	}
	assert.Empty(t, m.log(t))
}
