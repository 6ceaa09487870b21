/* SPDX-License-Identifier: MIT */
/*
 * The engine is what answers: one function for each public function that needs
 * Go. Public functions reach it through engine_get(), so that what stands
 * behind the pointer can be exchanged without them: in a forked child it is.
 */
#ifndef SECRETS_ENGINE_H
#define SECRETS_ENGINE_H

#include <secrets.h>

#include <pthread.h>

/* All else is compiled with -fvisibility=hidden. */
#define PUBLIC __attribute__((visibility("default")))

/* What it returns; its name, less the prefix, by which image.c looks it up; the
   Go export behind it; parameters; arguments. */
#define ENGINE_FUNCTIONS(X) \
	X(int, token_bytes, goTokenBytes, (void *out, size_t nbytes), (out, nbytes)) \
	X(int, token_hex, goTokenHex, (char *out, size_t out_size, size_t nbytes), (out, out_size, nbytes)) \
	X(int, token_urlsafe, goTokenURLSafe, (char *out, size_t out_size, size_t nbytes), (out, out_size, nbytes)) \
	X(int, token_hex_batch, goTokenHexBatch, (char *out, size_t out_size, size_t nbytes, size_t count), \
		(out, out_size, nbytes, count)) \
	X(int, token_urlsafe_batch, goTokenURLSafeBatch, (char *out, size_t out_size, size_t nbytes, size_t count), \
		(out, out_size, nbytes, count)) \
	X(int, randbelow, goRandbelow, (uint64_t bound, uint64_t *out), (bound, out)) \
	X(int, randbits, goRandbits, (unsigned bits, uint64_t *out), (bits, out)) \
	X(int, randrange, goRandrange, (int64_t start, int64_t stop, int64_t *out), (start, stop, out)) \
	X(int, random, goRandom, (double *out), (out)) \
	X(int, randbelow_batch, goRandbelowBatch, (uint64_t bound, uint64_t *out, size_t count), (bound, out, count)) \
	X(int, random_batch, goRandomBatch, (double *out, size_t count), (out, count)) \
	X(int, randbelow_big, goRandbelowBig, (const uint8_t *bound, size_t size, uint8_t *out), (bound, size, out)) \
	X(int, randbits_big, goRandbitsBig, (size_t bits, uint8_t *out, size_t out_size), (bits, out, out_size)) \
	X(int, shuffle, goShuffle, (void *base, size_t nmemb, size_t size), (base, nmemb, size)) \
	X(int, sample, goSample, (size_t population, size_t count, size_t *indices), (population, count, indices)) \
	X(int, password, goPassword, \
		(char *out, size_t out_size, size_t length, const secrets_class *classes, size_t nclasses), \
		(out, out_size, length, classes, nclasses)) \
	X(size_t, password_size, goPasswordSize, (size_t length, const secrets_class *classes, size_t nclasses), \
		(length, classes, nclasses)) \
	X(double, password_entropy, goPasswordEntropy, \
		(size_t length, const secrets_class *classes, size_t nclasses), (length, classes, nclasses)) \
	X(int, passphrase, goPassphrase, \
		(char *out, size_t out_size, size_t nwords, const char *separator, const char *const *wordlist, \
			size_t wordlist_size), \
		(out, out_size, nwords, separator, wordlist, wordlist_size)) \
	X(size_t, passphrase_size, goPassphraseSize, \
		(size_t nwords, const char *separator, const char *const *wordlist, size_t wordlist_size), \
		(nwords, separator, wordlist, wordlist_size)) \
	X(double, passphrase_entropy, goPassphraseEntropy, (size_t nwords, size_t wordlist_size), \
		(nwords, wordlist_size)) \
	X(int, apikey, goAPIKey, (char *out, size_t out_size, const char *prefix, size_t nbytes), \
		(out, out_size, prefix, nbytes)) \
	X(size_t, apikey_size, goAPIKeySize, (const char *prefix, size_t nbytes), (prefix, nbytes)) \
	X(int, apikey_valid, goAPIKeyValid, (const char *key, size_t key_size), (key, key_size)) \
	X(int, compare_digest, goCompareDigest, (const void *a, size_t a_size, const void *b, size_t b_size), \
		(a, a_size, b, b_size))

struct engine {
#define X(type, name, export, parameters, arguments) type (*name) parameters;
	ENGINE_FUNCTIONS(X)
#undef X
};

/* The Go exports of this image. */
extern const struct engine engine_exports;

/*
 * What is true of one process and not of its children. All zeros in a new one,
 * so that zeros have to mean "nothing known, nobody is at it".
 */
struct process {
	const struct engine *ready;   /* answers, and randomness was there */
	const struct engine *engine;  /* answers */
	int loaded;                   /* the Go runtime of this image was started here */
	pthread_mutex_t starting;     /* zeros are PTHREAD_MUTEX_INITIALIZER on Linux */
};

/* Larger than the page of any system, so that it shares its pages with nothing. */
#define PROCESS_SIZE 65536
extern union process_pages {
	struct process process;
	char pages[PROCESS_SIZE];
} engine_pages;

/* engine_start finds an engine for this process, starting one if need be, and
   stores it. With randomness it also makes sure that there is some. */
int engine_start(const struct engine **engine, int randomness);

/* engine_get is engine_start, and one load and one test once that succeeded. */
static inline int engine_get(const struct engine **engine)
{
	*engine = __atomic_load_n(&engine_pages.process.ready, __ATOMIC_ACQUIRE);
	if (__builtin_expect(*engine != NULL, 1))
		return SECRETS_OK;
	return engine_start(engine, 1);
}

#endif
