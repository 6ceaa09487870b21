// SPDX-License-Identifier: MIT

package secrets_test

import (
	"bytes"
	"fmt"
	"math/big"
	"math/rand/v2"

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

// A thousand invitation codes in one call, a line each.
func ExampleFillTokenURLSafeBatch() {
	lines := make([]byte, 1000*23)
	n, err := secrets.FillTokenURLSafeBatch(lines, 16, 1000, '\n')
	if err != nil {
		panic(err)
	}
	fmt.Println(n, bytes.Count(lines, []byte{'\n'}))
	// Output: 23000 1000
}

func ExampleFillRandBelow() {
	rolls := make([]uint64, 1000)
	if err := secrets.FillRandBelow(rolls, 6); err != nil {
		panic(err)
	}
	fmt.Println(rolls[0] < 6, rolls[999] < 6)
	// Output: true true
}

func ExampleRandBelowBig() {
	bound := new(big.Int).Exp(big.NewInt(10), big.NewInt(100), nil)
	n, err := secrets.RandBelowBig(bound)
	if err != nil {
		panic(err)
	}
	fmt.Println(n.Cmp(bound))
	// Output: -1
}

func ExampleRandBitsBig() {
	fmt.Println(secrets.RandBitsBig(256).BitLen() <= 256)
	// Output: true
}

func ExampleChoice() {
	side, err := secrets.Choice([]string{"heads", "tails"})
	if err != nil {
		panic(err)
	}
	fmt.Println(side == "heads" || side == "tails")
	// Output: true
}

// A password of eight letters and digits.
func ExampleChoices() {
	const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	password, err := secrets.Choices([]byte(alphabet), 8)
	if err != nil {
		panic(err)
	}
	fmt.Println(len(password))
	// Output: 8
}

func ExampleShuffle() {
	deck := make([]int, 52)
	for i := range deck {
		deck[i] = i
	}
	secrets.Shuffle(deck)
	fmt.Println(len(deck))
	// Output: 52
}

// Three different winners, in the order of their prizes.
func ExampleSample() {
	winners, err := secrets.Sample([]string{"Ada", "Alan", "Edsger", "Grace", "Ken"}, 3)
	if err != nil {
		panic(err)
	}
	fmt.Println(len(winners))
	// Output: 3
}

// Every distribution of math/rand/v2, from the operating system's generator.
func ExampleSystemRandom() {
	r := rand.New(secrets.SystemRandom{})
	fmt.Println(r.ExpFloat64() >= 0, len(r.Perm(10)))
	_ = r.NormFloat64()
	// Output: true 10
}

func ExampleCompareDigest() {
	stored := []byte("mA7dQ0Zr2n")
	fmt.Println(secrets.CompareDigest([]byte("mA7dQ0Zr2n"), stored))
	fmt.Println(secrets.CompareDigest([]byte("mA7dQ0Zr2N"), stored))
	// Output:
	// true
	// false
}
