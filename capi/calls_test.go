// SPDX-License-Identifier: MIT

package main

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"libsecrets/internal/scratch"
)

// How a call ends: by a status, or by an answer, which is ok or none (0, NaN, no).
const (
	ok     = 0
	einval = -1
	enospc = -2
	enomem = -6
	none   = 1
)

// An export is a function of this package that is called from C.
type export struct {
	name string
	ways []way
}

// A way leads through an export: to success or to an error, with little or much to do.
type way struct {
	name string
	ends status
	call func() status
}

type (
	status  = _Ctype_int
	size    = _Ctype_size_t
	cString = *_Ctype_const_char
)

const (
	large = 1 << 20 // bytes that calls write to
	many  = 100_000 // elements there, of up to 8 bytes
	most  = size(math.MaxUint)
)

// The memory that calls write to.
var (
	space   [large]byte
	at      = unsafe.Pointer(&space)
	chars   = (*_Ctype_char)(at)
	octets  = (*_Ctype_uint8_t)(at)
	word    = (*_Ctype_uint64_t)(at)
	integer = (*_Ctype_int64_t)(at)
	real    = (*_Ctype_double)(at)
	index   = (*_Ctype_size_t)(at)
)

func sized(n size) status {
	if n == 0 {
		return none
	}
	return ok
}

func number(x _Ctype_double) status {
	if x != x {
		return none
	}
	return ok
}

func yes(answer status) status { return none - answer }

func cText(s string) cString {
	return cString(unsafe.Pointer(unsafe.StringData(s + "\x00")))
}

func cOctets(s string) *_Ctype_const_uint8_t {
	return (*_Ctype_const_uint8_t)(unsafe.Pointer(unsafe.StringData(s)))
}

// refusing makes allocations of a call fail after the first so many.
func refusing(granted int, call func() status) func() status {
	getAll = scratch.Get // which an init has set
	return func() status {
		left = granted
		scratch.Get = getSome
		status := call()
		scratch.Get = getAll
		return status
	}
}

var (
	getAll func(n, size uintptr) unsafe.Pointer
	left   int
)

func getSome(n, size uintptr) unsafe.Pointer {
	if left == 0 {
		return nil
	}
	left--
	return getAll(n, size)
}

var tokenWays = []export{
	{"goTokenBytes", []way{
		{"a token", ok, func() status { return goTokenBytes(at, 32) }},
		{"nothing", ok, func() status { return goTokenBytes(nil, 0) }},
		{"much", ok, func() status { return goTokenBytes(at, large) }},
		{"no buffer", einval, func() status { return goTokenBytes(nil, 1) }},
		{"too much", enospc, func() status { return goTokenBytes(at, most) }},
	}},
	{"goTokenHex", []way{
		{"a token", ok, func() status { return goTokenHex(chars, 65, 32) }},
		{"much", ok, func() status { return goTokenHex(chars, large, large/2-1) }},
		{"no buffer", einval, func() status { return goTokenHex(nil, 65, 32) }},
		{"no room", enospc, func() status { return goTokenHex(nil, 0, 32) }},
		{"too small", enospc, func() status { return goTokenHex(chars, 64, 32) }},
		{"too much", enospc, func() status { return goTokenHex(chars, most, most) }},
	}},
	{"goTokenURLSafe", []way{
		{"a token", ok, func() status { return goTokenURLSafe(chars, 44, 32) }},
		{"much", ok, func() status { return goTokenURLSafe(chars, large, large/2) }},
		{"no buffer", einval, func() status { return goTokenURLSafe(nil, 44, 32) }},
		{"too small", enospc, func() status { return goTokenURLSafe(chars, 43, 32) }},
		{"too much", enospc, func() status { return goTokenURLSafe(chars, most, most) }},
	}},
	{"goTokenHexBatch", []way{
		{"few", ok, func() status { return goTokenHexBatch(chars, 123, 20, 3) }},
		{"none", ok, func() status { return goTokenHexBatch(nil, 0, 20, 0) }},
		{"many", ok, func() status { return goTokenHexBatch(chars, large, 4, many) }},
		{"no buffer", einval, func() status { return goTokenHexBatch(nil, 1, 20, 3) }},
		{"too small", enospc, func() status { return goTokenHexBatch(chars, 122, 20, 3) }},
		{"too many", enospc, func() status { return goTokenHexBatch(chars, most, 20, most) }},
	}},
	{"goTokenURLSafeBatch", []way{
		{"few", ok, func() status { return goTokenURLSafeBatch(chars, 84, 20, 3) }},
		{"many", ok, func() status { return goTokenURLSafeBatch(chars, large, 4, many) }},
		{"no buffer", einval, func() status { return goTokenURLSafeBatch(nil, 1, 20, 3) }},
		{"too small", enospc, func() status { return goTokenURLSafeBatch(chars, 83, 20, 3) }},
		{"too many", enospc, func() status { return goTokenURLSafeBatch(chars, most, 20, most) }},
	}},
}

var (
	someBound = cOctets("\x00\x00\x05" + strings.Repeat("\x00", 37))
	longBound = cOctets("\x81" + strings.Repeat("\x00", large-1))
	noBound   = cOctets(strings.Repeat("\x00", 40))
)

var numberWays = []export{
	{"goRandbelow", []way{
		{"a number", ok, func() status { return goRandbelow(52, word) }},
		{"half are rejected", ok, func() status { return goRandbelow(1<<63+1, word) }},
		{"a bound of 0", einval, func() status { return goRandbelow(0, word) }},
		{"no buffer", einval, func() status { return goRandbelow(52, nil) }},
	}},
	{"goRandbits", []way{
		{"a number", ok, func() status { return goRandbits(64, word) }},
		{"no bits", ok, func() status { return goRandbits(0, word) }},
		{"too many bits", einval, func() status { return goRandbits(65, word) }},
		{"no buffer", einval, func() status { return goRandbits(64, nil) }},
	}},
	{"goRandrange", []way{
		{"a number", ok, func() status { return goRandrange(-1, 1, integer) }},
		{"all numbers", ok, func() status {
			return goRandrange(math.MinInt64, math.MaxInt64, integer)
		}},
		{"no number", einval, func() status { return goRandrange(1, 1, integer) }},
		{"no buffer", einval, func() status { return goRandrange(-1, 1, nil) }},
	}},
	{"goRandom", []way{
		{"a number", ok, func() status { return goRandom(real) }},
		{"no buffer", einval, func() status { return goRandom(nil) }},
	}},
	{"goRandbelowBatch", []way{
		{"many", ok, func() status { return goRandbelowBatch(52, word, many) }},
		{"a quarter is rejected", ok, func() status { return goRandbelowBatch(3<<62, word, many) }},
		{"none", ok, func() status { return goRandbelowBatch(52, nil, 0) }},
		{"a bound of 0", einval, func() status { return goRandbelowBatch(0, word, 16) }},
		{"no buffer", einval, func() status { return goRandbelowBatch(52, nil, 16) }},
		{"too many", enospc, func() status { return goRandbelowBatch(52, word, most) }},
	}},
	{"goRandomBatch", []way{
		{"many", ok, func() status { return goRandomBatch(real, many) }},
		{"no buffer", einval, func() status { return goRandomBatch(nil, 16) }},
		{"too many", enospc, func() status { return goRandomBatch(real, most) }},
	}},
	{"goRandbelowBig", []way{
		{"a number", ok, func() status { return goRandbelowBig(someBound, 40, octets) }},
		{"a large number", ok, func() status { return goRandbelowBig(longBound, large, octets) }},
		{"a bound of 0", einval, func() status { return goRandbelowBig(noBound, 40, octets) }},
		{"no bound", einval, func() status { return goRandbelowBig(nil, 40, octets) }},
		{"no size", einval, func() status { return goRandbelowBig(someBound, 0, octets) }},
		{"no buffer", einval, func() status { return goRandbelowBig(someBound, 40, nil) }},
		{"in place", einval, func() status {
			return goRandbelowBig((*_Ctype_const_uint8_t)(at), 40, octets)
		}},
		{"too large", enospc, func() status { return goRandbelowBig(someBound, most, octets) }},
	}},
	{"goRandbitsBig", []way{
		{"a number", ok, func() status { return goRandbitsBig(1001, octets, 128) }},
		{"a large number", ok, func() status { return goRandbitsBig(8*large, octets, large) }},
		{"nothing", ok, func() status { return goRandbitsBig(0, nil, 0) }},
		{"no buffer", einval, func() status { return goRandbitsBig(8, nil, 1) }},
		{"too small", enospc, func() status { return goRandbitsBig(1001, octets, 125) }},
		{"too large", enospc, func() status { return goRandbitsBig(8, octets, most) }},
	}},
}

var sequenceWays = []export{
	{"goShuffle", []way{
		{"few", ok, func() status { return goShuffle(at, 32, 4) }},
		{"many", ok, func() status { return goShuffle(at, many, 8) }},
		{"of odd size", ok, func() status { return goShuffle(at, 100, 1001) }},
		{"nothing", ok, func() status { return goShuffle(nil, 0, 0) }},
		{"no size", einval, func() status { return goShuffle(at, 32, 0) }},
		{"no buffer", einval, func() status { return goShuffle(nil, 32, 4) }},
		{"too many", enospc, func() status { return goShuffle(at, most, 4) }},
	}},
	{"goSample", []way{
		{"few", ok, func() status { return goSample(1<<40, 16, index) }},
		{"many of many", ok, func() status { return goSample(1<<60, many, index) }},
		{"nearly all", ok, func() status { return goSample(many+1, many, index) }},
		{"none", ok, func() status { return goSample(0, 0, nil) }},
		{"more than there are", einval, func() status { return goSample(15, 16, index) }},
		{"no buffer", einval, func() status { return goSample(1<<40, 16, nil) }},
		{"too many", enospc, func() status { return goSample(most, most, index) }},
	}},
}

// A policy holds arguments of the functions for passwords, and how these end.
type policy struct {
	name          string
	length        size
	classes       []class
	password      status
	size, entropy status
}

type class struct {
	characters cString
	min        size
}

func (p *policy) list() (*_Ctype_const_class, size) {
	return (*_Ctype_const_class)(unsafe.Pointer(unsafe.SliceData(p.classes))), size(len(p.classes))
}

func (p *policy) draw(room size) status {
	list, n := p.list()
	return goPassword(chars, room, p.length, list, n)
}

func (p *policy) bytes() status {
	list, n := p.list()
	return sized(goPasswordSize(p.length, list, n))
}

func (p *policy) bits() status {
	list, n := p.list()
	return number(goPasswordEntropy(p.length, list, n))
}

// ideographs returns n characters, from first on.
func ideographs(first rune, n int) cString {
	var all strings.Builder
	for i := range n {
		all.WriteRune(first + rune(i))
	}
	return cText(all.String())
}

// groups returns 16 classes of five characters each, with a minimum.
func groups(min size) (all []class) {
	for i := range 16 {
		all = append(all, class{ideographs(rune('!'+5*i), 5), min})
	}
	return all
}

var (
	letters  = class{cText("abc"), 1}
	numerals = class{cText("01"), 1}
	umlauts  = class{cText("äöü"), 1}
	rubbish  = cText(strings.Repeat("\xff", 1000))
	hanzi    = class{ideographs(0x4e00, 20_000), 1}

	// As many classes as are allowed, with more characters than ASCII has.
	tooManyToKeep = append(groups(2)[1:], class{ideographs(0x4e00, 100), 2})
)

var policies = []policy{
	{"letters and digits", 16, nil, ok, ok, ok},
	{"no character", 0, nil, ok, ok, ok},
	{"a class", 16, []class{{cText("abc"), 0}}, ok, ok, ok},
	{"a long password", 500_000, []class{letters}, ok, ok, ok},
	{"minimums", 16, []class{letters, numerals}, ok, ok, ok},
	{"other minimums", 17, []class{letters, numerals}, ok, ok, ok},
	{"the longest that is kept", 256, groups(2), ok, ok, ok},
	{"one that is not kept", 256, tooManyToKeep, ok, ok, ok},
	{"wide characters", 16, []class{umlauts, letters}, ok, ok, ok},
	{"many wide characters", 256, []class{hanzi, umlauts, letters}, ok, ok, ok},
	{"an empty class", 16, []class{{cText(""), 0}, letters}, ok, ok, ok},
	{"the most that is said", most, nil, enospc, none, none},
	{"too many classes", 16, make([]class, 17), einval, none, none},
	{"no characters", 16, make([]class, 1), einval, none, none},
	{"a minimum beyond the length", 16, []class{{cText("abc"), 17}}, einval, none, none},
	{"minimums beyond the length", 1, []class{letters, numerals}, einval, none, none},
	{"a repeated character", 16, []class{letters, {cText("cd"), 0}}, einval, none, none},
	{"a repeated wide one", 16, []class{umlauts, {cText("ü"), 0}}, einval, none, none},
	{"a repeated one of many", 16, []class{hanzi, {cText("中"), 0}}, einval, none, none},
	{"no UTF-8", 16, []class{letters, {cText("\xff"), 0}}, einval, none, none},
	{"much that is no UTF-8", 16, []class{{rubbish, 0}}, einval, none, none},
	{"an empty class with a minimum", 16, []class{{cText(""), 1}, letters}, einval, none, none},
	{"nothing but an empty class", 16, []class{{cText(""), 0}}, einval, none, none},
	{"too long to count", 257, []class{letters, numerals}, einval, none, none},
}

func passwordWays() []export {
	var password, size, entropy []way
	for _, p := range policies {
		password = append(password, way{p.name, p.password, func() status { return p.draw(large) }})
		size = append(size, way{p.name, p.size, p.bytes})
		entropy = append(entropy, way{p.name, p.entropy, p.bits})
	}
	plain := policy{length: 16}
	wide := policy{length: 16, classes: []class{hanzi}}
	counted := policy{length: 256, classes: tooManyToKeep}
	drawWide := func() status { return wide.draw(large) }
	drawCounted := func() status { return counted.draw(large) }
	return []export{
		{"goPassword", append(password, []way{
			{"no buffer", einval, func() status { return goPassword(nil, 17, 16, nil, 0) }},
			{"no classes", einval, func() status { return goPassword(chars, 17, 16, nil, 1) }},
			{"too small", enospc, func() status { return plain.draw(16) }},
			{"too small for wide ones", enospc, func() status { return wide.draw(48) }},
			{"no memory for characters", enomem, refusing(0, drawWide)},
			{"no memory to sort", enomem, refusing(1, drawWide)},
			{"no memory to count", enomem, refusing(0, drawCounted)},
		}...)},
		{"goPasswordSize", append(size, way{"no memory", none, refusing(1, wide.bytes)})},
		{"goPasswordEntropy", append(entropy, way{"no memory", none, refusing(0, counted.bits)})},
		{"goPasswordLength", lengthWays()},
	}
}

// enough asks for the length of a password of the policy's classes that has those bits.
func (p *policy) enough(bits _Ctype_double) func() status {
	list, n := p.list()
	return func() status { return sized(goPasswordLength(bits, list, n)) }
}

func lengthWays() []way {
	plain, empty := policy{}, policy{classes: make([]class, 1)}
	wide := policy{classes: []class{hanzi}}
	counted, single := policy{classes: tooManyToKeep}, policy{classes: []class{{cText("a"), 3}}}
	huge := policy{classes: []class{{cText("abc"), most}}}
	return []way{
		{"letters and digits", ok, plain.enough(128)},
		{"the most", ok, plain.enough(1e9)},
		{"wide characters", ok, wide.enough(128)},
		{"minimums", ok, counted.enough(128)},
		{"minimums that are not kept", ok, counted.enough(1800)},
		{"a minimum", ok, single.enough(0)},
		{"too many bits", none, plain.enough(2e9)},
		{"no number", none, plain.enough(_Ctype_double(math.NaN()))},
		{"no characters", none, empty.enough(128)},
		{"a single character", none, single.enough(128)},
		{"a minimum beyond any length", none, huge.enough(128)},
		{"too long to count", none, counted.enough(1e9)},
		{"no classes", none, func() status { return sized(goPasswordLength(128, nil, 1)) }},
		{"no memory for characters", none, refusing(0, wide.enough(128))},
		{"no memory to count", none, refusing(0, counted.enough(1800))},
	}
}

// A list holds arguments of the functions for passphrases, and how these end.
type list struct {
	name             string
	nwords           size
	separator        cString
	words            []cString
	passphrase, size status
}

func (l *list) list() *_Ctype_const_string {
	return (*_Ctype_const_string)(unsafe.Pointer(unsafe.SliceData(l.words)))
}

func (l *list) draw(room size) status {
	return goPassphrase(chars, room, l.nwords, l.separator, l.list(), size(len(l.words)))
}

func (l *list) bytes() status {
	return sized(goPassphraseSize(l.nwords, l.separator, l.list(), size(len(l.words))))
}

func numbered(n int) (all []cString) {
	for i := range n {
		all = append(all, cText("w"+strconv.Itoa(i)))
	}
	return all
}

var thousands = numbered(50_000)

var lists = []list{
	{"the built-in one", 6, nil, nil, ok, ok},
	{"no word", 0, nil, nil, ok, ok},
	{"many words", many, cText(""), nil, ok, ok},
	{"a long separator", 6, cText(strings.Repeat("ä", 10_000)), nil, ok, ok},
	{"a short list", 6, cText("-"), numbered(2), ok, ok},
	{"a long list", 6, nil, thousands, ok, ok},
	{"a list for no word", 0, nil, thousands, ok, ok},
	{"more than can be", most, nil, nil, enospc, none},
	{"a separator without UTF-8", 6, cText("\xff"), nil, einval, none},
	{"no word in a list", 6, nil, []cString{cText("a"), nil}, einval, none},
	{"an empty word", 6, nil, []cString{cText("a"), cText("")}, einval, none},
	{"a repeated word", 6, nil, append(numbered(1000), cText("w500")), einval, none},
	{"a word without UTF-8", 6, nil, []cString{cText("a"), cText("\xff")}, einval, none},
}

func passphraseWays() []export {
	var passphrase, size []way
	for _, l := range lists {
		draw := func() status { return l.draw(large) }
		passphrase = append(passphrase, way{l.name, l.passphrase, draw})
		size = append(size, way{l.name, l.size, l.bytes})
	}
	plain := list{nwords: 6}
	long := list{nwords: 6, words: thousands}
	draw := func() status { return long.draw(large) }
	return []export{
		{"goPassphrase", append(passphrase, []way{
			{"no buffer", einval, func() status { return goPassphrase(nil, 99, 6, nil, nil, 0) }},
			{"no list", einval, func() status { return goPassphrase(chars, 99, 6, nil, nil, 1) }},
			{"a list that cannot be", einval, func() status {
				return goPassphrase(chars, large, 6, nil, long.list(), most)
			}},
			{"too small", enospc, func() status { return plain.draw(59) }},
			{"no memory for the list", enomem, refusing(0, draw)},
			{"no memory to sort", enomem, refusing(1, draw)},
		}...)},
		{"goPassphraseSize", append(size, way{"no memory", none, refusing(1, long.bytes)})},
		{"goPassphraseEntropy", []way{
			{"the built-in list", ok, func() status { return number(goPassphraseEntropy(6, 0)) }},
			{"the most", ok, func() status { return number(goPassphraseEntropy(most, most)) }},
		}},
		{"goPassphraseWords", []way{
			{"the built-in list", ok, func() status { return sized(goPassphraseWords(77, 0)) }},
			{"the most", ok, func() status { return sized(goPassphraseWords(1e9, most)) }},
			{"one word", none, func() status { return sized(goPassphraseWords(77, 1)) }},
			{"too many bits", none, func() status { return sized(goPassphraseWords(2e9, 0)) }},
		}},
	}
}

var (
	goodKey   = cText("my_shop_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg03nBqD")
	prefix    = cText("my_shop")
	badPrefix = cText("0")
)

var keyWays = []export{
	{"goAPIKey", []way{
		{"a key", ok, func() status { return goAPIKey(chars, 128, prefix, 32) }},
		{"much", ok, func() status { return goAPIKey(chars, large, prefix, large/2) }},
		{"no prefix", einval, func() status { return goAPIKey(chars, 128, nil, 32) }},
		{"a bad prefix", einval, func() status { return goAPIKey(chars, 128, badPrefix, 32) }},
		{"no buffer", einval, func() status { return goAPIKey(nil, 128, prefix, 32) }},
		{"too small", enospc, func() status { return goAPIKey(chars, 50, prefix, 32) }},
		{"too much", enospc, func() status { return goAPIKey(chars, large, prefix, most) }},
	}},
	{"goAPIKeySize", []way{
		{"a key", ok, func() status { return sized(goAPIKeySize(prefix, 32)) }},
		{"no prefix", none, func() status { return sized(goAPIKeySize(nil, 32)) }},
		{"a bad prefix", none, func() status { return sized(goAPIKeySize(badPrefix, 32)) }},
		{"too much", none, func() status { return sized(goAPIKeySize(prefix, most)) }},
	}},
	{"goAPIKeyValid", []way{
		{"a key", ok, func() status { return yes(goAPIKeyValid(goodKey, 57)) }},
		{"a part of one", none, func() status { return yes(goAPIKeyValid(goodKey, 56)) }},
		{"no key", none, func() status { return yes(goAPIKeyValid(nil, 1)) }},
		{"too much", none, func() status { return yes(goAPIKeyValid(goodKey, most)) }},
	}},
	{"goCompareDigest", []way{
		{"the same", ok, func() status { return yes(compare(at, 1000, at, 1000)) }},
		{"much", ok, func() status { return yes(compare(at, large, at, large)) }},
		{"other lengths", none, func() status { return yes(compare(at, 1000, at, 999)) }},
		{"no buffer", none, func() status { return yes(compare(nil, 1, at, 1)) }},
		{"too much", none, func() status { return yes(compare(at, most, at, 1)) }},
	}},
}

func compare(a unsafe.Pointer, aSize size, b unsafe.Pointer, bSize size) status {
	return goCompareDigest((*_Ctype_const_void)(a), aSize, (*_Ctype_const_void)(b), bSize)
}

// exports returns all, in the order in which their ways are first taken.
func exports() []export {
	return slices.Concat(tokenWays, numberWays, sequenceWays, keyWays,
		passwordWays(), passphraseWays())
}
