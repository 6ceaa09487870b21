// SPDX-License-Identifier: MIT

package claims

var (
	valgrind  = need{"valgrind", "valgrind"}
	clang     = need{"clang", "clang"}
	ent       = need{"ent", "ent"}
	rngtest   = need{"rngtest", "rng-tools5"}
	dieharder = need{"dieharder", "dieharder"}
	gcov      = need{"gcov", "gcc"}
)

// claims is the list behind the sections in SECURITY.md.
var claims = []claim{
	{
		name: "compare",
		promise: "the time of `secrets_compare_digest` depends only on the size of its second " +
			"argument",
		instrument: "Welch's t-test on the exported function; memcheck with the secret bytes " +
			"marked undefined",
		control: "a comparison that stops at the first difference",
		needs:   []need{valgrind},
		prove:   compareTakesTimeBySizeAlone,
	},
	{
		name:       "encoders",
		promise:    "the hex and URL-safe encoders have no secret-dependent lookups or branches",
		instrument: "memcheck with every drawn byte marked undefined",
		control:    "`encoding/hex` and `encoding/base64` in their place; an encoder that branches",
		needs:      []need{valgrind},
		prove:      encodersLookNothingUp,
	},
	{
		name: "uniform",
		promise: "every integer, choice, shuffle, sample, password and passphrase is " +
			"uniformly distributed",
		instrument: "a scripted source that enumerates every possible draw, and counts of every " +
			"outcome",
		control: "modulo bias, scaling in floating point, the biased shuffle, filling a " +
			"policy and shuffling it, no rejection",
		prove: exactlyUniform,
	},
	{
		name:    "memory",
		promise: "after a call the caller has the only copy of a secret",
		instrument: "a search of all memory the process can read, after calls of every kind from " +
			"many threads, in parent and child, after errors and after a recovered panic",
		control: "libraries that draw into a heap buffer first, or omit a wipe",
		prove:   onlyTheCallersCopy,
	},
	{
		name:    "bounds",
		promise: "nothing is read or written outside the caller's buffers",
		instrument: "guard pages on both sides at every size from 0 to 300; AddressSanitizer, " +
			"UBSan, memcheck, checkptr, the race detector",
		control: "libraries that write, or read, one byte too many",
		needs:   []need{valgrind},
		prove:   nothingOutsideBuffers,
	},
	{
		name:       "inputs",
		promise:    "no input crashes the host or corrupts its memory",
		instrument: "libFuzzer on the C ABI under sanitizers, Go's fuzzer on the core",
		control:    "a library without one of its checks",
		needs:      []need{clang},
		prove:      noInputHarms,
	},
	{
		name: "source",
		promise: "every byte comes from the operating system, and no more are requested than " +
			"stated; the 16 at the start reach no result",
		instrument: "a supervisor that answers every `getrandom(2)` with bytes of its own: at " +
			"load, in calls, threads and forked children, and at exit",
		control: "a pool of 4 KB; one bit of the library's own; the seed of Go's runtime in a " +
			"number; a request at exit; `/dev/urandom` opened",
		prove: bytesAreTheSystems,
	},
	{
		name:    "statistics",
		promise: "tokens pass batteries of statistical tests, and do not repeat",
		instrument: "ent, rngtest, dieharder; a million tokens compared (`LONG=1`: 1 GiB, a " +
			"hundred million)",
		control: "a generator of 16 bits",
		needs:   []need{ent, rngtest, dieharder},
		prove:   tokensLookRandom,
	},
	{
		name: "survival",
		promise: "calls in a forked child work, whatever threads parent and child have; what " +
			"is refused there becomes a status",
		instrument: "children of every kind, and refusals made real, with the library under " +
			"sanitizers",
		control: "a plain Go shared library, which hangs",
		prove:   childrenAnswer,
	},
	{
		name: "coverage",
		promise: "the tests reach every line of the core and of the C side, except those " +
			"listed with a reason",
		instrument: "`go test -cover` and gcov",
		control:    "the same without one of the tests",
		needs:      []need{gcov},
		prove:      testsReachEveryLine,
	},
	{
		name:    "mutants",
		promise: "the tests notice a wrong operator in the core, and faults of the engine",
		instrument: "gremlins, which changes one operator after another and runs the tests; for " +
			"the engine a list of faults",
		control: "the core without the tests of one file; a change of a comment, which must pass",
		prove:   mutantsAreCaught,
	},
}
