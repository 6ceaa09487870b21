// SPDX-License-Identifier: MIT

package main

import (
	"encoding/binary"

	"libsecrets/secrets"
)

var classes = []secrets.Class{
	{Characters: secrets.Lowercase, Min: 1}, {Characters: secrets.Uppercase, Min: 1},
	{Characters: secrets.Digits, Min: 1}, {Characters: secrets.Punctuation, Min: 1},
}

var (
	cards   [100]int
	numbers [1000000]uint64
	indices [10]uint
)

// The package of this project, without C.
var ours = peer{"of this tree", map[string]work{
	"bytes": func(room []byte, n uint64) error { secrets.FillTokenBytes(room[:n]); return nil },
	"hex": func(room []byte, n uint64) error {
		return second(secrets.FillTokenHex(room, int(n)))
	},
	"urlsafe": func(room []byte, n uint64) error {
		return second(secrets.FillTokenURLSafe(room, int(n)))
	},
	"below": func(room []byte, bound uint64) error {
		number, err := secrets.RandBelow(bound)
		binary.NativeEndian.PutUint64(room, number)
		return err
	},
	"numbers": func(_ []byte, n uint64) error { return secrets.FillRandBelow(numbers[:n], 52) },
	"hexes": func(room []byte, n uint64) error {
		return second(secrets.FillTokenHexBatch(room, token, int(n), 0))
	},
	"shuffle": func(_ []byte, n uint64) error { secrets.Shuffle(cards[:n]); return nil },
	"sample":  func(_ []byte, n uint64) error { return secrets.FillSample(indices[:], uint(n)) },
	"password": func(room []byte, n uint64) error {
		return second(secrets.FillPassword(room, int(n)))
	},
	"policy": func(room []byte, n uint64) error {
		return second(secrets.FillPassword(room, int(n), classes...))
	},
	"passphrase": func(room []byte, n uint64) error {
		return second(secrets.FillPassphrase(room, int(n), " ", nil))
	},
	"apikey": func(room []byte, n uint64) error {
		return second(secrets.FillAPIKey(room, "my_shop", int(n)))
	},
	"compare": func(room []byte, n uint64) error {
		if !secrets.CompareDigest(room[:n], room[:n]) {
			return secrets.ErrInvalid
		}
		return nil
	},
}}

func second(_ int, err error) error { return err }
