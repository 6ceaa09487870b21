// SPDX-License-Identifier: MIT

package secrets

import "unicode/utf8"

// readable returns an error if two passphrases of these words, as they are written,
// could read the same. An empty list is the built-in one.
//
// Read from left to right, a text is that of only one passphrase if each character
// says what it belongs to. A word has been read as far as it goes if no other begins
// with it, or if what follows cannot be in the other one. Then comes the digit, or not:
// nothing else there begins with a digit. The separator has been read like a word.
func (s Style) readable(words []string) error {
	firsts := s.firsts(words)
	after := map[rune]bool{} // what may follow a word
	for _, separator := range s.Separators {
		if first, size := utf8.DecodeRuneInString(separator); size > 0 {
			after[first] = true
			continue
		}
		for first := range firsts {
			after[first] = true
		}
	}
	if s.Digit {
		for _, digit := range Digits {
			if after[digit] {
				return errAmbiguous
			}
			after[digit] = true
		}
	}
	if continued(words, after) || continued(s.Separators, firsts) {
		return errAmbiguous
	}
	return nil
}

// firsts returns the characters with which a word begins; of the built-in list, those
// with which one may.
func (s Style) firsts(words []string) map[rune]bool {
	all := map[rune]bool{}
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		all[first] = true
	}
	if len(words) > 0 {
		return all
	}
	letters := Lowercase
	if s.Capitalize {
		letters = Uppercase
	}
	for _, letter := range letters {
		all[letter] = true
	}
	return all
}

// continued reports whether one of the texts begins another, which goes on with one of
// these characters.
func continued(texts []string, with map[rune]bool) bool {
	known := setOf(texts)
	for _, text := range texts {
		for i, c := range text {
			if with[c] && known[text[:i]] {
				return true
			}
		}
	}
	return false
}

func setOf(texts []string) map[string]bool {
	all := make(map[string]bool, len(texts))
	for _, text := range texts {
		all[text] = true
	}
	return all
}
