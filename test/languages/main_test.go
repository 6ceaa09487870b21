// SPDX-License-Identifier: MIT

// Package languages holds the library to its use from Ruby, Lua, PHP, Perl, Node and Java.
package languages

import (
	"testing"

	"libsecrets/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
