// SPDX-License-Identifier: MIT

// Package languages tests the library from Ruby, Lua, PHP, Perl, Node and Java.
package languages

import (
	"testing"

	"libsecrets/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
