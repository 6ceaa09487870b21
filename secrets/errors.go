// SPDX-License-Identifier: MIT

package secrets

import "errors"

// Every error of this package matches one of these, by [errors.Is].
var (
	// ErrInvalid means that an argument is outside its documented domain.
	ErrInvalid = errors.New("secrets: invalid argument")

	// ErrShortBuffer means that the destination cannot hold the result.
	ErrShortBuffer = errors.New("secrets: buffer too small")
)

// An argumentError is the text of what is wrong with an argument. It matches ErrInvalid, as
// fmt.Errorf with %w would, but package fmt would make the shared library a sixth larger.
type argumentError string

func (e argumentError) Error() string { return ErrInvalid.Error() + ": " + string(e) }

func (e argumentError) Unwrap() error { return ErrInvalid }

// Made once, so that returning one allocates nothing.
var (
	errNegative error = argumentError("number of bytes is negative")
	errCount    error = argumentError("number of values is negative")
	errBound    error = argumentError("bound is less than 1")
	errOverlap  error = argumentError("result and bound share memory")
	errBits     error = argumentError("more than 64 bits")
	errRange    error = argumentError("stop is not more than start")
	errEmpty    error = argumentError("nothing to choose from")
	errSample   error = argumentError("sample is larger than the population")
	errSize     error = argumentError("not a whole number of elements")

	errLength   error = argumentError("length is negative")
	errClasses  error = argumentError("more than 16 classes")
	errUTF8     error = argumentError("characters are not UTF-8")
	errRepeated error = argumentError("a character is repeated")
	errMinimums error = argumentError("a minimum is negative, or they add up to more than " +
		"the length")
	errNoCharacter error = argumentError("no character to choose from")
	errPrefix      error = argumentError("prefix is not a letter and up to 31 letters, digits " +
		"or underscores")
	errEmptyWord    error = argumentError("a word is empty")
	errRepeatedWord error = argumentError("a word is repeated")
	errWordUTF8     error = argumentError("a word or the separator is not UTF-8")
	errEntropy      error = argumentError("bits are not from 0 to 1e9, or more than there can be")
	errSeparators   error = argumentError("a separator is repeated")
	errNoWord       error = argumentError("no word for the digit to follow")
	errAmbiguous    error = argumentError("two passphrases could read the same")
	errGuesses      error = argumentError("not a positive number, or a chance of more than 1")
	errTooLong      error = argumentError("more than 256 characters with a minimum")
)
