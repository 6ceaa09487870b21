// SPDX-License-Identifier: MIT

package main

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/big"
	"runtime"
	"strings"
)

// crypto/rand, and the code that a program writes around it.
var standard = peer{runtime.Version(), map[string]work{
	"bytes": func(room []byte, n uint64) error { return second(rand.Read(room[:n])) },
	"hex":   func(room []byte, n uint64) error { return standardHex(room, n) },
	"urlsafe": func(room []byte, n uint64) error {
		var raw [64]byte
		_, err := rand.Read(raw[:n])
		base64.RawURLEncoding.Encode(room, raw[:n])
		return err
	},
	"below": func(room []byte, bound uint64) error {
		number, err := rand.Int(rand.Reader, new(big.Int).SetUint64(bound))
		binary.NativeEndian.PutUint64(room, number.Uint64())
		return err
	},
	"numbers": func(_ []byte, n uint64) error {
		for i := range numbers[:n] {
			numbers[i] = below(52)
		}
		return nil
	},
	"hexes": func(room []byte, n uint64) error {
		for i := range n {
			if err := standardHex(room[i*(2*token+1):], token); err != nil {
				return err
			}
		}
		return nil
	},
	"shuffle": func(_ []byte, n uint64) error {
		for i := n - 1; i > 0; i-- {
			j := below(i + 1)
			cards[i], cards[j] = cards[j], cards[i]
		}
		return nil
	},
	"sample": func(_ []byte, n uint64) error {
		chosen := map[uint64]bool{}
		for len(chosen) < 10 {
			chosen[below(n)] = true
		}
		return nil
	},
	"password": func(room []byte, n uint64) error {
		characters(room[:n], letters+digits)
		return nil
	},
	"policy": func(room []byte, n uint64) error {
		for {
			if characters(room[:n], letters+digits+marks); kinds(room[:n]) == 15 {
				return nil
			}
		}
	},
	"apikey": func(room []byte, n uint64) error {
		characters(room[:(n*8000+5953)/5954], letters+digits)
		return nil
	},
	"compare": func(room []byte, n uint64) error {
		if subtle.ConstantTimeCompare(room[:n], room[:n]) != 1 {
			return errors.New("not equal")
		}
		return nil
	},
}}

const (
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits  = "0123456789"
	marks   = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
)

func standardHex(room []byte, n uint64) error {
	var raw [64]byte
	_, err := rand.Read(raw[:n])
	hex.Encode(room, raw[:n])
	return err
}

func below(bound uint64) uint64 {
	number, err := rand.Int(rand.Reader, new(big.Int).SetUint64(bound))
	if err != nil {
		panic(err)
	}
	return number.Uint64()
}

func characters(room []byte, alphabet string) {
	for i := range room {
		room[i] = alphabet[below(uint64(len(alphabet)))]
	}
}

func kinds(password []byte) (kinds int) {
	for _, c := range password {
		switch {
		case strings.IndexByte(letters[:26], c) >= 0:
			kinds |= 1
		case strings.IndexByte(letters[26:], c) >= 0:
			kinds |= 2
		case strings.IndexByte(digits, c) >= 0:
			kinds |= 4
		case strings.IndexByte(marks, c) >= 0:
			kinds |= 8
		}
	}
	return kinds
}
