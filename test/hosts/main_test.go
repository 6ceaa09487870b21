// SPDX-License-Identifier: MIT

// Package hosts holds the built library to what it may do to the process that it is in: nothing, in
// forked children, threads, signal handlers, filters and limits.
package hosts

import (
	"testing"

	"libsecrets/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
