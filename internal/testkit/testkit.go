// SPDX-License-Identifier: MIT

// Package testkit is what the packages in test share: where files are, and how to build, change,
// compile and run them.
package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// The checkout, and the libraries and the command-line tool under test.
var (
	Root    = checkout()
	Shared  = filepath.Join(Root, Build(), "libsecrets.so")
	Static  = filepath.Join(Root, Build(), "libsecrets.a")
	Command = filepath.Join(Root, Build(), "libsecrets")
)

func checkout() string {
	folder, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		if folder == filepath.Dir(folder) {
			break
		}
		folder = filepath.Dir(folder)
	}
	panic("the tests are run outside of the checkout")
}

// Build returns the build folder in the checkout, which the environment may set.
func Build() string {
	if folder := os.Getenv("BUILD"); folder != "" {
		return folder
	}
	return "build"
}

// Main builds the library and runs the tests, so that a plain `go test` never tests an old one.
// Packages that are tested at the same time build one after the other.
func Main(m *testing.M) {
	if err := makeAll(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	removeBuilds()
	os.Exit(status)
}

func makeAll() error {
	lock, err := os.Open(filepath.Join(Root, "Makefile"))
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	if out, err := exec.Command("make", "-s", "-C", Root, "all").CombinedOutput(); err != nil {
		return fmt.Errorf("%s\nmake: %w", out, err)
	}
	return nil
}
