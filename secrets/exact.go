// SPDX-License-Identifier: MIT

package secrets

import "math/big"

// What plan.go says, in integers, for the draws that it is not sure about.

// locateExactly gives the n in whose share of [0, 1) lies the number that begins with
// the binary digits hi and lo, drawing more of them for as long as they leave it open.
func (p *plan) locateExactly(g, l int, hi, lo uint64) int {
	weights, total := p.weights(g, l)
	u := new(big.Int).SetUint64(hi)
	u.Lsh(u, 64).Or(u, new(big.Int).SetUint64(lo))
	one := big.NewInt(1)
	for digits := uint(128); ; digits += 64 {
		first := new(big.Int).Mul(u, total)
		last := new(big.Int).Add(first, total)
		last.Sub(last, one)
		n := bucket(weights, first.Rsh(first, digits))
		if n == bucket(weights, last.Rsh(last, digits)) {
			return p.mins[g] + n
		}
		u.Lsh(u, 64).Or(u, new(big.Int).SetUint64(word()))
	}
}

// bucket gives the index of the weight in which x lies, when they are laid end
// to end.
func bucket(weights []*big.Int, x *big.Int) int {
	rest := new(big.Int).Set(x)
	i := 0
	for rest.Cmp(weights[i]) >= 0 {
		rest.Sub(rest, weights[i])
		i++
	}
	return i
}

// weights gives C(l, n) * sizes[g]^n * W[g+1](l-n) for each n that can be, and
// their sum W[g](l).
func (s *shape) weights(g, l int) (weights []*big.Int, sum *big.Int) {
	ways := s.ways(g+1, l)
	sum = new(big.Int)
	for n := s.mins[g]; n <= l; n++ {
		w := new(big.Int).Binomial(int64(l), int64(n))
		w.Mul(w, power(s.sizes[g], n)).Mul(w, ways[l-n])
		weights = append(weights, w)
		sum.Add(sum, w)
	}
	return weights, sum
}

// ways gives W[g](l) for l from 0 to most.
func (s *shape) ways(g, most int) []*big.Int {
	ways := make([]*big.Int, most+1)
	for l := range ways {
		if g == s.groups {
			ways[l] = big.NewInt(0)
		} else if g == s.groups-1 {
			ways[l] = power(s.sizes[g], l)
			if l < s.mins[g] {
				ways[l].SetInt64(0)
			}
		} else {
			_, ways[l] = s.weights(g, l)
		}
	}
	return ways
}

func power(base, n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(int64(base)), big.NewInt(int64(n)), nil)
}
