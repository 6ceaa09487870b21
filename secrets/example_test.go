// SPDX-License-Identifier: MIT

package secrets_test

import (
	"fmt"

	"libsecrets/secrets"
)

func Example() {
	token, err := secrets.TokenURLSafe(secrets.DefaultEntropy)
	if err != nil {
		panic(err)
	}
	link := "https://example.org/reset?token=" + token
	fmt.Println(len(token), len(link))
	// Output: 43 75
}

func ExampleTokenHex() {
	token, err := secrets.TokenHex(16)
	if err != nil {
		panic(err)
	}
	fmt.Println(len(token))
	// Output: 32
}

// A buffer that is used again needs no allocation, and can be wiped.
func ExampleFillTokenHex() {
	var buffer [64]byte
	n, err := secrets.FillTokenHex(buffer[:], secrets.DefaultEntropy)
	if err != nil {
		panic(err)
	}
	fmt.Println(n)
	secrets.Wipe(buffer[:])
	// Output: 64
}

func ExampleRandBelow() {
	die, err := secrets.RandBelow(6)
	if err != nil {
		panic(err)
	}
	fmt.Println(die < 6)
	// Output: true
}

func ExampleRandRange() {
	offset, err := secrets.RandRange(-10, 10)
	if err != nil {
		panic(err)
	}
	fmt.Println(-10 <= offset && offset < 10)
	// Output: true
}

func ExampleCompareDigest() {
	stored := []byte("mA7dQ0Zr2n")
	fmt.Println(secrets.CompareDigest([]byte("mA7dQ0Zr2n"), stored))
	fmt.Println(secrets.CompareDigest([]byte("mA7dQ0Zr2N"), stored))
	// Output:
	// true
	// false
}
