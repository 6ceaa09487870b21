/* SPDX-License-Identifier: MIT */
/*
 * API keys: the server gives a key out once and keeps a hash of it, so that
 * nobody who reads its database can use the keys. A plain SHA-256 will do, as a
 * key is random; for passwords that people chose it would not (use Argon2).
 *
 * SHA-256 stands here so that the example needs no other library, and is tested
 * when it starts. Where you have OpenSSL or libsodium, take theirs.
 *
 * Compiles as C99 and as C++17.
 */
#include <secrets.h>
#include <stdio.h>
#include <string.h>

#define PREFIX "acme_live"
#define DIGEST 32

enum { KEY_BYTES = 32, KEYS = 2, MOST = 119 };

/* ---- SHA-256 (FIPS 180-4), of up to 119 bytes ------------------------- */

static const uint32_t sha_k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

static uint32_t rotate(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

static void sha_block(uint32_t h[8], const unsigned char *block)
{
	uint32_t w[64], s[8];
	for (int i = 0; i < 16; i++)
		w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
	for (int i = 16; i < 64; i++)
		w[i] = w[i - 16] + (rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 7]
			+ (rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10);
	memcpy(s, h, sizeof s);
	for (int i = 0; i < 64; i++) {
		uint32_t t = s[7] + (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + sha_k[i] + w[i];
		uint32_t u = (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
		memmove(s + 1, s, 7 * sizeof *s);
		s[4] += t;
		s[0] = t + u;
	}
	for (int i = 0; i < 8; i++)
		h[i] += s[i];
	secrets_wipe(w, sizeof w);
	secrets_wipe(s, sizeof s);
}

static void sha256(unsigned char digest[DIGEST], const char *text, size_t size)
{
	uint32_t h[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	unsigned char blocks[128] = { 0 };
	size_t end = size < 56 ? 64 : 128;
	memcpy(blocks, text, size);
	blocks[size] = 0x80;
	blocks[end - 2] = (unsigned char)(8 * size >> 8);
	blocks[end - 1] = (unsigned char)(8 * size);
	for (size_t i = 0; i < end; i += 64)
		sha_block(h, blocks + i);
	for (int i = 0; i < DIGEST; i++)
		digest[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
	secrets_wipe(blocks, sizeof blocks);
	secrets_wipe(h, sizeof h);
}

/* Whether it gives what the standard gives for "abc". */
static int sha256_works(void)
{
	static const unsigned char expected[DIGEST] = {
		0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
		0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad
	};
	unsigned char digest[DIGEST];
	sha256(digest, "abc", 3);
	return memcmp(digest, expected, DIGEST) == 0;
}

/* ---- The server ------------------------------------------------------- */

struct key {
	unsigned char digest[DIGEST];
	const char *owner; /* NULL: no key */
};

static struct key keys[KEYS];

/* issue gives the owner a key, and keeps its hash. */
static int issue(struct key *entry, const char *owner, char *key, size_t key_size)
{
	int status = secrets_apikey(key, key_size, PREFIX, KEY_BYTES);
	if (status != SECRETS_OK)
		return status;
	sha256(entry->digest, key, strlen(key));
	entry->owner = owner;
	return SECRETS_OK;
}

/* owner_of tells whose key a request presents; NULL: nobody's. What has not the
   form of a key, or was mistyped, needs no look at the database. */
static const char *owner_of(const char *key)
{
	const char *owner = NULL;
	unsigned char digest[DIGEST];
	size_t size = strlen(key);
	if (size > MOST || !secrets_apikey_valid(key, size))
		return NULL;
	sha256(digest, key, size);
	for (int i = 0; i < KEYS; i++)
		if (secrets_compare_digest(digest, DIGEST, keys[i].digest, DIGEST) && keys[i].owner != NULL)
			owner = keys[i].owner;
	return owner;
}

/* ---- The demonstration ------------------------------------------------ */

/* show returns 1 if the answer is another than expected. */
static int show(const char *what, const char *key, const char *expected)
{
	const char *owner = owner_of(key);
	printf("%-28s %s\n", what, owner == NULL ? "refused" : owner);
	return owner != expected;
}

static int demonstrate(const char *owner, char *key, char *other, size_t size)
{
	int wrong = show("the key", key, owner);
	wrong |= show("a key never given out", other, NULL);
	wrong |= show("no key", "", NULL);
	key[size / 2] = key[size / 2] == 'x' ? 'y' : 'x';
	return wrong | show("the key, with a slip", key, NULL);
}

int main(void)
{
	char key[128], other[128];
	const char *owner = "alice";

	if (!sha256_works() || secrets_apikey_size(PREFIX, KEY_BYTES) - 1 > MOST) {
		fprintf(stderr, "SHA-256 does not work\n");
		return 1;
	}
	int status = issue(&keys[0], owner, key, sizeof key);
	if (status == SECRETS_OK)
		status = secrets_apikey(other, sizeof other, PREFIX, KEY_BYTES);
	if (status != SECRETS_OK) {
		fprintf(stderr, "no key: %s\n", secrets_strerror(status));
		return 1;
	}
	printf("shown to %s, once: %s\n", owner, key);
	int wrong = demonstrate(owner, key, other, strlen(key));
	secrets_wipe(key, sizeof key);
	secrets_wipe(other, sizeof other);
	return wrong;
}
