// SPDX-License-Identifier: MIT

package main

import (
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"time"
	"unsafe"

	"libsecrets/internal/testkit"
	"libsecrets/secrets"

	"github.com/stretchr/testify/assert"
)

// allocated returns how many objects f allocates on Go's heap. testing.AllocsPerRun would call f
// once before it counts, and round down.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}

var sink []byte

// each calls look with each way through each export.
func each(look func(export string, w way)) {
	for _, e := range exports() {
		for _, w := range e.ways {
			look(e.name, w)
		}
	}
}

// repeat calls for 20 ms: thousands of times if that is possible, as the runtime does some things
// once in 1024 times (warm.go).
func repeat(call func() status) {
	for start := time.Now(); time.Since(start) < 20*time.Millisecond; {
		call()
	}
}

// growTimers makes the runtime allocate room for its own timers. The timer of its scavenger,
// which the library does not run, would count as an allocation of whatever is called when it
// fires.
func growTimers(t *testing.T) {
	for range 9 { // the runtime doubles the room: 16 from here on
		timer := time.AfterFunc(time.Hour, func() {})
		t.Cleanup(func() { timer.Stop() })
	}
}

// No call allocates on Go's heap. That would be garbage, and a failed allocation would end the
// process: on success and on an error, with little and with much to do, at the first time and
// later.
func TestExportsAllocateNothing(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	secrets.Random() // a timer, which the library does not have: `firstUse` in docs/internals.md
	growTimers(t)
	each(func(export string, w way) {
		ended := status(0)
		first := allocated(func() { ended = w.call() })
		assert.Equal(t, w.ends, ended, "%s, %s", export, w.name)
		assert.Zero(t, first, "%s, %s, the first time", export, w.name)
		later := allocated(func() { repeat(w.call) })
		assert.Zero(t, later, "%s, %s, later", export, w.name)
	})
	// The control: an allocation is noticed.
	assert.NotZero(t, allocated(func() { sink, _ = secrets.TokenBytes(32) }))
}

// No call makes the stack grow beyond what a thread gets when it joins (goGrowStack): a growing
// stack is moved on Go's heap.
func TestExportsNeedNoMoreStack(t *testing.T) {
	each(func(export string, w way) {
		assert.False(t, moves(func() { w.call() }), "%s, %s", export, w.name)
	})
	assert.True(t, moves(func() { deep(2000) }), "the control")
}

// moves reports whether f moves the stack of a thread that has joined.
func moves(f func()) bool {
	moved := make(chan bool)
	go func() {
		goGrowStack()
		before := here()
		f()
		moved <- here() != before
	}()
	return <-moved
}

// here returns the address of the caller's stack, taken from its own frame.
//
//go:noinline
func here() uintptr {
	var local byte
	return uintptr(unsafe.Pointer(&local))
}

//go:noinline
func deep(n int) int {
	var frame [64]byte
	if n > 0 {
		frame[n%64] = byte(deep(n - 1))
	}
	return int(frame[n%32])
}

// The table has all exports, each with an error if it can return one.
func TestWaysLeadThroughAllExports(t *testing.T) {
	taken := map[string]map[bool]bool{}
	each(func(export string, w way) {
		if taken[export] == nil {
			taken[export] = map[bool]bool{}
		}
		taken[export][w.ends == ok] = true
	})
	var names []string
	for _, path := range testkit.Glob(t, "*.go") {
		text := testkit.Read(t, path)
		marks := regexp.MustCompile(`(?m)^//export (go\w+)$`)
		for _, export := range marks.FindAllStringSubmatch(text, -1) {
			names = append(names, export[1])
		}
	}
	engine := []string{"goGrowStack", "goLeaveThread", "goProcessors", "goFirstDraw"}
	assert.Len(t, names, len(taken)+len(engine))
	for _, export := range names {
		if slices.Contains(engine, export) { // which a start calls
			continue
		}
		assert.True(t, taken[export][true], export)
		assert.Equal(t, export != "goPassphraseEntropy", taken[export][false], export)
	}
}
