// SPDX-License-Identifier: MIT

// Package packaging tests what is built, installed and packed, as packagers and their users do.
package packaging

import (
	"testing"

	"libsecrets/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
