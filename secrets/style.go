// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"unicode"
	"unicode/utf8"
)

// A Style is what many sites demand of a passphrase. The zero Style demands nothing:
// its passphrases have a space between the words, and no digit.
type Style struct {
	Capitalize bool     // every word begins with a capital, if its first letter has one
	Digit      bool     // a digit follows one of the words: both are drawn
	Separators []string // each gap between words has one of them; none means a space
}

// Passphrase returns nwords words from wordlist in this style. As for the function
// [Passphrase], an empty wordlist means the built-in one. All words, separators, and
// the digit and its place are chosen uniformly and independently.
//
// Two draws never read the same, so that the entropy is exactly what
// [Style.PassphraseEntropy] returns. It fails with [ErrInvalid] if they could:
//   - a word is repeated, when Capitalize has changed them ("polish", "Polish"), or a
//     separator is
//   - a word is a prefix of another ("in", "input"), which goes on with a character
//     that may follow a word: the first of a separator, or of a word if a separator is
//     empty, or a digit if there is one
//   - a separator is a prefix of another, which goes on with the first of a word
//   - there is a digit, and the first of a separator, or of a word if a separator is
//     empty, is a digit too
//
// It also fails with ErrInvalid where Passphrase does, and if there is no word for the
// digit; and with [ErrShortBuffer] if no buffer could hold the passphrase.
func (s Style) Passphrase(nwords int, wordlist []string) (string, error) {
	p, err := s.phrase(nwords, wordlist)
	if err != nil {
		return "", err
	}
	text := make([]byte, p.size)
	n := p.fill(text)
	return stringOf(text[:n]), nil
}

// PassphraseEntropy returns the entropy in bits of what [Style.Passphrase] returns for
// nwords words from a list of wordlistSize words, where 0 means the built-in list.
//
// It fails with [ErrInvalid] if a separator is repeated, or if there is no word for
// the digit.
func (s Style) PassphraseEntropy(nwords, wordlistSize uint) (float64, error) {
	if err := s.check(nwords); err != nil {
		return 0, err
	}
	bits := PassphraseEntropy(nwords, wordlistSize)
	if nwords > 0 {
		bits += float64(nwords-1) * math.Log2(float64(max(1, len(s.Separators))))
	}
	if s.Digit {
		bits += math.Log2(10) + math.Log2(float64(nwords))
	}
	return bits, nil
}

// check returns what is wrong with the style, whatever the words are.
func (s Style) check(nwords uint) error {
	if s.Digit && nwords == 0 {
		return errNoWord
	}
	known := setOf(s.Separators)
	if len(known) < len(s.Separators) {
		return errSeparators
	}
	for separator := range known {
		if !utf8.ValidString(separator) {
			return errWordUTF8
		}
	}
	return nil
}

// A styled is a phrase in a style, which has a separator.
type styled struct {
	phrase
	Style
}

// phrase checks the arguments of a passphrase.
func (s Style) phrase(nwords int, wordlist []string) (styled, error) {
	if err := s.check(uint(max(0, nwords))); err != nil {
		return styled{}, err
	}
	if len(s.Separators) == 0 {
		s.Separators = []string{" "}
	}
	words := s.written(wordlist)
	p, err := newPhrase(nwords, longest(s.Separators), words)
	if err != nil {
		return styled{}, err
	}
	if s.Digit {
		p.size++
	}
	return styled{p, s}, s.readable(words)
}

// written returns the words of a list of the caller's as they are in the passphrase.
func (s Style) written(wordlist []string) []string {
	if !s.Capitalize || len(wordlist) == 0 {
		return wordlist
	}
	words := make([]string, len(wordlist))
	for i, word := range wordlist {
		words[i] = capitalized(word)
	}
	return words
}

func capitalized(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	if first == utf8.RuneError { // or what is not UTF-8 would become this
		return word
	}
	return string(unicode.ToTitle(first)) + word[size:]
}

func longest(texts []string) (most string) {
	for _, text := range texts {
		if len(text) > len(most) {
			most = text
		}
	}
	return most
}

// fill writes a passphrase to the front of dst and returns its length.
func (p *styled) fill(dst []byte) int {
	var words, others randomBuffer
	defer words.wipe()
	defer others.wipe()
	place, digit := p.nwords, uint64(0)
	if p.Digit {
		drawn := others.below(10*uint64(p.nwords), 1)
		place, digit = int(drawn/10), drawn%10
	}
	n := 0
	for i := range p.nwords {
		if i > 0 {
			n += copy(dst[n:], p.between(&others, p.nwords-i))
		}
		n += p.put(dst[n:], words.below(uint64(p.vocabulary.size), p.nwords-i))
		if i == place {
			dst[n] = byte('0' + digit)
			n++
		}
	}
	return n
}

// between returns a separator; the passphrase needs so many, this one included.
func (p *styled) between(ahead *randomBuffer, gaps int) string {
	if len(p.Separators) == 1 {
		return p.Separators[0]
	}
	return p.Separators[ahead.below(uint64(len(p.Separators)), gaps)]
}

// put writes word i to the front of dst and returns its length. The words of the
// built-in list begin with a letter of ASCII.
func (p *styled) put(dst []byte, i uint64) int {
	n := copy(dst, p.word(i))
	if p.Capitalize && p.own == nil {
		dst[0] -= 'a' - 'A'
	}
	return n
}
