// SPDX-License-Identifier: MIT

package claims

import (
	"testing"

	"libsecrets/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }
