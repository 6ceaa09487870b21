// SPDX-License-Identifier: MIT

package secrets

import (
	"math/big"
	"math/bits"
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
	shapeOf(maxCounted, [2]int{1, 1}, [2]int{0x110000 - 0x800 - 1, 1}), // the largest numbers
}

func newPlan(s shape) *plan {
	p := new(plan)
	p.lay(&s, make([]uint64, s.words()))
	return p
}

// states calls do with every state that a draw for s can reach.
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

// weights returns C(l, n) * sizes[g]^n * ways(g+1, l-n) for each possible n, and their sum
// ways(g, l), computed without a plan.
func (s *shape) weights(g, l int) (weights []*big.Int, sum *big.Int) {
	ways := s.waysTo(g+1, l)
	sum = new(big.Int)
	for n := s.mins[g]; n <= l; n++ {
		w := new(big.Int).Binomial(int64(l), int64(n))
		w.Mul(w, power(s.sizes[g], n)).Mul(w, ways[l-n])
		weights = append(weights, w)
		sum.Add(sum, w)
	}
	return weights, sum
}

// waysTo returns ways(g, l) for l from 0 to most.
func (s *shape) waysTo(g, most int) []*big.Int {
	ways := make([]*big.Int, most+1)
	for l := range ways {
		if g == s.groups-1 && l >= s.mins[g] {
			ways[l] = power(s.sizes[g], l)
		} else if g == s.groups-1 {
			ways[l] = new(big.Int)
		} else {
			_, ways[l] = s.weights(g, l)
		}
	}
	return ways
}

func power(base, n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(int64(base)), big.NewInt(int64(n)), nil)
}

// A plan has the numbers that math/big computes.
func TestPlanIsExact(t *testing.T) {
	for _, s := range shapes {
		p := newPlan(s)
		s.states(func(g, l int) {
			_, ways := s.weights(g, l)
			require.Zero(t, ways.Cmp(p.ways(g, l).big()), "%v: group %d, %d places", s, g, l)
		})
	}
}

// countOf counts with a scripted way.
func countOf(t *testing.T, p *plan, g, l int, way *big.Int) int {
	t.Helper()
	s := scripted(t, wayFor(p.ways(g, l), way))
	n := p.count(g, l)
	require.Empty(t, s.bytes, "words left")
	return n
}

// wayFor returns the bytes from which that way is drawn, of so many.
func wayFor(ways natural, way *big.Int) []byte {
	ways = ways.trimmed()
	var script []uint64
	for i := range ways {
		script = append(script, limb(way, uint(i)))
	}
	script[len(ways)-1] <<= bits.LeadingZeros64(ways[len(ways)-1])
	return words(script...)
}

// limb returns the i-th word of x, from the least significant on.
func limb(x *big.Int, i uint) uint64 {
	return new(big.Int).Rsh(x, 64*i).Uint64()
}

// Each number of characters has exactly its share of the ways: the first and the last of them
// lead to it.
func TestCountsHaveExactlyTheirShare(t *testing.T) {
	one := big.NewInt(1)
	for _, s := range shapes {
		p := newPlan(s)
		s.states(func(g, l int) {
			weights, _ := s.weights(g, l)
			edge := new(big.Int)
			for i, weight := range weights {
				if weight.Sign() == 0 {
					continue
				}
				require.Equal(t, s.mins[g]+i, countOf(t, p, g, l, edge), "%v: the first", s)
				edge.Add(edge, weight)
				last := new(big.Int).Sub(edge, one)
				require.Equal(t, s.mins[g]+i, countOf(t, p, g, l, last), "%v: the last", s)
			}
		})
	}
}

// A planned is the plan for a policy of so many characters, in use. It has memory of its own if
// none is cached.
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
	require.Equal(t, newPlan(s).room, kept.room)
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
}

// Plans for 256 ASCII characters in 16 classes are cached, and larger ones are not.
func TestLargestPlansAreNotKept(t *testing.T) {
	var sixteen [maxClasses][2]int
	for g := range sixteen {
		sixteen[g] = [2]int{5, 1}
	}
	sixteen[0][0] = 128 - 15*5 - 1
	s := shapeOf(maxCounted, sixteen[:]...)
	assert.LessOrEqual(t, s.words(), keptWords)
	s.sizes[0]++
	assert.Greater(t, s.words(), keptWords)
}

// A plan does not change as long as a call uses it.
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

// Calls that take, release and replace plans at the same time get the right ones.
func TestPlansForManyCallsAtOnce(t *testing.T) {
	var calls sync.WaitGroup
	for range 8 {
		calls.Go(func() {
			for i := range 2000 {
				var own plan
				s := shapeOf(20+i%7, [2]int{7, 1}, [2]int{9, 2})
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
