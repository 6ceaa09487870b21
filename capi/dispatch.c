/* SPDX-License-Identifier: MIT */
/* The public functions that need Go. None decides anything: each passes its arguments
   to an export of the same name, and returns its answer. */
#include "engine.h"

#include "_cgo_export.h"

#include <errno.h>
#include <math.h>

/* FORWARD is the body of a function that returns a status: one load, one test, one slot, one
   direct call, and errno restored. work is the number of bytes or elements, as large calls take
   long (SLOT_LARGE). */
#define FORWARD(work, export, ...) \
	int status = engine_enter(); \
	if (status != SECRETS_OK) \
		return status; \
	int saved = errno; \
	struct slot *slot; \
	if (!engine_take(&slot, work)) \
		return SECRETS_ESTART; \
	status = export(__VA_ARGS__); \
	engine_leave(slot); \
	errno = saved; \
	return status

/* ANSWER is the body of a function that returns no status and draws nothing. It works
   without randomness. If the library cannot start, it returns what it returns for
   invalid arguments. */
#define ANSWER(type, otherwise, work, export, ...) \
	if (engine_enter() != SECRETS_OK && engine_start(0) != SECRETS_OK) \
		return otherwise; \
	int saved = errno; \
	struct slot *slot; \
	if (!engine_take(&slot, work)) \
		return otherwise; \
	type answer = export(__VA_ARGS__); \
	engine_leave(slot); \
	errno = saved; \
	return answer

PUBLIC int secrets_token_bytes(void *out, size_t nbytes)
{
	FORWARD(nbytes, goTokenBytes, out, nbytes);
}

PUBLIC int secrets_token_hex(char *out, size_t out_size, size_t nbytes)
{
	FORWARD(nbytes, goTokenHex, out, out_size, nbytes);
}

PUBLIC int secrets_token_urlsafe(char *out, size_t out_size, size_t nbytes)
{
	FORWARD(nbytes, goTokenURLSafe, out, out_size, nbytes);
}

PUBLIC int secrets_token_hex_batch(char *out, size_t out_size, size_t nbytes, size_t count)
{
	FORWARD(out_size, goTokenHexBatch, out, out_size, nbytes, count);
}

PUBLIC int secrets_token_urlsafe_batch(char *out, size_t out_size, size_t nbytes, size_t count)
{
	FORWARD(out_size, goTokenURLSafeBatch, out, out_size, nbytes, count);
}

PUBLIC int secrets_randbelow(uint64_t bound, uint64_t *out)
{
	FORWARD(0, goRandbelow, bound, out);
}

PUBLIC int secrets_randbits(unsigned bits, uint64_t *out)
{
	FORWARD(0, goRandbits, bits, out);
}

PUBLIC int secrets_randrange(int64_t start, int64_t stop, int64_t *out)
{
	FORWARD(0, goRandrange, start, stop, out);
}

PUBLIC int secrets_random(double *out)
{
	FORWARD(0, goRandom, out);
}

PUBLIC int secrets_randbelow_batch(uint64_t bound, uint64_t *out, size_t count)
{
	FORWARD(count, goRandbelowBatch, bound, out, count);
}

PUBLIC int secrets_random_batch(double *out, size_t count)
{
	FORWARD(count, goRandomBatch, out, count);
}

PUBLIC int secrets_randbelow_big(const uint8_t *bound, size_t size, uint8_t *out)
{
	FORWARD(size, goRandbelowBig, bound, size, out);
}

PUBLIC int secrets_randbits_big(size_t bits, uint8_t *out, size_t out_size)
{
	FORWARD(bits, goRandbitsBig, bits, out, out_size);
}

/* Only the address is computed: the array is not read. */
PUBLIC void *secrets_choice(const void *base, size_t nmemb, size_t size)
{
	uint64_t index;
	if (base == NULL || size == 0 || nmemb > PTRDIFF_MAX / size)
		return NULL;
	if (secrets_randbelow(nmemb, &index) != SECRETS_OK)
		return NULL;
	char *element = (char *)base + index * size;
	/* Not by a call, across which element would be saved on the stack as well. */
	*(volatile uint64_t *)&index = 0;
	return element;
}

PUBLIC int secrets_shuffle(void *base, size_t nmemb, size_t size)
{
	FORWARD(nmemb, goShuffle, base, nmemb, size);
}

PUBLIC int secrets_sample(size_t population, size_t count, size_t *indices)
{
	FORWARD(count, goSample, population, count, indices);
}

PUBLIC int secrets_password(char *out, size_t out_size, size_t length, const secrets_class *classes,
	size_t nclasses)
{
	FORWARD(length, goPassword, out, out_size, length, classes, nclasses);
}

PUBLIC size_t secrets_password_size(size_t length, const secrets_class *classes, size_t nclasses)
{
	ANSWER(size_t, 0, 0, goPasswordSize, length, classes, nclasses);
}

PUBLIC double secrets_password_entropy(size_t length, const secrets_class *classes, size_t nclasses)
{
	ANSWER(double, NAN, length, goPasswordEntropy, length, classes, nclasses);
}

PUBLIC size_t secrets_password_length(double bits, const secrets_class *classes, size_t nclasses)
{
	ANSWER(size_t, 0, 0, goPasswordLength, bits, classes, nclasses);
}

PUBLIC int secrets_passphrase(char *out, size_t out_size, size_t nwords, const char *separator,
	const char *const *wordlist, size_t wordlist_size)
{
	FORWARD(nwords + wordlist_size, goPassphrase, out, out_size, nwords, separator, wordlist,
		wordlist_size);
}

PUBLIC size_t secrets_passphrase_size(size_t nwords, const char *separator,
	const char *const *wordlist, size_t wordlist_size)
{
	ANSWER(size_t, 0, wordlist_size, goPassphraseSize, nwords, separator, wordlist, wordlist_size);
}

PUBLIC double secrets_passphrase_entropy(size_t nwords, size_t wordlist_size)
{
	ANSWER(double, NAN, 0, goPassphraseEntropy, nwords, wordlist_size);
}

PUBLIC size_t secrets_passphrase_words(double bits, size_t wordlist_size)
{
	ANSWER(size_t, 0, 0, goPassphraseWords, bits, wordlist_size);
}

PUBLIC int secrets_apikey(char *out, size_t out_size, const char *prefix, size_t nbytes)
{
	FORWARD(nbytes, goAPIKey, out, out_size, prefix, nbytes);
}

PUBLIC size_t secrets_apikey_size(const char *prefix, size_t nbytes)
{
	ANSWER(size_t, 0, 0, goAPIKeySize, prefix, nbytes);
}

PUBLIC int secrets_apikey_valid(const char *key, size_t key_size)
{
	ANSWER(int, 0, key_size, goAPIKeyValid, key, key_size);
}

PUBLIC int secrets_compare_digest(const void *a, size_t a_size, const void *b, size_t b_size)
{
	ANSWER(int, 0, b_size, goCompareDigest, a, a_size, b, b_size);
}
