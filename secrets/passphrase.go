// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"math/bits"
	"unicode/utf8"
)

// Passphrase returns nwords words with separator between them, each chosen
// uniformly and independently from wordlist. An empty wordlist means the large
// list of the Electronic Frontier Foundation: 7,776 words of 3 to 9 letters,
// 12.9 bits each.
//
// [PassphraseEntropy] assumes that distinct word sequences give distinct text. They
// do if no word is a prefix of another, as in the built-in list, whatever the
// separator; or if the separator is not empty and no word contains any of its
// characters. Otherwise two sequences may read the same ("in" "put" and "input").
//
// It fails with [ErrInvalid] if nwords is negative, if a word is empty or repeated,
// or if a word or the separator is not UTF-8; and with [ErrShortBuffer] if no buffer
// could hold the passphrase.
func Passphrase(nwords int, separator string, wordlist []string) (string, error) {
	p, err := newPhrase(nwords, separator, wordlist)
	if err != nil {
		return "", err
	}
	phrase := make([]byte, p.size)
	n := p.fill(phrase)
	return stringOf(phrase[:n]), nil
}

// FillPassphrase writes what [Passphrase] returns to the front of dst, and
// returns the number of bytes written. The rest of dst is unchanged.
//
// It fails as Passphrase does, and with [ErrShortBuffer] if the longest
// passphrase ([PassphraseLen]) does not fit into dst. On error dst is unchanged.
func FillPassphrase(dst []byte, nwords int, separator string, wordlist []string) (int, error) {
	p, err := newPhrase(nwords, separator, wordlist)
	if err != nil {
		return 0, err
	}
	if p.size > len(dst) {
		return 0, ErrShortBuffer
	}
	return p.fill(dst), nil
}

// PassphraseLen returns the number of bytes in the longest passphrase that
// [Passphrase] can return for these arguments. It fails as Passphrase does.
func PassphraseLen(nwords int, separator string, wordlist []string) (int, error) {
	p, err := newPhrase(nwords, separator, wordlist)
	return p.size, err
}

// PassphraseEntropy returns the entropy in bits of nwords words from a list of
// wordlistSize words, where 0 means the built-in list.
func PassphraseEntropy(nwords, wordlistSize uint) float64 {
	if wordlistSize == 0 {
		wordlistSize = effWords
	}
	return float64(nwords) * math.Log2(float64(wordlistSize))
}

// A phrase holds the checked arguments of a passphrase.
type phrase struct {
	vocabulary
	nwords    int
	separator string
	size      int // bytes in the longest passphrase
}

func newPhrase(nwords int, separator string, wordlist []string) (phrase, error) {
	if nwords < 0 {
		return phrase{}, errCount
	}
	if !utf8.ValidString(separator) {
		return phrase{}, errWordUTF8
	}
	w, err := newVocabulary(wordlist)
	if err != nil || nwords == 0 {
		return phrase{}, err
	}
	overflow, size := bits.Mul(uint(nwords), uint(w.most+len(separator)))
	if overflow != 0 || size >= math.MaxInt {
		return phrase{}, ErrShortBuffer
	}
	return phrase{w, nwords, separator, int(size) - len(separator)}, nil
}

// fill writes a passphrase to the front of dst and returns its length.
func (p *phrase) fill(dst []byte) int {
	var ahead randomBuffer
	defer ahead.wipe()
	n := 0
	for left := p.nwords; left > 0; left-- {
		n += copy(dst[n:], p.word(ahead.below(uint64(p.vocabulary.size), left)))
		if left > 1 {
			n += copy(dst[n:], p.separator)
		}
	}
	return n
}
