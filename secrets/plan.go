// SPDX-License-Identifier: MIT

package secrets

import (
	"encoding/binary"
	"sync/atomic"

	"libsecrets/internal/scratch"
)

/*
How many passwords satisfy a policy, and how a drawn one is shared out

Let W[g](l) be the number of ways to fill l places with characters of the groups
g, g+1, ..., at least mins[g] from each. With n of the l places for group g there
are C(l, n) choices of places and sizes[g]^n of characters for them, so

	W[g](l) = sum over n >= mins[g] of C(l, n) * sizes[g]^n * W[g+1](l-n)

and W[0](length) is the number of passwords. Divided by l!, and with

	a[g](n) = sizes[g]^n / n!      w[g](l) = W[g](l) / l!

this is w[g](l) = sum of a[g](n) * w[g+1](l-n): neither binomials nor numbers
that differ much in size.

A password is drawn in steps: the number n of characters from group 0 with a
probability of C(l, n) * sizes[0]^n * W[1](l-n) / W[0](l), so from group 1 for
the places left, and so on; then which places, every assignment equally likely
(Shuffle); then each character. A password with given numbers then comes up with
the product of the first fractions, by one over the number of assignments, by one
over the number of fillings: in which all cancels but 1 / W[0](length). So all
passwords are equally likely, and no step is ever repeated because its outcome
will not do.

The numbers have up to 65,000 bits, the tables up to 160,000 of them: too much to
compute. But a draw by cumulative probabilities needs them only to decide between
which two of them a random number lies. A plan has them to 126 bits or so with a
proven bound on the error, which decides all but one draw in 2^87. That one
is decided by exact integers (exact.go).
*/
type plan struct {
	shape
	a, w  [maxClasses + 1][]real // by group and number of characters
	total real                   // w[0](length)
	room  []real                 // where those of a and w lie
	users *atomic.Int32          // of a plan that is kept
}

// No value of a plan is less than the exact one by more than a factor of
// 1 - 2^-gap. With at most N = 10,000 characters, a[g](n) takes 2N operations, a
// sum 2N more, and the error of a sum is at most that of its worst term, which
// adds up over the groups: 17 * 4N * 2^-127 < 2^-107. The rest is margin, for
// sums over a row, for what a sum leaves out, and for comparing.
const gap = 104

// lay makes p the plan for s. Its tables lie in room, which has s.reals() at least.
func (p *plan) lay(s *shape, room []real) {
	p.shape, p.room = *s, room
	slack := s.slack()
	need := 0 // characters that the groups from g on need at least
	for g := s.groups - 1; g >= 0; g-- {
		p.a[g], room = split(room, s.mins[g]+slack+1)
		powers(p.a[g], uint64(s.sizes[g]))
		need += s.mins[g]
		if g == s.groups-1 {
			p.w[g] = p.a[g]
		} else if g > 0 {
			p.w[g], room = split(room, need+slack+1)
			p.convolve(g, need)
		}
	}
	p.total, _ = p.sum(0, s.length, s.mins[0])
}

func split(room []real, n int) (row, rest []real) {
	return room[:n:n], room[n:]
}

// slack returns the number of characters beyond all minimums.
func (s *shape) slack() int {
	slack := s.length
	for g := range s.groups {
		slack -= s.mins[g]
	}
	return slack
}

// reals returns how many there are in the tables of a plan for s.
func (s *shape) reals() int {
	n, need, slack := 0, 0, s.slack()
	for g := s.groups - 1; g >= 0; g-- {
		n += s.mins[g] + slack + 1
		need += s.mins[g]
		if g > 0 && g < s.groups-1 {
			n += need + slack + 1
		}
	}
	return n
}

// powers fills a with size^n / n!.
func powers(a []real, size uint64) {
	a[0] = newReal(1)
	for n := 1; n < len(a); n++ {
		a[n] = a[n-1].times(newReal(size)).over(uint64(n))
	}
}

// convolve fills w[g], of which nothing below need is ever asked for.
func (p *plan) convolve(g, need int) {
	for l, mode := need, p.mins[g]; l < len(p.w[g]); l++ {
		p.w[g][l], mode = p.sum(g, l, mode)
	}
}

// term gives a[g](n) * w[g+1](l-n): how likely n characters from group g are.
func (p *plan) term(g, l, n int) real {
	return p.a[g][n].times(p.w[g+1][l-n])
}

// limits gives the least and the most characters from group g in l places.
func (p *plan) limits(g, l int) (least, most int) {
	for i := g + 1; i < p.groups; i++ {
		l -= p.mins[i]
	}
	return p.mins[g], l
}

// sum gives w[g](l), and the n of its largest term, to be sought from mode on.
//
// The terms rise to one place and fall from there, since a and w are log-concave
// and so are the products and convolutions of such sequences. So once they are
// too small to count they stay so.
func (p *plan) sum(g, l, mode int) (real, int) {
	least, most := p.limits(g, l)
	mode = min(mode, most)
	sum := p.term(g, l, mode)
	for mode < most {
		next := p.term(g, l, mode+1)
		if next.less(sum) {
			break
		}
		sum, mode = next, mode+1
	}
	for n := mode - 1; n >= least; n-- {
		term := p.term(g, l, n)
		if sum.exp-term.exp > 128 {
			break
		}
		sum = sum.plus(term)
	}
	for n := mode + 1; n <= most; n++ {
		term := p.term(g, l, n)
		if sum.exp-term.exp > 128 {
			break
		}
		sum = sum.plus(term)
	}
	return sum, mode
}

// count draws how many of l places get a character from group g.
func (p *plan) count(g, l int) int {
	if g == p.groups-1 {
		return l
	}
	var b [16]byte
	fill(b[:])
	hi, lo := binary.NativeEndian.Uint64(b[:]), binary.NativeEndian.Uint64(b[8:])
	n, sure := p.locate(g, l, hi, lo)
	if !sure {
		n = p.locateExactly(g, l, hi, lo)
	}
	b = [16]byte{}
	return n
}

// locate gives the n in whose share of [0, 1) lies u = (hi*2^64 + lo) / 2^128,
// and whether all numbers up to u + 2^-128 certainly lie there too.
func (p *plan) locate(g, l int, hi, lo uint64) (n int, sure bool) {
	total := p.total
	if g > 0 {
		total = p.w[g][l]
	}
	u := normal(hi, lo, -128).times(total)
	margin := total.scaled(-gap + 2)
	least, most := p.limits(g, l)
	var below real
	for n = least; n < most; n++ {
		sum := below.plus(p.term(g, l, n))
		if u.less(sum) {
			sure = u.plus(margin).less(sum)
			break
		}
		below = sum
	}
	if n == most {
		sure = true // all that is left, to the end of [0, 1)
	}
	return n, sure && (n == least || below.plus(margin).less(u))
}

const keptLength = 256

// plans keeps those used last, as most programs have one or two policies. They tell
// nothing about any password. They lie in fixed places, so that one that goes leaves no
// garbage: which waits until no call uses it, and no call waits for it.
var plans struct {
	kept [4]struct {
		users  atomic.Int32 // -1 while a call makes another plan of this one
		length atomic.Int32 // of the plan, so that most others are not looked at
		plan   plan
	}
	next atomic.Uint32
}

var rooms [len(plans.kept)][2 * maxClasses * (keptLength + 1)]real

// planFor returns a plan for s, to be released: one that is kept, or own.
func planFor(s *shape, own *plan) (*plan, error) {
	if s.length <= keptLength {
		if p := keptPlan(s); p != nil {
			return p, nil
		}
	}
	room, err := scratch.Make[real](s.reals())
	if err != nil {
		return nil, err
	}
	own.lay(s, room)
	return own, nil
}

// keptPlan returns nil where none for s is kept, and the next to go is in use.
func keptPlan(s *shape) *plan {
	for i := range plans.kept {
		k := &plans.kept[i]
		if int(k.length.Load()) != s.length || !join(&k.users) {
			continue
		}
		if k.plan.shape == *s {
			return &k.plan
		}
		k.users.Add(-1)
	}
	i := plans.next.Add(1) % uint32(len(plans.kept))
	k := &plans.kept[i]
	if !k.users.CompareAndSwap(0, -1) {
		return nil
	}
	k.plan.users = &k.users
	k.plan.lay(s, rooms[i][:])
	k.length.Store(int32(s.length))
	k.users.Store(1)
	return &k.plan
}

// join counts a user more, unless there must be none.
func join(users *atomic.Int32) bool {
	n := users.Load()
	for n >= 0 && !users.CompareAndSwap(n, n+1) {
		n = users.Load()
	}
	return n >= 0
}

func (p *plan) release() {
	if p.users != nil {
		p.users.Add(-1)
	} else {
		scratch.Free(p.room)
	}
}
