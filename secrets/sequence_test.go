// SPDX-License-Identifier: MIT

package secrets

import (
	"fmt"
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// bases returns the bounds of the draws for a shuffle of n elements.
func bases(n int) []uint64 {
	var bases []uint64
	for ; n > 1; n-- {
		bases = append(bases, uint64(n))
	}
	return bases
}

// Every outcome of the draws leads to another permutation, so all n! of them are equally likely.
// The bytes are drawn at once and all used.
func TestShuffleMakesEveryPermutationOnce(t *testing.T) {
	for n := range 7 {
		bases, seen := bases(n), map[string]int{}
		factorial := 1
		for i := range n {
			factorial *= i + 1
		}
		enumerate(bases, func(digits []uint64) {
			s := scripted(t, scriptFor(digits, bases))
			elements := []byte("abcdef")[:n]
			Shuffle(elements)
			seen[string(elements)]++
			require.Empty(t, s.bytes)
			require.Equal(t, min(1, len(bases)), s.draws)
		})
		tallyOf(maps.All(seen)).requireUniform(t, factorial, "%d elements", n)
	}
}

// The same draws move elements of any size and at any address in the same way.
func TestShuffleBytesMovesWholeElements(t *testing.T) {
	for _, size := range []int{1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 31, 64, 100, 4096} {
		for offset := range 8 {
			order := []byte("0123456789")
			script := scriptFor([]uint64{3, 1, 4, 1, 5, 2, 0, 1, 1}, bases(10))
			scripted(t, script)
			Shuffle(order)

			b := make([]byte, offset+10*size+1)
			elements := b[offset : offset+10*size]
			for i := range elements {
				elements[i] = byte(i/size)<<4 | byte(i%size%16)
			}
			scripted(t, script)
			require.NoError(t, ShuffleBytes(elements, size))
			for i, b := range elements {
				require.Equal(t, (order[i/size]-'0')<<4|byte(i%size%16), b, "size %d", size)
			}
			require.Zero(t, b[len(b)-1])
		}
	}
}

func TestShuffleBytesRejects(t *testing.T) {
	nothing(t)
	for _, size := range []int{0, -1, 2, 4, 6, 100} {
		b := []byte("abcde")
		require.ErrorIs(t, ShuffleBytes(b, size), ErrInvalid, "%d", size)
		require.Equal(t, "abcde", string(b))
	}
	require.NoError(t, ShuffleBytes(nil, 3))
	require.NoError(t, ShuffleBytes([]byte("abcde"), 5))
}

// A draw has 512 bytes: words of four bytes while the bounds need those, then words of two.
func TestShuffleDrawsAhead(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 0, 2: 1, 257: 1, 258: 2, 1024: 4, 1152: 5} {
		bases := bases(n)
		s := scripted(t, scriptFor(make([]uint64, len(bases)), bases))
		Shuffle(make([]int, n))
		require.Equal(t, want, s.draws, "%d", n)
		require.Empty(t, s.bytes)
	}
}

// A rejected word is replaced by the next, from another draw if need be.
func TestShuffleReplacesRejectedWords(t *testing.T) {
	script := wordFor(0, 4, 2)
	script = appendWord(script, 0, 2) // 2^16 mod 3 is 1: rejected
	script = append(append(script, wordFor(0, 3, 2)...), wordFor(0, 2, 2)...)
	s := scripted(t, script)
	elements := []byte("abcd")
	Shuffle(elements)
	require.Equal(t, "bcda", string(elements))
	require.Empty(t, s.bytes)
}

func TestChoice(t *testing.T) {
	elements := []string{"a", "b", "c"}
	for i, want := range elements {
		s := scripted(t, wordFor(uint64(i), 3, 8))
		got, err := Choice(elements)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Empty(t, s.bytes)
	}
	nothing(t)
	_, err := Choice([]string{})
	assert.ErrorIs(t, err, ErrInvalid)
}

// Every sequence of choices results from exactly one sequence of draws.
func TestChoicesAreIndependent(t *testing.T) {
	elements, bases, seen := []byte("abc"), []uint64{3, 3, 3, 3}, map[string]int{}
	enumerate(bases, func(digits []uint64) {
		s := scripted(t, scriptFor(digits, bases))
		got, err := Choices(elements, 4)
		require.NoError(t, err)
		require.Empty(t, s.bytes)
		require.Equal(t, 1, s.draws)
		seen[string(got)]++
	})
	require.Len(t, seen, 81)
}

func TestAppendChoices(t *testing.T) {
	scripted(t, scriptFor([]uint64{2, 0}, []uint64{3, 3}))
	got, err := AppendChoices([]string{"x"}, []string{"a", "b", "c"}, 2)
	require.NoError(t, err)
	assert.Equal(t, []string{"x", "c", "a"}, got)
}

func TestChoicesRejects(t *testing.T) {
	nothing(t)
	for _, c := range []struct {
		elements []int
		k        int
	}{{nil, 1}, {[]int{}, 5}, {nil, -1}, {[]int{1}, -1}} {
		got, err := Choices(c.elements, c.k)
		require.ErrorIs(t, err, ErrInvalid, "%v", c)
		require.Empty(t, got)
		dst, err := AppendChoices([]int{7}, c.elements, c.k)
		require.ErrorIs(t, err, ErrInvalid, "%v", c)
		require.Equal(t, []int{7}, dst)
	}
	for _, elements := range [][]int{nil, {1}} {
		got, err := Choices(elements, 0)
		require.NoError(t, err)
		require.Empty(t, got)
	}
}

// The result has the type of the argument, if that is a named slice type.
func TestSequencesKeepTheirType(t *testing.T) {
	type deck []fmt.Stringer
	d := deck{nil, nil}
	Shuffle(d)
	var got deck
	got, err := Choices(d, 1)
	require.NoError(t, err)
	got, err = Sample(d, 2)
	require.NoError(t, err)
	require.Len(t, got, 2)
}
