// SPDX-License-Identifier: MIT

package secrets_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"

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

// A buffer that is reused needs no allocation, and can be wiped.
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

// A thousand invitation codes in one call, one per line.
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

// Three distinct winners, in the order of their prizes.
func ExampleSample() {
	winners, err := secrets.Sample([]string{"Ada", "Alan", "Edsger", "Grace", "Ken"}, 3)
	if err != nil {
		panic(err)
	}
	fmt.Println(len(winners))
	// Output: 3
}

// The distributions of math/rand/v2, with randomness from the operating system.
func ExampleSystemRandom() {
	r := rand.New(secrets.SystemRandom{})
	fmt.Println(r.ExpFloat64() >= 0, len(r.Perm(10)))
	_ = r.NormFloat64()
	// Output: true 10
}

// Eight letters and digits.
func ExamplePassword() {
	password, err := secrets.Password(8)
	if err != nil {
		panic(err)
	}
	fmt.Println(len(password))
	// Output: 8
}

// Ten letters and digits with at least one lower-case letter, one upper-case
// letter and three digits.
func ExamplePassword_policy() {
	policy := []secrets.Class{{secrets.Lowercase, 1}, {secrets.Uppercase, 1}, {secrets.Digits, 3}}
	password, err := secrets.Password(10, policy...)
	if err != nil {
		panic(err)
	}
	bits, err := secrets.PasswordEntropy(10, policy...)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%d characters, %.1f bits\n", len(password), bits)
	// Output: 10 characters, 57.3 bits
}

// The least number of characters that are as hard to guess as a token of 16 bytes: where people
// copy them by hand.
func ExamplePasswordLength() {
	class := secrets.Class{Characters: secrets.Unambiguous}
	length, err := secrets.PasswordLength(128, class)
	if err != nil {
		panic(err)
	}
	fmt.Println(length)
	// Output: 23
}

// Four words, as in https://xkcd.com/936.
func ExamplePassphrase() {
	phrase, err := secrets.Passphrase(4, " ", nil)
	if err != nil {
		panic(err)
	}
	bits := secrets.PassphraseEntropy(4, 0)
	fmt.Printf("%d words, %.1f bits\n", len(strings.Fields(phrase)), bits)
	// Output: 4 words, 51.7 bits
}

// What many sites demand: capital letters, a digit and other characters.
func ExampleStyle() {
	style := secrets.Style{Capitalize: true, Digit: true, Separators: []string{"-", "_", ".", "+"}}
	phrase, err := style.Passphrase(5, nil) // such as "Ocean_Tacky.Unwed3-Cupid+Sly"
	if err != nil {
		panic(err)
	}
	bits, err := style.PassphraseEntropy(5, 0)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%t, %.1f bits\n", strings.ContainsAny(phrase, secrets.Digits), bits)
	// Output: true, 78.3 bits
}

// The number of words for which an attacker needs a million years on average, who has a hash of
// the passphrase and makes 1e12 guesses per second.
func ExamplePassphraseWords() {
	bits, err := secrets.NeededEntropy(1e12, 1e6, 0.5)
	if err != nil {
		panic(err)
	}
	nwords, err := secrets.PassphraseWords(bits, 0)
	if err != nil {
		panic(err)
	}
	fmt.Println(nwords)
	// Output: 7
}

// The number of bytes in a token that is found with a probability of at most one in a million, at
// a million guesses per second for a hundred years.
func ExampleNeededEntropy() {
	bits, err := secrets.NeededEntropy(1e6, 100, 1e-6)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.1f bits, %d bytes\n", bits, int(math.Ceil(bits/8)))
	// Output: 71.4 bits, 9 bytes
}

// A link for a password reset, with a token that cannot be guessed.
func ExampleTokenURLSafe() {
	token, err := secrets.TokenURLSafe(secrets.DefaultEntropy)
	if err != nil {
		panic(err)
	}
	link, err := url.Parse("https://example.org/reset?token=" + token)
	if err != nil {
		panic(err)
	}
	fmt.Println(link.Host, link.Query().Get("token") == token)
	// Output: example.org true
}

// A session cookie that scripts cannot read and other sites cannot send.
func ExampleTokenURLSafe_cookie() {
	token, err := secrets.TokenURLSafe(secrets.DefaultEntropy)
	if err != nil {
		panic(err)
	}
	cookie := http.Cookie{
		Name: "__Host-session", Value: token, Path: "/", MaxAge: 3600,
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
	fmt.Println(cookie.Valid(), len(cookie.Value))
	// Output: <nil> 43
}

// The server stores a hash of the key. It checks the form of a key in a request first, which
// detects typing errors, and then compares in constant time.
func ExampleAPIKey() {
	key, err := secrets.APIKey("my_shop", secrets.DefaultEntropy)
	if err != nil {
		panic(err)
	}
	stored := sha256.Sum256([]byte(key))

	accept := func(given string) bool {
		hash := sha256.Sum256([]byte(given))
		return secrets.APIKeyValid(given) && secrets.CompareDigest(hash[:], stored[:])
	}
	fmt.Println(accept(key), accept(key+"x"))
	// Output: true false
}

func ExampleCompareDigest() {
	stored := []byte("mA7dQ0Zr2n")
	fmt.Println(secrets.CompareDigest([]byte("mA7dQ0Zr2n"), stored))
	fmt.Println(secrets.CompareDigest([]byte("mA7dQ0Zr2N"), stored))
	// Output:
	// true
	// false
}
