// SPDX-License-Identifier: MIT

package secrets

import (
	"math/big"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func shapeOf(length int, sizesAndMins ...[2]int) shape {
	s := shape{length: length, groups: len(sizesAndMins)}
	for g, c := range sizesAndMins {
		s.sizes[g], s.mins[g] = c[0], c[1]
	}
	return s
}

var shapes = []shape{
	shapeOf(3, [2]int{2, 1}, [2]int{1, 1}),
	shapeOf(10, [2]int{26, 1}, [2]int{26, 1}, [2]int{10, 3}),
	shapeOf(16, [2]int{10, 2}, [2]int{84, 0}),
	shapeOf(12, [2]int{1, 5}, [2]int{1, 5}, [2]int{1, 2}),
	shapeOf(12, [2]int{1, 11}, [2]int{100_000, 0}),
	shapeOf(20, [2]int{26, 1}, [2]int{26, 1}, [2]int{10, 1}, [2]int{32, 1}),
	shapeOf(40, [2]int{2, 30}, [2]int{50, 1}, [2]int{900, 2}),
}

func newPlan(s shape) *plan {
	p := new(plan)
	p.lay(&s, make([]real, s.reals()))
	return p
}

// states calls do with every state that a draw for s can be in.
func (s *shape) states(do func(g, l int)) {
	do(0, s.length)
	need, slack := s.length, s.length
	for g := range s.groups {
		slack -= s.mins[g]
	}
	for g := 0; g < s.groups-2; g++ {
		need -= s.mins[g]
		for l := need - slack; l <= need; l++ {
			do(g+1, l)
		}
	}
}

// The plan has what the exact integers give, and never more, to 2^-gap.
func TestPlanIsCloseToExact(t *testing.T) {
	for _, s := range shapes {
		p := newPlan(s)
		s.states(func(g, l int) {
			_, ways := s.weights(g, l)
			exact := new(big.Float).SetPrec(1000).SetInt(ways)
			exact.Quo(exact, new(big.Float).SetInt(new(big.Int).MulRange(1, int64(l))))
			got := p.total
			if g > 0 {
				got = p.w[g][l]
			}
			rest := new(big.Float).SetPrec(1000).Sub(exact, got.exact())
			require.GreaterOrEqual(t, rest.Sign(), 0, "%v: more than exact", s)
			require.Negative(t, rest.Cmp(new(big.Float).SetMantExp(exact, -gap-2)), "%v: group %d, %d places", s, g, l)
		})
	}
}

// count with a scripted random number, most significant word first.
func countOf(t *testing.T, p *plan, g, l int, numbers ...uint64) int {
	t.Helper()
	s := scripted(t, words(numbers...))
	n := p.count(g, l)
	require.Empty(t, s.bytes, "words left")
	return n
}

// The numbers of characters have exactly their share of [0, 1): at each edge
// between two of them, the 128 bits in which the edge lies, and only those, are
// left to the bits that follow, and these are compared with the edge as well.
func TestCountsHaveExactlyTheirShare(t *testing.T) {
	for _, s := range shapes {
		p := newPlan(s)
		s.states(func(g, l int) {
			weights, ways := s.weights(g, l)
			edge, last := new(big.Int), len(weights)-1
			for last > 0 && weights[last].Sign() == 0 {
				last--
			}
			for i, weight := range weights[:last] {
				edge.Add(edge, weight)
				n := s.mins[g] + i
				digits := new(big.Int).Lsh(edge, 192)
				digits.Quo(digits, ways)
				hi, lo, more := limb(digits, 2), limb(digits, 1), limb(digits, 0)
				if new(big.Int).Mod(new(big.Int).Lsh(edge, 192), ways).Sign() == 0 || more < 2 || more > 1<<64-3 {
					continue // the edge is no number between two others
				}
				require.Equal(t, n, countOf(t, p, g, l, hi, lo, more-1), "%v: below the edge", s)
				require.Equal(t, n+1, countOf(t, p, g, l, hi, lo, more+1), "%v: above the edge", s)
				require.Equal(t, n, countOf(t, p, g, l, hi, lo, more, 0), "%v: just below", s)
			}
		})
	}
}

// limb gives the i-th word of x, from the least significant on.
func limb(x *big.Int, i uint) uint64 {
	return new(big.Int).Rsh(x, 64*i).Uint64()
}

// For random numbers the plan is sure, and says what the integers say.
func TestPlanAgreesWithExact(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, s := range shapes {
		p := newPlan(s)
		for range 20 {
			hi, lo := r.Uint64(), r.Uint64()
			n, sure := p.locate(0, s.length, hi, lo)
			require.True(t, sure)
			nothing(t)
			require.Equal(t, p.locateExactly(0, s.length, hi, lo), n)
		}
	}
}

// A planned is the plan for a policy of so many characters, in use. It is its own if none kept.
type planned struct {
	*plan
	own plan
}

func plannedFor(t *testing.T, length int) *planned {
	t.Helper()
	s := shapeOf(length, [2]int{7, 1}, [2]int{9, 2})
	p := new(planned)
	kept, err := planFor(&s, &p.own)
	require.NoError(t, err)
	require.Equal(t, s, kept.shape)
	require.Equal(t, newPlan(s).total, kept.total)
	p.plan = kept
	return p
}

func (p *planned) kept() bool { return p.plan != &p.own }

func TestPlansAreKept(t *testing.T) {
	first, second := plannedFor(t, 20), plannedFor(t, 20)
	assert.True(t, first.kept())
	assert.Same(t, first.plan, second.plan)
	first.release()
	second.release()
	for length := 30; length < 40; length++ {
		plannedFor(t, length).release()
	}
	assert.NotEqual(t, 20, first.length, "all kept, however many")
	assert.False(t, plannedFor(t, keptLength+1).kept())
}

// A plan stays what it is for as long as a call uses it.
func TestPlansInUseStay(t *testing.T) {
	var used []*planned
	for length := 50; length < 60; length++ {
		used = append(used, plannedFor(t, length))
	}
	for i, p := range used {
		assert.Equal(t, 50+i, p.length)
		assert.Equal(t, i < len(plans.kept), p.kept())
		p.release()
	}
	last := plannedFor(t, 60)
	assert.True(t, last.kept())
	last.release()
}

// Calls that take, leave and replace plans at the same time get the right ones.
func TestPlansForManyCallsAtOnce(t *testing.T) {
	var calls sync.WaitGroup
	for range 8 {
		calls.Go(func() {
			for i := range 2000 {
				var own plan
				s := shapeOf(100+i%7, [2]int{7, 1}, [2]int{9, 2})
				p, err := planFor(&s, &own)
				if assert.NoError(t, err) {
					assert.Equal(t, s, p.shape)
					p.release()
				}
			}
		})
	}
	calls.Wait()
	for i := range plans.kept {
		assert.Zero(t, plans.kept[i].users.Load())
	}
}
