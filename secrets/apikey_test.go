// SPDX-License-Identifier: MIT

package secrets

import (
	"hash/crc32"
	"math"
	"math/big"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const digits62 = Digits + Uppercase + Lowercase

// checksumOf returns the checksum by the definition in docs/api-keys.md, not by the code under
// test.
func checksumOf(text string) string {
	text62 := big.NewInt(int64(crc32.ChecksumIEEE([]byte(text)))).Text(62)
	// math/big puts the lower-case letters first.
	swapped := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		}
		return r
	}, text62)
	return strings.Repeat("0", 6-len(swapped)) + swapped
}

// A scripted draw of each digit: the body has them in order, and the checksum is right.
func TestAPIKeyIsItsDraws(t *testing.T) {
	var bases, digits []uint64
	for i := range uint64(62) {
		bases, digits = append(bases, 62), append(digits, i)
	}
	s := scripted(t, scriptFor(digits, bases))
	got, err := APIKey("key_1", 46)
	require.NoError(t, err)
	require.Empty(t, s.bytes)
	require.Equal(t, "key_1_"+digits62+checksumOf("key_1_"+digits62), got)
	require.True(t, APIKeyValid(got))
}

// The body has the fewest digits that hold the bits of so many bytes.
func TestAPIKeyBodyIsTheShortest(t *testing.T) {
	for n := range 3000 {
		m := int(base62Len(uint(n)))
		bytes := new(big.Int).Lsh(big.NewInt(1), uint(8*n))
		enough := new(big.Int).Exp(big.NewInt(62), big.NewInt(int64(m)), nil)
		require.GreaterOrEqual(t, enough.Cmp(bytes), 0, "%d bytes", n)
		if n > 0 {
			require.Negative(t, enough.Quo(enough, big.NewInt(62)).Cmp(bytes), "%d bytes", n)
		}
		got, err := APIKeyLen("ab", n)
		require.NoError(t, err)
		require.Equal(t, 3+m+6, got)
	}
}

func someKeys(t *testing.T) []string {
	var keys []string
	for _, prefix := range []string{"a", "my_shop", "Z9__", strings.Repeat("x", 32)} {
		for _, nbytes := range []int{0, 1, 16, 32} {
			key, err := APIKey(prefix, nbytes)
			require.NoError(t, err)
			require.True(t, APIKeyValid(key), key)
			keys = append(keys, key)
		}
	}
	return keys
}

func TestAPIKeyValidRejectsEveryChange(t *testing.T) {
	for _, key := range someKeys(t) {
		for i := range key {
			for c := range 256 {
				if changed := key[:i] + string([]byte{byte(c)}) + key[i+1:]; changed != key {
					require.False(t, APIKeyValid(changed), "%q for %q", changed, key)
				}
			}
			if i > 0 && key[i] != key[i-1] {
				swapped := key[:i-1] + string([]byte{key[i], key[i-1]}) + key[i+1:]
				require.False(t, APIKeyValid(swapped), "%q for %q", swapped, key)
			}
		}
	}
}

// A CRC detects any change within 32 bits: so a change of one character and an exchange of
// neighbours before the checksum. A change within the checksum changes its value. What remains is
// the exchange of the body's last digit x and the checksum's first digit c, which is at most 4,
// as a checksum is below 2^32. Let v be the checksum, and m the change of the CRC when c replaces
// x. The exchanged key would be valid if the new checksum, v + (x-c)*62^5, were v^m. As v^m - v =
// m - 2*(v&m), the bits of (m - (x-c)*62^5) / 2 would all have to be in m, which they never are.
func TestAPIKeyExchangeAcrossTheChecksumIsNoticed(t *testing.T) {
	for x := range int64(5) {
		for c := range int64(5) {
			if x == c {
				continue
			}
			zero := crc32.ChecksumIEEE([]byte{0})
			m := int64(crc32.ChecksumIEEE([]byte{byte('0'+x) ^ byte('0'+c)}) ^ zero)
			twice := m - (x-c)*62*62*62*62*62
			require.False(t, twice >= 0 && twice%2 == 0 && twice/2&^m == 0, "%d %d", x, c)
		}
	}
}

func TestAPIKeyValidRejectsOtherForms(t *testing.T) {
	for _, text := range []string{
		"", "_", "a", "a_", "a_00000", "_000000", "000000", "a000000", "9_000000", "é_000000",
		strings.Repeat("a", 33) + "_000000", "a b_000000", "a_ 000000", "a_-000000", "a_é000000",
	} {
		body := max(0, len(text)-6)
		require.False(t, APIKeyValid(text), text)
		require.False(t, APIKeyValid(text[:body]+checksumOf(text[:body])),
			"%s, with its checksum", text)
	}
}

// Random bytes, and random characters of keys: whatever is accepted has the right checksum.
func TestAPIKeyValidAcceptsAnyBytes(t *testing.T) {
	for n := range 200 {
		for i := range 100 {
			b := make([]byte, n)
			FillTokenBytes(b)
			for j := range b {
				if i%2 == 0 {
					b[j] = "aZ09_"[b[j]%5]
				}
			}
			if text := string(b); APIKeyValid(text) {
				require.Equal(t, checksumOf(text[:n-6]), text[n-6:])
			}
		}
	}
}

func TestAPIKeyRejects(t *testing.T) {
	nothing(t)
	for _, c := range []struct {
		prefix string
		nbytes int
		want   error
	}{
		{"", 32, errPrefix}, {"_a", 32, errPrefix}, {"9a", 32, errPrefix}, {"a-b", 32, errPrefix},
		{"a b", 32, errPrefix},
		{"é", 32, errPrefix}, {"a\x00", 32, errPrefix}, {strings.Repeat("a", 33), 32, errPrefix},
		{"a[", 1, errPrefix},
		{"a`", 1, errPrefix}, {"a{", 1, errPrefix}, {"a@", 1, errPrefix}, {"a/", 1, errPrefix},
		{"a:", 1, errPrefix},
		{"a", -1, errNegative}, {"a", math.MaxInt, ErrShortBuffer},
		{"a", math.MaxInt / 4 * 3, ErrShortBuffer},
	} {
		dst := []byte("untouched")
		_, err := APIKey(c.prefix, c.nbytes)
		require.Equal(t, c.want, err, "%v", c)
		_, err = FillAPIKey(dst, c.prefix, c.nbytes)
		require.Equal(t, c.want, err, "%v", c)
		require.Equal(t, "untouched", string(dst))
	}
	dst := []byte(strings.Repeat("#", 52))
	_, err := FillAPIKey(dst[:50], "a", 32)
	require.ErrorIs(t, err, ErrShortBuffer)
	require.Equal(t, strings.Repeat("#", 52), string(dst))
}

func TestFillAPIKeyStaysInItsPlace(t *testing.T) {
	for _, room := range []int{57, 60} {
		dst := []byte(strings.Repeat("#", room))
		n, err := FillAPIKey(dst, "my_shop", 32)
		require.NoError(t, err)
		assert.True(t, APIKeyValid(string(dst[:n])))
		assert.Equal(t, strings.Repeat("#", room-n), string(dst[n:]))
	}
}

func apiKeyPage(t *testing.T) string {
	page, err := os.ReadFile("../docs/api-keys.md")
	require.NoError(t, err)
	return string(page)
}

func TestAPIKeyPageVectors(t *testing.T) {
	vectors := regexp.MustCompile("(?m)^\\| `(\\S+)` \\| (valid|invalid)").
		FindAllStringSubmatch(apiKeyPage(t), -1)
	require.Len(t, vectors, 11)
	for _, vector := range vectors {
		require.Equal(t, vector[2] == "valid", APIKeyValid(vector[1]), vector[1])
	}
}

// leaks returns texts with a key in them, as they are found.
func leaks(t *testing.T, key string) (texts []string) {
	file, err := os.ReadFile("../test/vectors/leaks.txt")
	require.NoError(t, err)
	for text := range strings.Lines(string(file)) {
		texts = append(texts, strings.ReplaceAll(text, "KEY", key))
	}
	require.GreaterOrEqual(t, len(texts), 30)
	return texts
}

// The rules of the page find the key and nothing else, wherever it leaks. With \b they do not.
func TestAPIKeyPageRules(t *testing.T) {
	key, err := APIKey("my_shop", 32)
	require.NoError(t, err)
	rules := regexp.MustCompile(`my_shop_\[.*\}`).FindAllString(apiKeyPage(t), -1)
	require.Len(t, rules, 2)
	missed := 0
	for _, text := range leaks(t, key) {
		for _, rule := range rules {
			found := slices.Compact(regexp.MustCompile(rule).FindAllString(text, -1))
			require.Equal(t, []string{key}, found, text)
		}
		if !regexp.MustCompile(`\b` + rules[0] + `\b`).MatchString(text) {
			missed++
		}
	}
	require.Greater(t, missed, 10)
}

// Every beginning and every end around an underscore: one of them is the key.
func TestAPIKeyPageAnyPrefix(t *testing.T) {
	prefix, digits := regexp.MustCompile(`\w{1,32}$`), regexp.MustCompile(`^_[0-9A-Za-z]{6,}`)
	for _, key := range someKeys(t) {
		for _, text := range leaks(t, key) {
			found := false
			for i := range text {
				before, after := prefix.FindString(text[:i]), digits.FindString(text[i:])
				for start := range before {
					for end := range after {
						found = found || before[start:]+after[:end+1] == key
					}
				}
			}
			require.True(t, found, "%s in %s", key, text)
		}
	}
}
