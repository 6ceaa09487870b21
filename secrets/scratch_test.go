// SPDX-License-Identifier: MIT

package secrets

import (
	"strconv"
	"testing"
	"unsafe"

	"libsecrets/internal/scratch"

	"github.com/stretchr/testify/assert"
)

// Arguments of calls that allocate memory: wide has more characters than fit on the stack, and
// large is a policy whose plan is not cached.
var (
	wide = func() (all string) {
		for c := rune(0x4e00); c < 0x5000; c++ {
			all += string(c)
		}
		return all
	}()
	large = func() (classes []Class) {
		for i := range maxClasses {
			classes = append(classes, Class{string([]rune(wide)[20*i:][:20]), 1})
		}
		return classes
	}()
	manyWords = func() (list []string) {
		for i := range 1000 {
			list = append(list, strconv.Itoa(i))
		}
		return list
	}()
)

// Calls that allocate memory. They return the error and how much they wrote.
var needy = map[string]func(dst []byte) (int, error){
	"FillPassphrase": func(dst []byte) (int, error) {
		return FillPassphrase(dst, 3, "", manyWords)
	},
	"PassphraseLen": func([]byte) (int, error) { return PassphraseLen(3, "", manyWords) },
	"wide characters": func(dst []byte) (int, error) {
		return FillPassword(dst, 10, Class{wide, 0})
	},
	"PasswordLen":    func([]byte) (int, error) { return PasswordLen(10, Class{wide, 0}) },
	"a large policy": func(dst []byte) (int, error) { return FillPassword(dst, 256, large...) },
	"PasswordEntropy": func([]byte) (int, error) {
		_, err := PasswordEntropy(256, large...)
		return 0, err
	},
	"PasswordLength": func([]byte) (int, error) { return PasswordLength(2000, large...) },
}

// counting counts the memory that is allocated, and lets allocations fail after most of them.
func counting(t *testing.T, most int) (asked, held *int) {
	asked, held = new(int), new(int)
	kept := map[unsafe.Pointer][]uint64{}
	scratch.Get = func(n, size uintptr) unsafe.Pointer {
		if *asked++; *asked > most {
			return nil
		}
		memory := make([]uint64, (n*size+7)/8)
		at := unsafe.Pointer(unsafe.SliceData(memory))
		kept[at] = memory
		*held++
		return at
	}
	scratch.Put = func(at unsafe.Pointer) {
		assert.Contains(t, kept, at)
		delete(kept, at)
		*held--
	}
	t.Cleanup(func() { scratch.Get, scratch.Put = nil, nil })
	return asked, held
}

// A failed allocation is an error, wherever it happens: nothing is written, drawn or kept.
func TestFailedAllocationIsAnError(t *testing.T) {
	for name, call := range needy {
		asked, held := counting(t, 10)
		_, err := call(make([]byte, 1000))
		assert.NoError(t, err, name)
		assert.Zero(t, *held, name)
		needed := *asked
		assert.Positive(t, needed, name)
		for most := range needed {
			t.Run(name, func(t *testing.T) { checkRefused(t, most, call) })
		}
	}
}

func checkRefused(t *testing.T, most int, call func([]byte) (int, error)) {
	_, held := counting(t, most)
	dst := make([]byte, 1000)
	nothing(t)
	_, err := call(dst)
	assert.ErrorIs(t, err, scratch.ErrRefused)
	assert.Equal(t, make([]byte, 1000), dst)
	assert.Zero(t, *held)
}

// Calls with small arguments allocate nothing.
func TestFewNeedNoMemory(t *testing.T) {
	asked, _ := counting(t, 0)
	policy := []Class{{Lowercase, 1}, {string([]rune(wide)[:128]), 1}, {Digits, 3}}
	_, err := FillPassword(make([]byte, 1000), 200, policy...)
	assert.NoError(t, err)
	_, err = FillPassphrase(make([]byte, 1000), 6, " ", nil)
	assert.NoError(t, err)
	assert.Zero(t, *asked)
}
