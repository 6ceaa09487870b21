// SPDX-License-Identifier: MIT

// Package platforms holds the library for other processors, C libraries and systems to the same cases.
package platforms

import (
	"testing"

	"libsecrets/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
