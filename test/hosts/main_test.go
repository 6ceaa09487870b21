// SPDX-License-Identifier: MIT

// Package hosts tests that the library changes nothing in its process beyond what is documented:
// in forked children, with threads, signal handlers, filters and limits.
package hosts

import (
	"testing"

	"libsecrets/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
