// SPDX-License-Identifier: MIT

// Package packaging holds what is built, installed and packed to what packagers and their users expect.
package packaging

import (
	"testing"

	"libsecrets/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
