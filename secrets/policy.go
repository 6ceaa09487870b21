// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
	"math/bits"
)

// A Class is a set of characters and the least number of them in a password.
type Class struct {
	Characters string // UTF-8, every character once
	Min        int
}

// Limits of a policy, up to which counting its passwords takes less than a second.
const (
	maxClasses = 16
	maxCounted = 256 // characters, where a class has a minimum
)

// lettersAndDigits are the classes of a password if none are given.
var lettersAndDigits = []Class{{Characters: Lowercase + Uppercase + Digits}}

// A policy holds the checked arguments of a password. Its characters are divided
// into groups: each class with a minimum is one, and all others together are one
// more, since it does not matter to which of them a character belongs.
type policy struct {
	shape
	classes   int
	alphabets [maxClasses]alphabet // of the classes, in the order of their groups
	first     [maxClasses + 1]int  // the first alphabet of each group
	size      int                  // bytes in the longest password
	runes     runes                // the characters of wide alphabets
}

// A shape is the part of a policy on which the number of passwords depends.
type shape struct {
	length int
	groups int
	sizes  [maxClasses + 1]int // characters in each group
	mins   [maxClasses + 1]int
}

// set turns the zero policy into that for these arguments.
func (p *policy) set(length int, classes []Class) error {
	if length < 0 {
		return errLength
	}
	if len(classes) == 0 {
		classes = lettersAndDigits
	}
	if len(classes) > maxClasses {
		return errClasses
	}
	p.length = length
	if err := p.runes.reserve(wideCharacters(classes)); err != nil {
		return err
	}
	if err := p.group(classes); err != nil {
		return err
	}
	return p.check()
}

// release frees what set has allocated.
func (p *policy) release() {
	p.runes.release()
}

// group puts the classes into groups, those without a minimum into the last.
func (p *policy) group(classes []Class) error {
	for _, minimum := range [...]bool{true, false} {
		for _, class := range classes {
			if (class.Min != 0) == minimum {
				if err := p.add(class); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// add makes class a group, or a part of the last group if neither has a minimum.
func (p *policy) add(class Class) error {
	a, err := newAlphabet(class.Characters, &p.runes)
	if err != nil || a.size == 0 && class.Min == 0 {
		return err
	}
	if class.Min != 0 || p.groups == 0 || p.mins[p.groups-1] != 0 {
		p.first[p.groups], p.mins[p.groups] = p.classes, class.Min
		p.groups++
	}
	p.sizes[p.groups-1] += a.size
	p.alphabets[p.classes] = a
	p.classes++
	return nil
}

// check returns what is wrong with the policy, and measures the longest password.
func (p *policy) check() error {
	if err := repeats(p.alphabets[:p.classes], &p.runes); err != nil {
		return err
	}
	rest := p.length
	for g := range p.groups {
		if p.mins[g] < 0 || p.mins[g] > rest {
			return errMinimums
		}
		if p.sizes[g] == 0 {
			return errNoCharacter
		}
		rest -= p.mins[g]
	}
	if p.length > 0 && p.groups == 0 {
		return errNoCharacter
	}
	if p.counted() && p.length > maxCounted {
		return errTooLong
	}
	return p.measure(uint(rest))
}

// measure computes the size of the longest password: every minimum in the widest
// characters of its group, and rest characters of the widest group. A size of
// math.MaxInt fits into no buffer. With one group, all characters are of that. With
// more, no minimum exceeds maxCounted, so size cannot overflow.
func (p *policy) measure(rest uint) error {
	size, widest := 0, 0
	if !p.counted() {
		rest = uint(p.length)
	} else {
		for g := range p.groups {
			size += p.mins[g] * p.alphabets[p.first[g]].width
		}
	}
	for i := range p.classes {
		widest = max(widest, p.alphabets[i].width)
	}
	overflow, more := bits.Mul(rest, uint(widest))
	if overflow != 0 || more >= math.MaxInt-uint(size) {
		return ErrShortBuffer
	}
	p.size = size + int(more)
	return nil
}

// counted reports whether the number of characters from each group has to be
// drawn before the characters are.
func (p *policy) counted() bool {
	return p.groups > 1
}

// put writes character i of group g to the front of dst and returns the number
// of bytes.
func (p *policy) put(dst []byte, g int, i uint64) int {
	a := p.first[g]
	for i >= uint64(p.alphabets[a].size) {
		i -= uint64(p.alphabets[a].size)
		a++
	}
	return p.alphabets[a].put(dst, &p.runes, i)
}
