// SPDX-License-Identifier: MIT

package secrets

import (
	"math/bits"
	"sync/atomic"

	"libsecrets/internal/scratch"
)

/*
A plan holds the numbers of passwords that meet a policy, by which one of them is drawn uniformly.

Let ways(g, l) be the number of ways to fill l places with characters of the groups
g, g+1, ..., at least mins[g] from each. With n of the l places for group g there
are C(l, n) choices of places and sizes[g]^n of characters for them, so

	ways(g, l) = sum over n >= mins[g] of C(l, n) * sizes[g]^n * ways(g+1, l-n)

where no groups fill no places in one way. ways(0, length) is the number of passwords.

A password is drawn in steps. First the number n of characters from group 0, with a
probability of C(l, n) * sizes[0]^n * ways(1, l-n) / ways(0, l); then that of group 1 for
the remaining places, and so on; then which places they take, by a shuffle; then each
character. The probability of a password is the product of the fractions of its numbers,
divided by the number of assignments and by the number of ways to fill them, in which all
but 1 / ways(0, length) cancels. So all passwords are equally likely, and no draw has to be
rejected because it does not meet the policy.
*/
type plan struct {
	shape
	digits int           // shape.digitsPerPlace()
	room   natural       // all ways, by group and number of places
	users  *atomic.Int32 // of a cached plan
}

// A shape of all characters of Unicode, which are fewer than 2^21, has numbers of at most
// maxCounted*21/64 + 1 words. One more is for the product in scale.
const maxWords = maxCounted*21/64 + 2

// digitsPerPlace returns how many binary digits a place adds to the number of ways, at most.
func (s *shape) digitsPerPlace() int {
	return bits.Len(uint(s.characters()))
}

// characters returns the number of characters of all groups.
func (s *shape) characters() (sum int) {
	for g := range s.groups {
		sum += s.sizes[g]
	}
	return sum
}

// start returns the index of the words for l places within a group. It leaves at least
// 1 + l*digits/64 of them, rounded down: rounding down a sum loses no more than rounding down
// its terms.
func start(l, digits int) int {
	return l + l*(l-1)/2*digits/64
}

// words returns the number of words in a plan for s.
func (s *shape) words() int {
	return (s.groups + 1) * start(s.length+1, s.digitsPerPlace())
}

// ways returns the number of ways to fill l places from the groups g and on.
func (p *plan) ways(g, l int) natural {
	at := g*start(p.length+1, p.digits) + start(l, p.digits)
	return p.room[at:][:1+l*p.digits/64]
}

// lay makes p the plan for s. It computes its numbers in room, of at least s.words() words.
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

// sum computes ways(g, l), which is 0 before.
func (p *plan) sum(g, l int) {
	p.sumTo(p.ways(g, l), g, l)
}

// sumTo adds ways(g, l), which the plan need not hold, to ways.
func (p *plan) sumTo(ways natural, g, l int) {
	var room [maxWords]uint64
	c := natural(room[:len(ways)+1])
	c[0] = 1
	for n := range l + 1 {
		if n >= p.mins[g] {
			ways.addProduct(c, p.ways(g+1, l-n))
		}
		p.next(c, g, l, n)
	}
}

// next turns c from C(l, n) * sizes[g]^n into that for n+1.
func (p *plan) next(c natural, g, l, n int) {
	c.scale(uint64(l-n)*uint64(p.sizes[g]), uint64(n)+1)
}

// count draws how many of l places get a character from group g: it draws one of all ways, by
// its number, and returns the n to whose share it belongs.
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

// keptWords is the size of a plan for 256 ASCII characters in 16 classes.
const keptWords = 1 << 16

// plans caches the last plans, as most programs have one or two policies. They hold no secret.
// Their memory is fixed, so that replacing one leaves no garbage. A plan is replaced only while
// no call uses it, and no call waits for that.
var plans struct {
	kept [4]struct {
		users  atomic.Int32 // -1 while a call replaces the plan
		length atomic.Int32 // of the plan, to skip most others quickly
		plan   plan
	}
	next atomic.Uint32
}

var rooms [len(plans.kept)][keptWords]uint64

// planFor returns a plan for s, to be released: a cached one, or own.
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

// keptPlan returns the cached plan for s, made if need be; nil if the one to replace is in use.
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

// join adds a user, unless the plan is being replaced.
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
