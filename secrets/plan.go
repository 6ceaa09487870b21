// SPDX-License-Identifier: MIT

package secrets

import (
	"math/bits"
	"sync/atomic"

	"libsecrets/internal/scratch"
)

/*
How many passwords satisfy a policy, and how a drawn one is shared out

Let ways(g, l) be the number of ways to fill l places with characters of the groups
g, g+1, ..., at least mins[g] from each. With n of the l places for group g there
are C(l, n) choices of places and sizes[g]^n of characters for them, so

	ways(g, l) = sum over n >= mins[g] of C(l, n) * sizes[g]^n * ways(g+1, l-n)

where no groups fill no places in one way. ways(0, length) is the number of passwords.

A password is drawn in steps: the number n of characters from group 0 with a
probability of C(l, n) * sizes[0]^n * ways(1, l-n) / ways(0, l), so from group 1 for
the places left, and so on; then which places, every assignment equally likely
(Shuffle); then each character. A password with given numbers then comes up with
the product of the first fractions, by one over the number of assignments, by one
over the number of fillings: in which all cancels but 1 / ways(0, length). So all
passwords are equally likely, and no number of characters is ever drawn again because
it will not do.
*/
type plan struct {
	shape
	digits int           // of shape, at hand
	room   natural       // where all ways lie, by group and number of places
	users  *atomic.Int32 // of a plan that is kept
}

// A shape of all characters of Unicode, which are fewer than 2^21, has numbers of at most
// maxCounted*21/64 + 1 words. One more is for the product in scale.
const maxWords = maxCounted*21/64 + 2

// digitsPerPlace is how many binary digits a place adds to the number of ways, at most.
func (s *shape) digitsPerPlace() int {
	characters := 0
	for g := range s.groups {
		characters += s.sizes[g]
	}
	return bits.Len(uint(characters))
}

// start returns the number of words before those for l places. For these it leaves
// 1 + l*digits/64, rounded down: rounding down a sum takes off no more than rounding
// down its parts.
func start(l, digits int) int {
	return l + l*(l-1)/2*digits/64
}

// words returns how many there are in a plan for s.
func (s *shape) words() int {
	return (s.groups + 1) * start(s.length+1, s.digitsPerPlace())
}

// ways is the number of ways to fill l places from the groups g and on.
func (p *plan) ways(g, l int) natural {
	at := g*start(p.length+1, p.digits) + start(l, p.digits)
	return p.room[at:][:1+l*p.digits/64]
}

// lay makes p the plan for s. Its numbers lie in room, which has s.words() at least.
func (p *plan) lay(s *shape, room []uint64) {
	p.shape, p.digits, p.room = *s, s.digitsPerPlace(), room[:s.words()]
	clear(p.room)
	p.ways(s.groups, 0)[0] = 1
	for g := s.groups - 1; g > 0; g-- {
		for l := range s.length + 1 {
			p.sum(g, l)
		}
	}
	p.sum(0, s.length)
}

// sum adds up ways(g, l), which is 0.
func (p *plan) sum(g, l int) {
	var room [maxWords]uint64
	ways := p.ways(g, l)
	c := natural(room[:len(ways)+1])
	c[0] = 1
	for n := range l + 1 {
		if n >= p.mins[g] {
			ways.addProduct(c, p.ways(g+1, l-n))
		}
		p.next(c, g, l, n)
	}
}

// next makes c, which is C(l, n) * sizes[g]^n, the same for n+1.
func (p *plan) next(c natural, g, l, n int) {
	c.scale(uint64(l-n)*uint64(p.sizes[g]), uint64(n)+1)
}

// count draws how many of l places get a character from group g: of all ways one, by its
// number, and then the n in whose share that lies.
func (p *plan) count(g, l int) int {
	if g == p.groups-1 {
		return l
	}
	var room [3][maxWords]uint64
	defer clear(room[:])
	ways := p.ways(g, l)
	way, share := natural(room[0][:len(ways)]), natural(room[1][:len(ways)])
	c := natural(room[2][:len(ways)+1])
	way.draw(ways)
	c[0] = 1
	for n := 0; ; n++ {
		if n >= p.mins[g] {
			clear(share)
			share.addProduct(c, p.ways(g+1, l-n))
			if way.subtract(share) {
				return n
			}
		}
		p.next(c, g, l, n)
	}
}

// keptWords are what 256 characters of ASCII take in 16 classes.
const keptWords = 1 << 16

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

var rooms [len(plans.kept)][keptWords]uint64

// planFor returns a plan for s, to be released: one that is kept, or own.
func planFor(s *shape, own *plan) (*plan, error) {
	if s.words() <= keptWords {
		if p := keptPlan(s); p != nil {
			return p, nil
		}
	}
	room, err := scratch.Make[uint64](s.words())
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
