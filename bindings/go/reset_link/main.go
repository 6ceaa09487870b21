// SPDX-License-Identifier: MIT

// Reset_link prints a link for a password reset.
package main

import (
	"fmt"

	"libsecrets/secrets"
)

func main() {
	token, err := secrets.TokenURLSafe(secrets.DefaultEntropy)
	if err != nil {
		panic(err)
	}
	fmt.Println("https://example.org/reset?token=" + token)
}
