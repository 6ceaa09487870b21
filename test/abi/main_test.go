// SPDX-License-Identifier: MIT

// Package abi compares the built library with what programs are compiled against and linked with:
// the header, its functions, symbols, manual pages and documents.
package abi

import (
	"testing"

	"libsecrets/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
