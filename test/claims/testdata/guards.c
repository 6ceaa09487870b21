/* SPDX-License-Identifier: MIT */
/*
 * Every function of secrets.h that takes a pointer, with every size from 0 to 300 and with valid
 * and invalid arguments. An output may be written as far as the header says, and on an error not
 * at all; an input may only be read.
 *
 *   guards PLACE [FUNCTION]
 *
 * PLACE is where a buffer is: directly before a guard page (behind) or after one (front), or alone
 * on the heap, for an instrument that watches that (heap). Without arguments it lists the
 * functions.
 *
 * Prints how many calls it made. Exit status: 0 all succeeded, 1 one failed, 3 one touched a guard
 * page, 2 wrong usage.
 */
#include "check.h"

#include <math.h>
#include <signal.h>

enum { SIZES = 301, HELD = 8 };

static enum { BEHIND, FRONT, HEAP } place;
static char where[128]; /* how a fault would be reported */
static unsigned long calls;

/* ---- Buffers ---------------------------------------------------------- */

/* A call uses a few. On the heap each has exactly the size it needs; otherwise it is part of
   memory with a guard page on either side, which is reused. */
static struct held {
	struct guarded memory;
	unsigned char *start; /* of what has the pattern */
	size_t total;
	unsigned char *data; /* of the buffer in it */
	size_t size;
	const void *source; /* of an input, otherwise NULL */
} held[HELD];
static size_t holding;

static struct guarded untouched;

static void make_memory(void)
{
	untouched = guarded_new((size_t)sysconf(_SC_PAGESIZE));
	for (size_t i = 0; i < HELD && place != HEAP; i++)
		held[i].memory = guarded_new(untouched.size);
}

static struct held *hold(size_t size, const void *source)
{
	CHECK(holding < HELD && size <= untouched.size);
	struct held *h = &held[holding++];
	h->size = size;
	h->source = source;
	h->total = place == HEAP ? size : h->memory.size;
	h->start = place == HEAP ? (unsigned char *)malloc(size) : h->memory.data;
	h->data = place == BEHIND ? h->start + h->total - size : h->start;
	CHECK(h->start != NULL);
	memcpy(h->start, untouched.data, h->total);
	return h;
}

static void *output(size_t size)
{
	return hold(size, NULL)->data;
}

static void *input(const void *bytes, size_t size)
{
	struct held *h = hold(size, bytes);
	memcpy(h->data, bytes, size);
	if (place != HEAP)
		CHECK(mprotect(h->start, h->total, PROT_READ) == 0);
	return h->data;
}

static int unchanged(const struct held *h, size_t from, size_t to)
{
	return memcmp(h->start + from, untouched.data + from, to - from) == 0;
}

/* An output may have changed in its first bytes, an input not at all. */
static void let_go(struct held *h, size_t written)
{
	size_t at = (size_t)(h->data - h->start), changed = h->source != NULL ? h->size : written;
	CHECK(changed <= h->size);
	CHECK(unchanged(h, 0, at) && unchanged(h, at + changed, h->total));
	CHECK(h->source == NULL || memcmp(h->data, h->source, h->size) == 0);
	if (place == HEAP)
		free(h->start);
	else if (h->source != NULL)
		CHECK(mprotect(h->start, h->total, PROT_READ | PROT_WRITE) == 0);
}

static void called(size_t written)
{
	while (holding > 0)
		let_go(&held[--holding], written);
	calls++;
}

/* CALL makes a call of a function that has a status, and says how many bytes it may have written
   if that is SECRETS_OK. ASK makes one of a function that has an answer, and writes nothing. */
#define CALL(expected, written, call) \
	do { \
		CHECK_STATUS(expected, call); \
		called((expected) == SECRETS_OK ? (written) : 0); \
	} while (0)
#define ASK(condition) \
	do { \
		CHECK(condition); \
		called(0); \
	} while (0)

/* ---- Outputs with a size ---------------------------------------------- */

/* The sizes that a caller may pass where some bytes are needed, and the status for each. */
static struct room {
	char *out;
	size_t size;
	int expected;
} room;

static int next_room(int i, size_t needed)
{
	const struct room rooms[] = {
		{ NULL, needed, SECRETS_OK },
		{ NULL, needed + 7, SECRETS_OK },
		{ NULL, needed - 1, SECRETS_ENOSPC },
		{ NULL, 0, SECRETS_ENOSPC },
		{ NULL, needed, SECRETS_EINVAL },
		{ NULL, 0, SECRETS_ENOSPC },
	};
	if (i == COUNT(rooms))
		return 0;
	room = rooms[i];
	if (i < 4) /* the last two have no buffer */
		room.out = (char *)output(room.size);
	return 1;
}

#define EACH_ROOM(needed, written, call) \
	for (int i = 0; next_room(i, needed); i++) \
	CALL(room.expected, written, call)

/* ---- Inputs ----------------------------------------------------------- */

/* Returns n equal letters and a NUL. */
static const char *letters(size_t n)
{
	static char text[SIZES + 1];
	memset(text, 'a', SIZES);
	return (const char *)input(text + SIZES - n, n + 1);
}

/* Returns n characters of two bytes each, the last without its last cut bytes, and a NUL. */
static const char *alphabet(size_t n, size_t cut)
{
	static char text[2 * SIZES + 1];
	for (size_t i = 0; i < n; i++) {
		text[2 * i] = (char)(0xd0 + i / 64);
		text[2 * i + 1] = (char)(0x80 + i % 64);
	}
	text[2 * n - cut] = '\0';
	return (const char *)input(text, 2 * n - cut + 1);
}

/* Two classes: n characters, and ten with a minimum. */
static const secrets_class *classes(size_t n, size_t cut, size_t min)
{
	static secrets_class list[2];
	list[0].characters = alphabet(n, cut);
	list[1].characters = (const char *)input(SECRETS_DIGITS, sizeof SECRETS_DIGITS);
	list[1].min = min;
	return (const secrets_class *)input(list, sizeof list);
}

/* Returns n words, of 1 to n letters, which all end at the same NUL. */
static const char *const *words(size_t n)
{
	static const char *list[SIZES];
	const char *longest = letters(n);
	for (size_t i = 0; i < n; i++)
		list[i] = longest + n - 1 - i;
	return (const char *const *)input(list, n * sizeof *list);
}

static const uint8_t *bytes(size_t n, int value)
{
	static uint8_t list[SIZES];
	memset(list, value, SIZES);
	return (const uint8_t *)input(list, n);
}

/* ---- Tokens ----------------------------------------------------------- */

static void token_bytes(size_t n)
{
	CALL(SECRETS_OK, n, secrets_token_bytes(output(n), n));
	CALL(n ? SECRETS_EINVAL : SECRETS_OK, 0, secrets_token_bytes(NULL, n));
	CALL(SECRETS_ENOSPC, 0, secrets_token_bytes(output(n), SIZE_MAX - n));
}

static void token_hex(size_t n)
{
	size_t size = secrets_token_hex_size(n);
	EACH_ROOM(size, size, secrets_token_hex(room.out, room.size, n));
	CALL(SECRETS_OK, size, secrets_token_hex(output(size), SIZE_MAX, n));
	CALL(SECRETS_ENOSPC, 0, secrets_token_hex(output(size), size, SIZE_MAX - n));
}

static void token_urlsafe(size_t n)
{
	size_t size = secrets_token_urlsafe_size(n);
	EACH_ROOM(size, size, secrets_token_urlsafe(room.out, room.size, n));
	CALL(SECRETS_OK, size, secrets_token_urlsafe(output(size), SIZE_MAX, n));
	CALL(SECRETS_ENOSPC, 0, secrets_token_urlsafe(output(size), size, SIZE_MAX - n));
}

/* Three tokens of n bytes, and n tokens of three bytes. */
static void token_hex_batch(size_t n)
{
	size_t size = 3 * secrets_token_hex_size(n), many = n * secrets_token_hex_size(3);
	EACH_ROOM(size, size, secrets_token_hex_batch(room.out, room.size, n, 3));
	CALL(SECRETS_OK, many, secrets_token_hex_batch(output(many), many, 3, n));
	CALL(SECRETS_ENOSPC, 0, secrets_token_hex_batch(output(size), size, n, SIZE_MAX - n));
}

static void token_urlsafe_batch(size_t n)
{
	size_t size = 3 * secrets_token_urlsafe_size(n), many = n * secrets_token_urlsafe_size(3);
	EACH_ROOM(size, size, secrets_token_urlsafe_batch(room.out, room.size, n, 3));
	CALL(SECRETS_OK, many, secrets_token_urlsafe_batch(output(many), many, 3, n));
	CALL(SECRETS_ENOSPC, 0, secrets_token_urlsafe_batch(output(size), size, n, SIZE_MAX - n));
}

/* ---- Numbers ---------------------------------------------------------- */

static void randbelow(size_t n)
{
	CALL(n ? SECRETS_OK : SECRETS_EINVAL, 8, secrets_randbelow(n, (uint64_t *)output(8)));
	CALL(SECRETS_EINVAL, 0, secrets_randbelow(n, NULL));
}

static void randbits(size_t n)
{
	CALL(n <= 64 ? SECRETS_OK : SECRETS_EINVAL, 8,
		secrets_randbits((unsigned)n, (uint64_t *)output(8)));
	CALL(SECRETS_EINVAL, 0, secrets_randbits((unsigned)n, NULL));
}

static void randrange(size_t n)
{
	int64_t stop = (int64_t)n;
	CALL(n ? SECRETS_OK : SECRETS_EINVAL, 8, secrets_randrange(-stop, stop, (int64_t *)output(8)));
	CALL(SECRETS_EINVAL, 0, secrets_randrange(-stop, stop, NULL));
}

static void random_(size_t n)
{
	(void)n;
	CALL(SECRETS_OK, 8, secrets_random((double *)output(8)));
	CALL(SECRETS_EINVAL, 0, secrets_random(NULL));
}

static void randbelow_batch(size_t n)
{
	CALL(SECRETS_OK, 8 * n, secrets_randbelow_batch(n + 1, (uint64_t *)output(8 * n), n));
	CALL(SECRETS_EINVAL, 0, secrets_randbelow_batch(0, (uint64_t *)output(8 * n), n));
	CALL(n ? SECRETS_EINVAL : SECRETS_OK, 0, secrets_randbelow_batch(n + 1, NULL, n));
	CALL(SECRETS_ENOSPC, 0,
		secrets_randbelow_batch(n + 1, (uint64_t *)output(8 * n), SIZE_MAX - n));
}

static void random_batch(size_t n)
{
	CALL(SECRETS_OK, 8 * n, secrets_random_batch((double *)output(8 * n), n));
	CALL(n ? SECRETS_EINVAL : SECRETS_OK, 0, secrets_random_batch(NULL, n));
	CALL(SECRETS_ENOSPC, 0, secrets_random_batch((double *)output(8 * n), SIZE_MAX - n));
}

static void randbelow_big(size_t n)
{
	CALL(n ? SECRETS_OK : SECRETS_EINVAL, n,
		secrets_randbelow_big(bytes(n, 0xff), n, (uint8_t *)output(n)));
	CALL(n ? SECRETS_OK : SECRETS_EINVAL, n,
		secrets_randbelow_big(bytes(n, 1), n, (uint8_t *)output(n)));
	CALL(SECRETS_EINVAL, 0, secrets_randbelow_big(bytes(n, 0), n, (uint8_t *)output(n)));
	CALL(SECRETS_EINVAL, 0, secrets_randbelow_big(NULL, n, (uint8_t *)output(n)));
	CALL(SECRETS_EINVAL, 0, secrets_randbelow_big(bytes(n, 1), n, NULL));
	const uint8_t *both = bytes(n, 1);
	CALL(SECRETS_EINVAL, 0, secrets_randbelow_big(both, n, (uint8_t *)both));
}

static void randbits_big(size_t n)
{
	CALL(SECRETS_OK, n, secrets_randbits_big(8 * n, (uint8_t *)output(n), n));
	CALL(SECRETS_OK, n, secrets_randbits_big(n, (uint8_t *)output(n), n));
	CALL(SECRETS_ENOSPC, 0, secrets_randbits_big(8 * n + 1, (uint8_t *)output(n), n));
	CALL(SECRETS_ENOSPC, 0, secrets_randbits_big(SIZE_MAX - n, (uint8_t *)output(n), n));
	CALL(n ? SECRETS_EINVAL : SECRETS_OK, 0, secrets_randbits_big(0, NULL, n));
}

/* ---- Sequences -------------------------------------------------------- */

/* Elements of three bytes, none of which exists: they must not be read. */
static void choice(size_t n)
{
	const unsigned char *base = untouched.data + untouched.size;
	ASK(n == 0 ? secrets_choice(base, n, 3) == NULL
			   : (uintptr_t)secrets_choice(base, n, 3) - (uintptr_t)base < 3 * n);
	ASK(secrets_choice(NULL, n, 3) == NULL);
	ASK(secrets_choice(base, n, 0) == NULL);
}

static void shuffle(size_t n)
{
	for (size_t size = 1; size <= 8; size++)
		CALL(SECRETS_OK, n * size, secrets_shuffle(output(n * size), n, size));
	CALL(SECRETS_OK, 3 * n + 3, secrets_shuffle(output(3 * n + 3), 3, n + 1));
	CALL(n ? SECRETS_EINVAL : SECRETS_OK, 0, secrets_shuffle(output(n), n, 0));
	CALL(n ? SECRETS_EINVAL : SECRETS_OK, 0, secrets_shuffle(NULL, n, 1));
	CALL(SECRETS_ENOSPC, 0, secrets_shuffle(output(n), SIZE_MAX - n, 2));
}

static void sample(size_t n)
{
	size_t size = n * sizeof(size_t);
	CALL(SECRETS_OK, size, secrets_sample(n, n, (size_t *)output(size)));
	CALL(SECRETS_OK, size, secrets_sample(2 * n, n, (size_t *)output(size)));
	CALL(SECRETS_OK, size, secrets_sample(SIZE_MAX - n, n, (size_t *)output(size)));
	CALL(SECRETS_EINVAL, 0, secrets_sample(n, n + 1, (size_t *)output(size)));
	CALL(n ? SECRETS_EINVAL : SECRETS_OK, 0, secrets_sample(n, n, NULL));
	CALL(SECRETS_ENOSPC, 0, secrets_sample(SIZE_MAX, SIZE_MAX - n, (size_t *)output(size)));
}

/* ---- Passwords -------------------------------------------------------- */

/* A password may use all of the buffer while it is made. */
static void password(size_t n)
{
	size_t size = 2 * n + 1, min = n > 1 && n <= 256;
	EACH_ROOM(n + 1, room.size, secrets_password(room.out, room.size, n, NULL, 0));
	if (n > 0)
		EACH_ROOM(size - min, room.size,
			secrets_password(room.out, room.size, n, classes(n, 0, min), 2));
	CALL(SECRETS_EINVAL, 0, secrets_password(output(size), size, n, classes(n, 0, n + 1), 2));
	CALL(SECRETS_EINVAL, 0, secrets_password(output(size), size, n, classes(n + 1, 1, 0), 2));
	CALL(SECRETS_EINVAL, 0, secrets_password(output(size), size, n, NULL, n + 1));
	CALL(SECRETS_EINVAL, 0,
		secrets_password(output(size), size, n, classes(n, 0, 0), SIZE_MAX - n));
}

static void password_size(size_t n)
{
	ASK(secrets_password_size(n, NULL, 0) == n + 1);
	ASK(secrets_password_size(n, classes(n + 1, 0, 0), 2) == 2 * n + 1);
	ASK(secrets_password_size(n, classes(n + 1, 1, 0), 2) == 0);
	ASK(secrets_password_size(n, NULL, n + 1) == 0);
}

static void password_entropy(size_t n)
{
	ASK(secrets_password_entropy(n, NULL, 0) >= 5.9 * (double)n);
	ASK(secrets_password_entropy(n, classes(n + 1, 0, 0), 2) >= 3.3 * (double)n);
	ASK(isnan(secrets_password_entropy(n, classes(n + 1, 1, 0), 2)));
	ASK(isnan(secrets_password_entropy(n, NULL, n + 1)));
}

static void password_length(size_t n)
{
	double bits = (double)n;
	ASK(secrets_password_length(5.95 * bits, NULL, 0) == n);
	ASK(secrets_password_length(bits, classes(n + 1, 0, 0), 2) <= n / 3 + 1);
	ASK(secrets_password_length(bits, classes(2, 0, n), 2) == (n <= 256 ? n : 0));
	ASK(secrets_password_length(bits, classes(n + 1, 1, 0), 2) == 0);
	ASK(secrets_password_length(bits, NULL, n + 1) == 0);
}

/* ---- Passphrases ------------------------------------------------------ */

/* n words of the built-in list, three of n words, and a separator of n bytes. */
static void passphrase(size_t n)
{
	size_t size = n ? 3 * n + 3 : 30;
	EACH_ROOM(n ? 10 * n : 1, room.size, secrets_passphrase(room.out, room.size, n, NULL, NULL, 0));
	EACH_ROOM(size, room.size, secrets_passphrase(room.out, room.size, 3, letters(1), words(n), n));
	EACH_ROOM(n + 19, room.size, secrets_passphrase(room.out, room.size, 2, letters(n), NULL, 0));
	CALL(SECRETS_EINVAL, 0, secrets_passphrase(output(n), n, 2, alphabet(n + 1, 1), NULL, 0));
	CALL(SECRETS_EINVAL, 0, secrets_passphrase(output(n), n, 2, NULL, NULL, n + 1));
	CALL(SECRETS_EINVAL, 0, secrets_passphrase(output(n), n, 2, NULL, words(n), SIZE_MAX - n));
}

static void passphrase_size(size_t n)
{
	ASK(secrets_passphrase_size(2, letters(n), NULL, 0) == n + 19);
	ASK(secrets_passphrase_size(3, letters(1), words(n), n) == (n ? 3 * n + 3 : 30));
	ASK(secrets_passphrase_size(2, alphabet(n + 1, 1), NULL, 0) == 0);
	ASK(secrets_passphrase_size(2, NULL, NULL, n + 1) == 0);
}

/* ---- API keys --------------------------------------------------------- */

static void apikey(size_t n)
{
	size_t size = secrets_apikey_size("key", n);
	EACH_ROOM(size, size, secrets_apikey(room.out, room.size, letters(3), n));
	int status = n >= 1 && n <= 32 ? SECRETS_OK : SECRETS_EINVAL;
	CALL(status, n + 8, secrets_apikey(output(n + 8), n + 8, letters(n), 0));
	CALL(SECRETS_EINVAL, 0, secrets_apikey(output(size), size, alphabet(n + 1, 1), n));
	CALL(SECRETS_EINVAL, 0, secrets_apikey(output(size), size, NULL, n));
}

static void apikey_size(size_t n)
{
	ASK(secrets_apikey_size(letters(3), n) >= n + 11);
	ASK(secrets_apikey_size(letters(n), 0) == (n >= 1 && n <= 32 ? n + 8 : 0));
	ASK(secrets_apikey_size(alphabet(n + 1, 1), n) == 0);
	ASK(secrets_apikey_size(NULL, n) == 0);
}

static void apikey_valid(size_t n)
{
	static char key[2 * SIZES];
	size_t size = secrets_apikey_size("key", n) - 1;
	CHECK_STATUS(SECRETS_OK, secrets_apikey(key, sizeof key, "key", n));
	ASK(secrets_apikey_valid((const char *)input(key, size), size) == 1);
	ASK(secrets_apikey_valid((const char *)input(key, size - 1), size - 1) == 0);
	ASK(secrets_apikey_valid((const char *)bytes(n, '_'), n) == 0);
	ASK(secrets_apikey_valid(NULL, n) == 0);
}

/* ---- Comparing and wiping --------------------------------------------- */

static void compare_digest(size_t n)
{
	ASK(secrets_compare_digest(bytes(n, 7), n, bytes(n, 7), n) == 1);
	ASK(secrets_compare_digest(bytes(n, 7), n, bytes(n + 1, 7), n + 1) == 0);
	ASK(secrets_compare_digest(bytes(n, 7), n, bytes(3, 7), 3) == (n == 3));
	ASK(secrets_compare_digest(NULL, n, bytes(n, 7), n) == (n == 0));
	ASK(secrets_compare_digest(bytes(n, 7), n, NULL, n) == (n == 0));
}

static void wipe(size_t n)
{
	unsigned char *buffer = (unsigned char *)output(n);
	secrets_wipe(buffer, n);
	for (size_t i = 0; i < n; i++)
		CHECK(buffer[i] == 0);
	called(n);
	secrets_wipe(NULL, n);
	called(0);
}

/* ---- The functions ---------------------------------------------------- */

/* The braces are no function's. */
/* clang-format off */
#define FUNCTION(name) { "secrets_" #name, name }
/* clang-format on */

static const struct {
	const char *name;
	void (*call)(size_t n);
} functions[] = {
	FUNCTION(token_bytes),
	FUNCTION(token_hex),
	FUNCTION(token_urlsafe),
	FUNCTION(token_hex_batch),
	FUNCTION(token_urlsafe_batch),
	FUNCTION(randbelow),
	FUNCTION(randbits),
	FUNCTION(randrange),
	{ "secrets_random", random_ },
	FUNCTION(randbelow_batch),
	FUNCTION(random_batch),
	FUNCTION(randbelow_big),
	FUNCTION(randbits_big),
	FUNCTION(choice),
	FUNCTION(shuffle),
	FUNCTION(sample),
	FUNCTION(password),
	FUNCTION(password_size),
	FUNCTION(password_entropy),
	FUNCTION(password_length),
	FUNCTION(passphrase),
	FUNCTION(passphrase_size),
	FUNCTION(apikey),
	FUNCTION(apikey_size),
	FUNCTION(apikey_valid),
	FUNCTION(compare_digest),
	FUNCTION(wipe),
};
static void report_fault(int number)
{
	(void)number;
	if (write(2, where, strlen(where)) < 0)
		_exit(1);
	_exit(3);
}

static int place_of(const char *name)
{
	static const char *const names[] = { "behind", "front", "heap" };
	for (int i = 0; i < 3; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	exit(2);
}

static void call_at_every_size(size_t function)
{
	for (size_t n = 0; n < SIZES; n++) {
		snprintf(where, sizeof where, "%s, size %zu: touched a page that it was not given\n",
			functions[function].name, n);
		functions[function].call(n);
	}
}

int main(int argc, char **argv)
{
	int called_functions = 0;
	for (size_t i = 0; argc == 1 && i < COUNT(functions); i++)
		puts(functions[i].name);
	if (argc == 1)
		return 0;
	place = place_of(argv[1]);
	make_memory();
	if (place != HEAP)
		signal(SIGSEGV, report_fault);
	for (size_t i = 0; i < COUNT(functions); i++) {
		if (argc == 3 && strcmp(argv[2], functions[i].name) != 0)
			continue;
		call_at_every_size(i);
		called_functions++;
	}
	printf("functions %d calls %lu\n", called_functions, calls);
	return called_functions > 0 ? 0 : 2;
}
