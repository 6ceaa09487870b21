// SPDX-License-Identifier: MIT

// Package platforms runs the same cases with libraries for other processors, C libraries and
// systems.
package platforms

import (
	"testing"

	"libsecrets/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
