// SPDX-License-Identifier: MIT

// Package secrets generates cryptographically secure values: tokens for password
// resets, sessions and API keys, passwords and passphrases, unbiased integers of any
// size, and choices, samples and shuffles of sequences. It is for Go what the secrets
// module is for Python. [SystemRandom] adds the distributions of math/rand/v2.
//
// For many values, [FillRandBelow], [FillTokenHexBatch], [Choices], [Sample] and
// others like them are several times faster than a loop: they draw the bytes for all
// of them at once.
//
// # Guarantees
//
// Every random byte comes from [crypto/rand], and so from the operating system.
// The package seeds nothing, keeps no random byte between calls and has no fallback
// source. Integers, choices, samples and permutations are uniformly distributed, by
// rejection sampling: no modulo bias, no scaling of floating-point numbers. The result
// is the only copy: scratch memory is wiped before a call returns. All functions are
// safe for concurrent use.
//
// # How many bytes should a token have?
//
// [DefaultEntropy], 32 bytes, unless you have a reason for another number.
// A token of n bytes is one of 256^n, and an attacker who makes g guesses per
// second needs 256^n / (2g) seconds on average to find it. At a trillion guesses
// per second, 8 bytes fall in about 107 days, 16 bytes in 5 * 10^18 years, and 32
// bytes in 2 * 10^57. So 16 bytes is the least for a token that can be tested
// offline, and 32 leaves room for many tokens, for multi-target attacks and for
// a quantum computer's square-root speed-up (Grover), at the price of 11 to 22 more
// characters. [NeededEntropy] computes it for other numbers.
//
// # Errors
//
// An invalid argument yields an error that matches [ErrInvalid] or [ErrShortBuffer]
// under [errors.Is], before anything is drawn or written. There is no error for
// an operating system without randomness: since Go 1.24 crypto/rand ends the
// process instead.
package secrets
