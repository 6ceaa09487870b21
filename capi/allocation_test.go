// SPDX-License-Identifier: MIT

package main

import (
	"strings"
	"testing"
	"unsafe"

	"libsecrets/secrets"

	"github.com/stretchr/testify/assert"
)

var (
	sink []byte
	wide = strings.Repeat("\u00e4", 1000) + "\x00" // which is refused once it is sorted
)

// The exports add nothing to what the core allocates, which is nothing.
func TestExportsAllocateNothing(t *testing.T) {
	var buffer [512]byte
	bound := [40]byte{10: 5}
	letter := [2]byte{'a'}
	digits := [3]byte{'0', '1'}
	classes := [2]struct {
		characters unsafe.Pointer
		min        uintptr
	}{{unsafe.Pointer(&letter), 1}, {unsafe.Pointer(&digits), 0}}
	at := unsafe.Pointer(&buffer)
	words := [2]unsafe.Pointer{unsafe.Pointer(&letter), unsafe.Pointer(&digits)}
	wideClass := struct {
		characters unsafe.Pointer
		min        uintptr
	}{unsafe.Pointer(unsafe.StringData(wide)), 1}
	for name, call := range map[string]func(){
		"goTokenBytes":        func() { goTokenBytes(at, 32) },
		"goTokenHex":          func() { goTokenHex((*_Ctype_char)(at), 128, 32) },
		"goTokenURLSafe":      func() { goTokenURLSafe((*_Ctype_char)(at), 128, 32) },
		"goRandbelow":         func() { goRandbelow(52, (*_Ctype_uint64_t)(at)) },
		"goRandbits":          func() { goRandbits(64, (*_Ctype_uint64_t)(at)) },
		"goRandrange":         func() { goRandrange(-1, 1, (*_Ctype_int64_t)(at)) },
		"goRandom":            func() { goRandom((*_Ctype_double)(at)) },
		"goTokenHexBatch":     func() { goTokenHexBatch((*_Ctype_char)(at), 128, 20, 3) },
		"goTokenURLSafeBatch": func() { goTokenURLSafeBatch((*_Ctype_char)(at), 128, 20, 3) },
		"goRandbelowBatch":    func() { goRandbelowBatch(52, (*_Ctype_uint64_t)(at), 16) },
		"goRandomBatch":       func() { goRandomBatch((*_Ctype_double)(at), 16) },
		"goRandbelowBig": func() {
			goRandbelowBig((*_Ctype_const_uint8_t)(unsafe.Pointer(&bound)), 40, (*_Ctype_uint8_t)(at))
		},
		"goRandbitsBig": func() { goRandbitsBig(1000, (*_Ctype_uint8_t)(at), 128) },
		"goShuffle":     func() { goShuffle(at, 32, 4) },
		"goSample":      func() { goSample(1<<40, 16, (*_Ctype_size_t)(at)) },
		"goPassword":    func() { goPassword((*_Ctype_char)(at), 128, 16, nil, 0) },
		"a policy":      func() { goPassword((*_Ctype_char)(at), 128, 16, (*_Ctype_const_class)(unsafe.Pointer(&classes)), 2) },
		"a long policy": func() {
			goPassword((*_Ctype_char)(at), 512, 400, (*_Ctype_const_class)(unsafe.Pointer(&classes)), 2)
			goPasswordEntropy(400, (*_Ctype_const_class)(unsafe.Pointer(&classes)), 2)
		},
		"wide characters": func() { goPasswordSize(16, (*_Ctype_const_class)(unsafe.Pointer(&wideClass)), 1) },
		"an own list": func() {
			goPassphrase((*_Ctype_char)(at), 128, 6, nil, (*_Ctype_const_string)(unsafe.Pointer(&words)), 2)
			goPassphraseSize(6, nil, (*_Ctype_const_string)(unsafe.Pointer(&words)), 2)
		},
		"goPassphrase":    func() { goPassphrase((*_Ctype_char)(at), 128, 6, nil, nil, 0) },
		"goAPIKey":        func() { goAPIKey((*_Ctype_char)(at), 128, (*_Ctype_const_char)(unsafe.Pointer(&letter)), 32) },
		"goAPIKeyValid":   func() { goAPIKeyValid((*_Ctype_const_char)(at), 128) },
		"goCompareDigest": func() { goCompareDigest((*_Ctype_const_void)(at), 32, (*_Ctype_const_void)(at), 32) },
		"refused arguments": func() {
			goTokenHex((*_Ctype_char)(at), 1, 32)
			goTokenBytes(nil, 1)
			goRandbelow(0, (*_Ctype_uint64_t)(at))
		},
	} {
		assert.Zero(t, testing.AllocsPerRun(1000, call), name)
	}
	// The control: what does allocate is seen to.
	assert.NotZero(t, testing.AllocsPerRun(1000, func() { sink, _ = secrets.TokenBytes(32) }))
}
