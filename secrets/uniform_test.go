// SPDX-License-Identifier: MIT

package secrets

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// A judged call, the places of its draws, and the number of its outcomes.
type judged struct {
	name       string
	places     []place
	kinds      int
	unfinished int // combinations after which it has to draw again
	call       func() string
}

var lively = Style{Capitalize: true, Digit: true, Separators: []string{"", "-"}}

var five = []string{"a", "b", "c", "d", "e"}

func shuffled() string {
	s := []byte("abcde")
	Shuffle(s)
	return string(s)
}

func shuffledBytes() string {
	b := []byte("aAAbBBcCCdDD")
	if err := ShuffleBytes(b, 3); err != nil {
		panic(err)
	}
	return string(b)
}

func twoOf(population uint) string {
	indices := make([]uint, 2)
	if err := FillSample(indices, population); err != nil {
		panic(err)
	}
	return fmt.Sprint(indices)
}

// Every combination of the bytes or words that a call draws, including those that are rejected.
// If there are too many words, one stands for all that lead to the same value; that those are
// equally many is shown below.
func TestEveryOutcomeIsEquallyLikely(t *testing.T) {
	for _, c := range []judged{
		{"below", []place{{7, 8}}, 7, 0, func() string { return outcomeOf(RandBelow(7)) }},
		{"range", []place{{7, 8}}, 7, 0, func() string { return outcomeOf(RandRange(-3, 4)) }},
		{"lowest range", []place{{5, 8}}, 5, 0,
			func() string { return outcomeOf(RandRange(math.MinInt64, math.MinInt64+5)) }},
		{"bits", []place{{1 << 12, 8}}, 1 << 5, 0, func() string { return outcomeOf(RandBits(5)) }},
		{"a byte", []place{anyByte}, 5, 3 << 5,
			func() string { return outcomeOf(RandBelowBig(big.NewInt(5))) }},
		{"two bytes", []place{anyByte, anyByte}, 300, 212 << 7,
			func() string { return outcomeOf(RandBelowBig(big.NewInt(300))) }},
		{"many bits", []place{anyByte, anyByte}, 1 << 11, 0,
			func() string { return outcomeOf(RandBitsBig(11), nil) }},
		{"choice", []place{{5, 8}}, 5, 0, func() string { return outcomeOf(Choice(five)) }},
		{"choices", placesBelow(5, 5, 5), 125, 0,
			func() string { return outcomeOf(Choices(five, 3)) }},
		{"shuffle", placesBelow(5, 4, 3, 2), 120, 0, shuffled},
		{"shuffle of bytes", placesBelow(4, 3, 2), 24, 0, shuffledBytes},
		{"sample", placesBelow(5, 4, 3, 2, 1, 2), 20, 0,
			func() string { return outcomeOf(Sample(five, 2)) }},
		{"sample of many", placesBelow(33, 33, 2), 33 * 32, 33 * 2,
			func() string { return twoOf(33) }},
		{"password", placesBelow(62, 62), 62 * 62, 0,
			func() string { return outcomeOf(Password(2)) }},
		{"password of classes", placesBelow(5, 5, 5), 125, 0,
			func() string { return outcomeOf(Password(3, Class{"ab", 0}, Class{"é✓😀", 0})) }},
		{"passphrase", placesBelow(3, 3, 3), 27, 0,
			func() string {
				return outcomeOf(Passphrase(3, "·",
					[]string{"one", "zwei", "três"}))
			}},
		{"passphrase in a style", placesBelow(20, 3, 3, 2), 20 * 9 * 2, 0,
			func() string {
				return outcomeOf(lively.Passphrase(2, []string{"one", "zwei", "três"}))
			}},
		{"word", placesBelow(7776), 7776, 0,
			func() string { return outcomeOf(Passphrase(1, "", nil)) }},
		{"key", placesBelow(62, 62), 62 * 62, 0,
			func() string { return outcomeOf(APIKey("a", 1)) }},
		{"hex", []place{anyByte, anyByte}, 1 << 16, 0,
			func() string { return outcomeOf(TokenHex(2)) }},
		{"base64", []place{anyByte, anyByte}, 1 << 16, 0,
			func() string { return outcomeOf(TokenURLSafe(2)) }},
	} {
		got := outcomes(t, c.places, c.call)
		got.requireUniform(t, c.kinds, c.name)
		require.Equal(t, c.unfinished, got.unfinished, c.name)
	}
}

// Whichever words are rejected, each of the others still decides one value.
func TestRejectedWordsLeaveTheOthersUniform(t *testing.T) {
	fill := func() string {
		dst := make([]uint64, 3)
		return outcomeOf(dst, FillRandBelow(dst, 3))
	}
	choices := func() string { return outcomeOf(Choices(five[:3], 3)) }
	for pattern := range 1 << 3 {
		first, second := placesBelow(3, 3, 3), []place(nil)
		for i := range first {
			if pattern>>i&1 == 1 {
				first[i] = rejected
				second = append(second, place{3, 2})
			}
		}
		outcomes(t, append(first, second...), fill).requireUniform(t, 27, pattern)
		outcomes(t, append(first, second...), choices).requireUniform(t, 27, pattern)
	}
	permutations := func() string { return outcomeOf(Sample(five[:3], 3)) }
	outcomes(t, append([]place{rejected}, placesBelow(3, 2)...), permutations).requireUniform(t, 6)
}

// Every word of one byte, and every word of two bytes for each bound that such words are drawn
// for. The fewest possible are rejected.
func TestEveryShortWordCounts(t *testing.T) {
	judge := func(width uint, bound uint64) {
		times, rejected := make([]int, bound), 0
		for word := range uint64(1) << width {
			if value, accepted := scale(word, width, bound); accepted {
				times[value]++
			} else {
				rejected++
			}
		}
		require.NoError(t, tallyOf(slices.All(times)).uniform(int(bound)), "bound %d", bound)
		require.EqualValues(t, 1<<width%bound, rejected, "bound %d", bound)
	}
	for bound := range uint64(1 << 8) {
		judge(8, bound+1)
	}
	for bound := range uint64(1 << 10) {
		judge(16, bound+1)
	}
	t.Logf("draws enumerated: %d", 1<<8*1<<8+1<<10*1<<16)
}

// There are too many words of four and of eight bytes to try. For these it is proved.
//
// Let W be the number of words, b a bound from 1 to W, and r = W mod b. A word x has the product
// x*b = v*W + low with low < W. It is accepted for v, unless low < r. So the words that are
// accepted for v are those whose product lies in [v*W + r, (v+1)*W). The length of that interval
// is W - r, which is b * floor(W/b), and of any b consecutive integers exactly one is a multiple
// of b: so it contains floor(W/b) products, the same number for every v. None is below 0 or above
// (W-1)*b, so each is the product of a word.
//
// It remains to show that scale does this. Its answer changes only at the two ends of the
// interval of a value, so the test compares it there with exact integers. It also checks that the
// ends are floor(W/b) words apart.
func TestScaleIsAsProved(t *testing.T) {
	r, checked := rand.New(rand.NewPCG(5, 6)), 0
	for _, width := range []uint{16, 32, 64} {
		w := new(big.Int).Lsh(big.NewInt(1), width)
		for _, bound := range edges(r, width) {
			b := new(big.Int).SetUint64(bound)
			for _, value := range []uint64{
				0, 1, bound / 3, bound / 2, bound - 2, bound - 1, r.Uint64N(bound),
				r.Uint64N(bound),
			} {
				if value >= bound {
					continue
				}
				v := new(big.Int).SetUint64(value)
				least := new(big.Int).Mul(v, w)
				end := ceilDiv(new(big.Int).Add(least, w), b)
				first := ceilDiv(least.Add(least, new(big.Int).Mod(w, b)), b)
				require.Zero(t, new(big.Int).Sub(end, first).Cmp(new(big.Int).Div(w, b)),
					"%d of %d", value, bound)
				checked += checkScale(t, first, width, bound) + checkScale(t, end, width, bound)
			}
		}
	}
	t.Logf("words checked: %d", checked)
}

// edges returns bounds up to 2^width: the smallest, those around powers of two, the largest, and
// some between.
func edges(r *rand.Rand, width uint) []uint64 {
	largest := uint64(math.MaxUint64) >> (64 - width)
	bounds := []uint64{1, 2, 3, 5, 52, 1000, largest/3 + 1, largest/3*2 + 1, largest - 1, largest}
	for n := uint(2); n < width; n++ {
		bounds = append(bounds, 1<<n-1, 1<<n, 1<<n+1, 1<<n|r.Uint64N(1<<n))
	}
	return bounds
}

// checkScale compares scale with the definition, for the words from middle-2 to middle+2, and
// returns how many of these exist.
func checkScale(t *testing.T, middle *big.Int, width uint, bound uint64) (words int) {
	w, b := new(big.Int).Lsh(big.NewInt(1), width), new(big.Int).SetUint64(bound)
	for i := int64(-2); i <= 2; i++ {
		word := new(big.Int).Add(middle, big.NewInt(i))
		if word.Sign() < 0 || word.Cmp(w) >= 0 {
			continue
		}
		want, low := new(big.Int).QuoRem(new(big.Int).Mul(word, b), w, new(big.Int))
		value, accepted := scale(word.Uint64(), width, bound)
		require.Equal(t, low.Cmp(new(big.Int).Mod(w, b)) >= 0, accepted,
			"word %v of %d bits, bound %d", word, width, bound)
		require.True(t, !accepted || value == want.Uint64(),
			"word %v of %d bits, bound %d", word, width, bound)
		words++
	}
	return words
}

// Of the 2^64 words, the 2^11 consecutive ones that agree in their top 53 bits lead to the same
// multiple of 2^-53. An integer of 53 bits is a float64, and so is its product with a power of
// two: nothing is rounded. At the ends and in the middle every word is tried.
func TestRandomTakesAsManyWordsForEach(t *testing.T) {
	const multiples = 8
	for _, first := range []uint64{0, 1<<52 - multiples/2, 1<<53 - multiples} {
		single, batch := newTally(), newTally()
		var script []byte
		for i := range uint64(multiples << 11) {
			script = append(script, words(first<<11+i)...)
		}
		outcome := func(x float64) string {
			return strconv.FormatUint(uint64(math.Ldexp(x, 53))-first, 10)
		}
		scripted(t, script)
		for range multiples << 11 {
			single.add(outcome(Random()), 1)
		}
		scripted(t, script)
		dst := make([]float64, multiples<<11)
		FillRandom(dst)
		for _, x := range dst {
			batch.add(outcome(x), 1)
		}
		for i := range multiples {
			require.Contains(t, single.weights, strconv.Itoa(i))
			require.Contains(t, batch.weights, strconv.Itoa(i))
		}
		single.requireUniform(t, multiples)
		batch.requireUniform(t, multiples)
	}
}

// digitsOf draws integers, the i-th below bounds[i], for the controls.
func digitsOf(bounds ...uint64) []uint64 {
	var digits []uint64
	for _, bound := range bounds {
		digit := make([]uint64, 1)
		fillBelow(digit, bound)
		digits = append(digits, digit[0])
	}
	return digits
}

// aWord draws a word of two bytes.
func aWord() uint64 {
	b := make([]byte, 2)
	fill(b)
	return load(b, 2)
}

// naiveShuffle is the biased shuffle that swaps each element with any other.
func naiveShuffle() string {
	s := []byte("abc")
	for i, digit := range digitsOf(3, 3, 3) {
		s[i], s[digit] = s[digit], s[i]
	}
	return string(s)
}

// filledPassword draws the minimums, fills up from all classes, and shuffles.
func filledPassword() string {
	digits := digitsOf(2, 1, 3, 3)
	password := []byte{"ab"[digits[0]], "1"[digits[1]], "ab1"[digits[2]], "ab1"[digits[3]]}
	Shuffle(password)
	return string(password)
}

// rejoinedSample replaces a duplicate by the next free value.
func rejoinedSample() string {
	digits := digitsOf(3, 3)
	if digits[0] == digits[1] {
		digits[1] = (digits[1] + 1) % 3
	}
	return fmt.Sprint(digits)
}

// The controls: functions that are known to be biased are found to be, by the code that judges
// the functions above.
func TestBiasIsFound(t *testing.T) {
	controls := []judged{
		{"modulo", []place{anyWord}, 10, 0, func() string { return outcomeOf(aWord()%10, nil) }},
		{"floating-point scaling", []place{anyWord}, 10, 0,
			func() string { return outcomeOf(int(float64(aWord())*0x1p-16*10), nil) }},
		{"no rejection", []place{anyWord}, 10, 0, func() string {
			value, _ := scale(aWord(), 16, 10)
			return outcomeOf(value, nil)
		}},
		{"naive shuffle", placesBelow(3, 3, 3), 6, 0, naiveShuffle},
		{"filled password", placesBelow(2, 1, 3, 3, 4, 3, 2), 64, 0, filledPassword},
		{"rejoined sample", placesBelow(3, 3), 6, 0, rejoinedSample},
		{"the last never chosen", placesBelow(2, 2), 9, 0,
			func() string { return outcomeOf(Choices(five[:2], 2)) }},
	}
	for _, c := range controls {
		got := outcomes(t, c.places, c.call)
		require.Zero(t, got.unfinished, c.name)
		require.Error(t, got.uniform(c.kinds), c.name)
	}
	t.Logf("biases found: %d", len(controls))
}
