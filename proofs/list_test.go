// SPDX-License-Identifier: MIT

package proofs

var (
	valgrind  = need{"valgrind", "valgrind"}
	clang     = need{"clang", "clang"}
	ent       = need{"ent", "ent"}
	rngtest   = need{"rngtest", "rng-tools5"}
	dieharder = need{"dieharder", "dieharder"}
	gcov      = need{"gcov", "gcc"}
)

// claims is the list behind the table in SECURITY.md.
var claims = []claim{
	{
		name:       "compare",
		promise:    "`secrets_compare_digest` takes a time that depends on the size of its second argument alone",
		instrument: "Welch's t-test on the exported function; memcheck with the secret bytes marked undefined",
		control:    "a comparison that stops at the first difference",
		needs:      []need{valgrind},
		prove:      compareTakesTimeBySizeAlone,
	},
	{
		name:       "encoders",
		promise:    "the hex and URL-safe encoders index no table by secret bytes and do not branch on them",
		instrument: "memcheck with every drawn byte marked undefined",
		control:    "`encoding/hex` and `encoding/base64` in their place; an encoder that branches",
		needs:      []need{valgrind},
		prove:      encodersLookNothingUp,
	},
	{
		name:       "uniform",
		promise:    "every integer, choice, shuffle, sample, password and passphrase is exactly uniform",
		instrument: "a scripted source that goes through every possible draw, and counts of every outcome",
		control:    "modulo, scaling in floating point, the naive shuffle, filling a policy and shuffling it, no refusals",
		prove:      exactlyUniform,
	},
	{
		name:       "memory",
		promise:    "after a call the only copy of a secret is the caller's",
		instrument: "a search of all memory the process can read, after calls of every kind from many threads, in parent and child, after errors and after a recovered panic",
		control:    "libraries that draw into a heap buffer first, or leave out a wipe",
		prove:      onlyTheCallersCopy,
	},
	{
		name:       "bounds",
		promise:    "nothing is read or written outside the caller's buffers",
		instrument: "guard pages on both sides at every size from 0 to 300; AddressSanitizer, UBSan, memcheck, checkptr, the race detector",
		control:    "libraries that write, or read, one byte too many",
		needs:      []need{valgrind},
		prove:      nothingOutsideBuffers,
	},
	{
		name:       "inputs",
		promise:    "no input harms the host",
		instrument: "libFuzzer on the C ABI under sanitizers, Go's fuzzer on the core",
		control:    "a library without one of its checks",
		needs:      []need{clang},
		prove:      noInputHarms,
	},
	{
		name:       "source",
		promise:    "every byte is the operating system's, and no more are requested than stated: 16 when the library starts, none of which reaches a result",
		instrument: "a supervisor that answers every `getrandom(2)` with bytes of its own: at load, in calls, threads and forked children, and at exit",
		control:    "a pool of 4 KB; one bit of the library's own; the seed of Go's runtime in a number; a request at exit; `/dev/urandom` opened",
		prove:      bytesAreTheSystems,
	},
	{
		name:       "statistics",
		promise:    "tokens look random to the batteries of tests, and do not repeat",
		instrument: "ent, rngtest, dieharder; a million tokens compared (`LONG=1`: 1 GiB, a hundred million)",
		control:    "a generator of 16 bits",
		needs:      []need{ent, rngtest, dieharder},
		prove:      tokensLookRandom,
	},
	{
		name:       "survival",
		promise:    "a forked child answers, whatever the threads on either side; what it cannot have is a status",
		instrument: "children of every kind, and refusals made real, with the library under sanitizers",
		control:    "a plain Go shared library, which hangs",
		prove:      childrenAnswer,
	},
	{
		name:       "coverage",
		promise:    "the tests reach every line of the core and of the C side, but those listed with a reason",
		instrument: "`go test -cover` and gcov",
		control:    "the same without one of the tests",
		needs:      []need{gcov},
		prove:      testsReachEveryLine,
	},
	{
		name:       "mutants",
		promise:    "the tests notice when a line is wrong",
		instrument: "single lines changed one by one in core and C side, and the quick tests run",
		control:    "no change, which must pass",
		prove:      mutantsAreCaught,
	},
}
