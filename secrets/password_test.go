// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// satisfies reports whether password meets the policy, without the code under test.
func satisfies(password string, length int, classes []Class) bool {
	if !utf8.ValidString(password) || utf8.RuneCountInString(password) != length {
		return false
	}
	total := 0
	for _, class := range classes {
		n := 0
		for _, r := range password {
			if strings.ContainsRune(class.Characters, r) {
				n++
			}
		}
		if n < class.Min {
			return false
		}
		total += n
	}
	return total == length
}

// allPasswords calls do with every string of length characters that meets the policy.
func allPasswords(length int, classes []Class, do func(string)) {
	var alphabet []rune
	for _, class := range classes {
		alphabet = append(alphabet, []rune(class.Characters)...)
	}
	bases := make([]uint64, length)
	for i := range bases {
		bases[i] = uint64(len(alphabet))
	}
	enumerate(bases, func(digits []uint64) {
		var b strings.Builder
		for _, digit := range digits {
			b.WriteRune(alphabet[digit])
		}
		if satisfies(b.String(), length, classes) {
			do(b.String())
		}
	})
}

var smallPolicies = []struct {
	length  int
	classes []Class
}{
	{3, []Class{{"ab", 1}, {"1", 1}}},
	{3, []Class{{"ab", 0}, {"1", 2}}},
	{4, []Class{{"ab", 1}, {"12", 1}, {"é✓", 0}}},
	{4, []Class{{"a", 1}, {"b", 1}, {"c", 1}, {"d", 0}}},
	{4, []Class{{"a", 2}, {"é😀", 2}}},
	{5, []Class{{"ab", 0}, {"cd", 0}, {"1", 4}}},
	{2, []Class{{"ab", 0}, {"cd", 0}}},
	{2, []Class{{"abc", 2}}},
	{1, []Class{{"a", 0}, {"b", 1}}},
}

// Every string that meets the policy has the same probability. All draws of the numbers of
// characters are tried, and for each number one of them is scripted. All draws after it are
// enumerated, and their outcomes divide the share of the numbers evenly.
func TestPasswordMakesEachThatSatisfies(t *testing.T) {
	for _, c := range smallPolicies {
		want := map[string]bool{}
		allPasswords(c.length, c.classes, func(password string) { want[password] = true })
		var p policy
		require.NoError(t, p.set(c.length, c.classes))
		got := newTally()
		p.eachSharing(t, func(script []byte, counts []int, share *big.Rat) {
			times := passwordsFor(t, c.length, c.classes, &p, script, counts)
			ways := 0
			for _, n := range times {
				ways += n
			}
			for password, n := range times {
				require.True(t, want[password], "%q for %v", password, c)
				got.weigh(password, n, new(big.Rat).Mul(share, big.NewRat(int64(n), int64(ways))))
			}
		})
		got.requireUniform(t, len(want), "%v", c)
	}
}

// eachSharing calls do with a script for each way to distribute the places among the groups, the
// number of places of each group, and the product of their shares of the draws.
func (p *policy) eachSharing(t *testing.T, do func(script []byte, counts []int, share *big.Rat)) {
	plan := newPlan(p.shape)
	var next func(g, l int, script []byte, counts []int, share *big.Rat)
	next = func(g, l int, script []byte, counts []int, share *big.Rat) {
		counts = counts[:len(counts):len(counts)]
		if l == 0 || g >= p.groups-1 {
			do(script, append(counts, l), share)
			return
		}
		all := plan.ways(g, l).big().Int64()
		for n, ways := range plan.eachWay(t, g, l, all) {
			script := append(script[:len(script):len(script)],
				wayFor(plan.ways(g, l), ways.last)...)
			next(g+1, l-n, script, append(counts, n),
				new(big.Rat).Mul(share, big.NewRat(ways.number, all)))
		}
	}
	next(0, p.length, nil, nil, big.NewRat(1, 1))
}

// The ways that lead to a number of characters.
type tried struct {
	number int64
	last   *big.Int
}

// eachWay tries all ways to fill l places from group g on.
func (p *plan) eachWay(t *testing.T, g, l int, all int64) map[int]tried {
	ways := map[int]tried{}
	for way := range all {
		last := big.NewInt(way)
		n := countOf(t, p, g, l, last)
		ways[n] = tried{ways[n].number + 1, last}
	}
	return ways
}

// passwordsFor counts the passwords that result from a script for the numbers, over all outcomes
// of the draws after it.
func passwordsFor(t *testing.T, length int, classes []Class, p *policy, script []byte,
	counts []int) map[string]int {
	var order []uint64
	if p.counted() {
		order = bases(length)
	}
	times := map[string]int{}
	enumerate(order, func(digits []uint64) {
		shuffled := append(script[:len(script):len(script)], scriptFor(digits, order)...)
		characters := p.charactersAfter(t, digits, order, counts)
		enumerate(characters, func(digits []uint64) {
			s := scripted(t, append(shuffled[:len(shuffled):len(shuffled)],
				scriptFor(digits, characters)...))
			password, err := Password(length, classes...)
			require.NoError(t, err)
			require.Empty(t, s.bytes)
			times[password]++
		})
	})
	return times
}

// charactersAfter returns the sizes of the groups of the places, in the order that a shuffle by
// these digits makes.
func (p *policy) charactersAfter(t *testing.T, digits, order []uint64, counts []int) []uint64 {
	var sizes []uint64
	for g, n := range counts {
		for range n {
			sizes = append(sizes, uint64(p.sizes[g]))
		}
	}
	if len(order) > 0 {
		scripted(t, scriptFor(digits, order))
		Shuffle(sizes)
	}
	return sizes
}

// The entropy is that of the number of strings, which are enumerated.
func TestPasswordEntropyCountsAll(t *testing.T) {
	for _, c := range smallPolicies {
		n := 0
		allPasswords(c.length, c.classes, func(string) { n++ })
		got, err := PasswordEntropy(c.length, c.classes...)
		require.NoError(t, err)
		require.InDelta(t, math.Log2(float64(n)), got, 1e-9, "%v", c)
	}
}

// For policies with too many strings, it is that of the exact number.
func TestPasswordEntropyIsExact(t *testing.T) {
	for _, s := range shapes {
		classes, next := []Class{}, rune(0)
		for g := range s.groups {
			var b strings.Builder
			for range s.sizes[g] {
				b.WriteRune(next)
				if next++; next == 0xd800 {
					next = 0xe000 // after the surrogates
				}
			}
			classes = append(classes, Class{b.String(), s.mins[g]})
		}
		_, ways := s.weights(0, s.length)
		mantissa := new(big.Float).SetInt(ways)
		exponent := mantissa.MantExp(mantissa)
		fraction, _ := mantissa.Float64()
		got, err := PasswordEntropy(s.length, classes...)
		require.NoError(t, err)
		require.InDelta(t, float64(exponent)+math.Log2(fraction), got, 1e-9, "%v", s)
	}
}

func TestPasswordEntropyOfLettersAndDigits(t *testing.T) {
	for _, length := range []int{0, 1, 8, 16, 100_000} {
		got, err := PasswordEntropy(length)
		require.NoError(t, err)
		assert.InDelta(t, float64(length)*math.Log2(62), got, 1e-9)
	}
}

// The rarest: of 16^16 strings only 16! meet the policy.
func TestPasswordThatIsHardToMeet(t *testing.T) {
	var classes []Class
	for _, c := range Lowercase[:16] {
		classes = append(classes, Class{string(c), 1})
	}
	for range 100 {
		password, err := Password(16, classes...)
		require.NoError(t, err)
		require.True(t, satisfies(password, 16, classes), password)
	}
	password, err := Password(256, Class{"a", 255}, Class{Digits, 0})
	require.NoError(t, err)
	require.GreaterOrEqual(t, strings.Count(password, "a"), 255)
}

func TestLongestPasswordOfSixteenClasses(t *testing.T) {
	var classes []Class
	const characters = "abc def ghi jkl mno pqr stu vwx ABC DEF GHI JKL é ✓ 😀 0123456789"
	for i, class := range strings.Fields(characters) {
		classes = append(classes, Class{Characters: class, Min: 2 * i})
	}
	require.Len(t, classes, 16)
	password, err := Password(256, classes...)
	require.NoError(t, err)
	require.True(t, satisfies(password, 256, classes))
}

// Everything in the buffer but the password is zero or unchanged.
func TestFillPasswordStaysInItsPlace(t *testing.T) {
	for _, c := range smallPolicies {
		size, err := PasswordLen(c.length, c.classes...)
		require.NoError(t, err)
		for i := range 50 {
			behind := "###"[i%4:]
			dst := []byte(strings.Repeat("#", size) + behind)
			n, err := FillPassword(dst, c.length, c.classes...)
			require.NoError(t, err)
			require.True(t, satisfies(string(dst[:n]), c.length, c.classes))
			require.Equal(t, strings.Repeat("\x00", size-n)+behind, string(dst[n:]))
		}
		t.Run("short", func(t *testing.T) {
			nothing(t)
			dst := []byte(strings.Repeat("#", size-1))
			_, err = FillPassword(dst, c.length, c.classes...)
			require.ErrorIs(t, err, ErrShortBuffer)
			require.Equal(t, strings.Repeat("#", size-1), string(dst))
		})
	}
}

// PasswordLen is the length of the longest password.
func TestPasswordLen(t *testing.T) {
	for _, c := range smallPolicies {
		longest := 0
		allPasswords(c.length, c.classes, func(password string) {
			longest = max(longest, len(password))
		})
		got, err := PasswordLen(c.length, c.classes...)
		require.NoError(t, err)
		require.Equal(t, longest, got, "%v", c)
	}
}

func TestPasswordRejects(t *testing.T) {
	nothing(t)
	seventeen := make([]Class, 17)
	for i := range seventeen {
		seventeen[i].Characters = string(rune('a' + i))
	}
	for name, c := range map[string]struct {
		length  int
		classes []Class
		want    error
	}{
		"a negative length":               {-1, nil, errLength},
		"a character twice in a class":    {8, []Class{{"aba", 0}}, errRepeated},
		"a character twice across":        {8, []Class{{"abc", 1}, {"cde", 1}}, errRepeated},
		"é twice in a class":              {8, []Class{{"éaé", 0}}, errRepeated},
		"é twice across":                  {8, []Class{{"é", 1}, {"aé", 0}}, errRepeated},
		"ASCII twice, in UTF-8 and alone": {8, []Class{{"éa", 1}, {"a", 0}}, errRepeated},
		"ASCII twice in UTF-8":            {8, []Class{{"aéa", 1}}, errRepeated},
		"invalid UTF-8":                   {8, []Class{{"a\xff", 0}}, errUTF8},
		"a byte behind ASCII":             {8, []Class{{"a\x80", 0}}, errUTF8},
		"a surrogate":                     {8, []Class{{"\xed\xa0\x80", 0}}, errUTF8},
		"half a character":                {8, []Class{{"✓"[:2], 1}}, errUTF8},
		"an empty class with a minimum":   {8, []Class{{"", 1}, {"a", 0}}, errNoCharacter},
		"only empty classes":              {8, []Class{{"", 0}, {"", 0}}, errNoCharacter},
		"minimums over the length":        {4, []Class{{"ab", 2}, {"cd", 3}}, errMinimums},
		"minimums that overflow": {4, []Class{{"ab", math.MaxInt}, {"cd", math.MaxInt}},
			errMinimums},
		"a negative minimum":         {4, []Class{{"ab", -1}}, errMinimums},
		"seventeen classes":          {8, seventeen, errClasses},
		"more than can be counted":   {257, []Class{{"a", 1}, {"b", 0}}, errTooLong},
		"more than fits into memory": {math.MaxInt, []Class{{"é", 0}}, ErrShortBuffer},
		"as a minimum, too":          {1 << 62, []Class{{"😀", 1 << 62}}, ErrShortBuffer},
		"the largest int":            {math.MaxInt, nil, ErrShortBuffer},
		"more than an int":           {math.MaxInt, []Class{{"😀", 0}}, ErrShortBuffer},
	} {
		dst := []byte(strings.Repeat("#", 100))
		_, err := Password(c.length, c.classes...)
		require.Equal(t, c.want, err, name)
		_, err = FillPassword(dst, c.length, c.classes...)
		require.Equal(t, c.want, err, name)
		require.Equal(t, strings.Repeat("#", 100), string(dst), name)
		_, err = PasswordLen(c.length, c.classes...)
		require.Equal(t, c.want, err, name)
		_, err = PasswordEntropy(c.length, c.classes...)
		require.Equal(t, c.want, err, name)
	}
}

func TestEmptyPassword(t *testing.T) {
	nothing(t)
	for _, classes := range [][]Class{nil, {}, {{"", 0}}, {{"abc", 0}}, {{"a", 0}, {"b", 0}}} {
		password, err := Password(0, classes...)
		require.NoError(t, err)
		require.Empty(t, password)
		bits, err := PasswordEntropy(0, classes...)
		require.NoError(t, err)
		require.Zero(t, bits)
	}
}

// Empty classes without a minimum change nothing.
func TestPasswordSkipsEmptyClasses(t *testing.T) {
	password, err := Password(50, Class{"", 0}, Class{"a", 1}, Class{"", 0}, Class{"b", 0},
		Class{"", 0})
	require.NoError(t, err)
	require.True(t, satisfies(password, 50, []Class{{"a", 1}, {"b", 0}}))
}

// The constants contain what Python's do.
func TestClassesOfCharacters(t *testing.T) {
	all := ""
	for c := byte(33); c < 127; c++ {
		all += string(rune(c))
	}
	for _, c := range []byte(all) {
		in := 0
		for _, class := range []string{Lowercase, Uppercase, Digits, Punctuation} {
			in += strings.Count(class, string(rune(c)))
		}
		require.Equal(t, 1, in, "%c", c)
	}
	assert.Len(t, Lowercase+Uppercase+Digits+Punctuation, len(all))
}

// All letters and digits but those that look alike.
func TestUnambiguous(t *testing.T) {
	left := Lowercase + Uppercase + Digits
	for _, c := range "0Oo1lI2Z5S8B" {
		left = strings.Replace(left, string(c), "", 1)
	}
	assert.Len(t, Unambiguous, 50)
	assert.Equal(t, left, Unambiguous)
	_, err := Password(8, Class{Unambiguous, 0}, Class{Digits, 1})
	assert.Equal(t, errRepeated, err)
}
