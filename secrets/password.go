// SPDX-License-Identifier: MIT

package secrets

import (
	"math"
)

// Password returns a password of length characters from the classes, with at
// least Min from each, uniformly distributed over all strings that meet this
// policy. The time does not depend on how rare they are. Without classes it
// consists of letters and digits, 5.95 bits each.
//
// It fails with [ErrInvalid] if length or a Min is negative; if the sum of all Min
// exceeds length; if a character is repeated, within or across classes; if a class
// is not UTF-8, or is empty and has a Min; if all are empty and length is not 0; if
// there are more than 16 classes; and if length is more than 256 where there are
// several classes and one has a Min. It fails with [ErrShortBuffer] if no buffer
// could hold the password.
func Password(length int, classes ...Class) (string, error) {
	var p policy
	defer p.release()
	if err := p.set(length, classes); err != nil {
		return "", err
	}
	password := make([]byte, p.size)
	n, err := p.fill(password)
	return stringOf(password[:n]), err
}

// FillPassword writes what [Password] returns to the front of dst, and returns
// the number of bytes written. It may also write zeros after them, up to the length
// of the longest password ([PasswordLen]).
//
// It fails as Password does, and with [ErrShortBuffer] if the longest password
// does not fit into dst. On error dst is unchanged.
func FillPassword(dst []byte, length int, classes ...Class) (int, error) {
	var p policy
	defer p.release()
	if err := p.set(length, classes); err != nil {
		return 0, err
	}
	if p.size > len(dst) {
		return 0, ErrShortBuffer
	}
	return p.fill(dst[:p.size])
}

// PasswordLen returns the number of bytes in the longest password that
// [Password] can return for these arguments. It fails as Password does.
func PasswordLen(length int, classes ...Class) (int, error) {
	var p policy
	defer p.release()
	if err := p.set(length, classes); err != nil {
		return 0, err
	}
	return p.size, nil
}

// PasswordEntropy returns the entropy in bits of what [Password] returns for these
// arguments: the binary logarithm of the number of passwords, which are equally
// likely, with an error of at most 1e-9. It fails as Password does.
func PasswordEntropy(length int, classes ...Class) (float64, error) {
	var p policy
	defer p.release()
	if err := p.set(length, classes); err != nil {
		return 0, err
	}
	if length == 0 {
		return 0, nil
	}
	if !p.counted() {
		return float64(length) * math.Log2(float64(p.sizes[0])), nil
	}
	var own plan
	plan, err := planFor(&p.shape, &own)
	if err != nil {
		return 0, err
	}
	defer plan.release()
	return plan.ways(0, length).log2(), nil
}

// fill writes a password to the front of dst, which has p.size bytes, and
// returns its length. It first writes the groups of the characters to the tail of
// dst, a byte each. When a character is written, there is at least a byte left for
// each of those after it, so it never overwrites a group that is still to be read.
func (p *policy) fill(dst []byte) (int, error) {
	groups := dst[len(dst)-p.length:]
	if err := p.share(groups); err != nil {
		return 0, err
	}
	var ahead randomBuffer
	defer ahead.wipe()
	n := 0
	for i := range groups {
		g := int(groups[i])
		n += p.put(dst[n:], g, ahead.below(uint64(p.sizes[g]), len(groups)-i))
	}
	clear(dst[n:])
	return n, nil
}

// share draws the group of every place: each assignment that meets the policy with
// a probability in proportion to the number of passwords that it allows.
func (p *policy) share(groups []byte) error {
	if !p.counted() {
		clear(groups)
		return nil
	}
	var own plan
	plan, err := planFor(&p.shape, &own)
	if err != nil {
		return err
	}
	defer plan.release()
	rest := groups
	for g := 0; len(rest) > 0; g++ {
		n := plan.count(g, len(rest))
		for i := range rest[:n] {
			rest[i] = byte(g)
		}
		rest = rest[n:]
	}
	Shuffle(groups)
	return nil
}
