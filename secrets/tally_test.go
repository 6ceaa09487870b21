// SPDX-License-Identifier: MIT

package secrets

import (
	"errors"
	"fmt"
	"iter"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// A tally is the exact weight of each outcome, over all outcomes of the draws. It judges the
// functions of this package, and biased controls.
type tally struct {
	weights    map[string]*big.Rat
	draws      int // number of outcomes of the draws
	unfinished int // of these, those after which more is drawn
}

func newTally() *tally {
	return &tally{weights: map[string]*big.Rat{}}
}

// tallyOf counts outcomes that came up that many times.
func tallyOf[K any](times iter.Seq2[K, int]) *tally {
	c := newTally()
	for outcome, n := range times {
		c.add(fmt.Sprint(outcome), n)
	}
	return c
}

// weigh counts an outcome that has that many ways and, in total, that weight.
func (c *tally) weigh(outcome string, ways int, weight *big.Rat) {
	if c.weights[outcome] == nil {
		c.weights[outcome] = new(big.Rat)
	}
	c.weights[outcome].Add(c.weights[outcome], weight)
	c.draws += ways
}

// add counts an outcome that has that many ways, each with a weight of 1.
func (c *tally) add(outcome string, ways int) {
	c.weigh(outcome, ways, big.NewRat(int64(ways), 1))
}

// uniform returns an error unless there are exactly so many kinds of outcomes, all of the same
// weight.
func (c *tally) uniform(kinds int) error {
	if len(c.weights) != kinds {
		return fmt.Errorf("%d kinds of outcomes instead of %d", len(c.weights), kinds)
	}
	var first *big.Rat
	for outcome, weight := range c.weights {
		if first == nil {
			first = weight
		}
		if weight.Sign() <= 0 || weight.Cmp(first) != 0 {
			return fmt.Errorf("%q has a weight of %v, another has %v", outcome, weight, first)
		}
	}
	return nil
}

func (c *tally) requireUniform(t *testing.T, kinds int, what ...any) {
	t.Helper()
	require.NoError(t, c.uniform(kinds), what...)
	t.Logf("draws enumerated: %d", c.draws)
}

// A place in a script is a word of size bytes that stands for a value below bound. With a bound
// of 2^(8*size) it stands for every word. A bound of 1 stands for the word 0: the one that is
// rejected if any is.
type place struct {
	bound uint64
	size  int
}

var (
	anyByte  = place{1 << 8, 1}
	anyWord  = place{1 << 16, 2}
	rejected = place{1, 2}
)

// placesBelow returns the places for integers below bounds, of the sizes that calls draw for many
// values.
func placesBelow(bounds ...uint64) []place {
	var places []place
	for _, bound := range bounds {
		places = append(places, place{bound, wordSize(bound)})
	}
	return places
}

// outcomes calls call once for every combination of words at the places. A call that returns must
// have used the whole script. One that asks for more has rejected a word, or drawn a duplicate,
// and draws that part again: it does not affect the outcomes of those that return.
func outcomes(t *testing.T, places []place, call func() string) *tally {
	t.Helper()
	c, s := newTally(), &endingScript{}
	replaceReader(t, s)
	var bounds []uint64
	for _, p := range places {
		bounds = append(bounds, p.bound)
	}
	enumerate(bounds, func(digits []uint64) {
		s.bytes = nil
		for i, p := range places {
			s.bytes = append(s.bytes, wordFor(digits[i], p.bound, p.size)...)
		}
		outcome, err := s.play(call)
		if err != nil {
			c.draws++
			c.unfinished++
			return
		}
		require.Empty(t, s.bytes, "bytes left")
		c.add(outcome, 1)
	})
	return c
}

// An endingScript is a script that may be asked for more than it has.
type endingScript struct{ bytes []byte }

var errScriptEnds = errors.New("the script has ended")

func (s *endingScript) Read(b []byte) (int, error) {
	if len(b) > len(s.bytes) {
		panic(errScriptEnds) // on an error crypto/rand would end the process
	}
	s.bytes = s.bytes[copy(b, s.bytes):]
	return len(b), nil
}

// play returns what call returns, or errScriptEnds.
func (s *endingScript) play(call func() string) (outcome string, err error) {
	defer func() {
		if r := recover(); r == errScriptEnds {
			err = errScriptEnds
		} else if r != nil {
			panic(r)
		}
	}()
	return call(), nil
}

// outcomeOf returns a result as an outcome.
func outcomeOf[T any](result T, err error) string {
	if err != nil {
		panic(err)
	}
	return fmt.Sprint(result)
}
