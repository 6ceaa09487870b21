/* SPDX-License-Identifier: MIT */
/*
 * API keys: the server shows a key to its owner once, and recognises it in requests by what it
 * has stored.
 *
 * A real server stores a hash, so that a stolen copy of its database holds no key. SHA-256 will
 * do, as a key is random: SHA256() of OpenSSL, or crypto_hash_sha256() of libsodium. (A password
 * that somebody chose needs a slow hash such as Argon2.) This example has no hash at hand and
 * stores the key itself. record_of() is the only function to change.
 *
 * Compiles as C99 and as C++17.
 */
#include <secrets.h>
#include <stdio.h>
#include <string.h>

#define PREFIX "acme_live"

enum { KEY_BYTES = 32, KEY_SIZE = 64, RECORD_SIZE = KEY_SIZE, KEYS = 2 };

struct entry {
	unsigned char record[RECORD_SIZE];
	const char *owner; /* NULL: no key */
};

static struct entry entries[KEYS];

/* record_of writes what is stored of a key of fewer than KEY_SIZE characters. A real server calls
   SHA256((const unsigned char *)key, strlen(key), record) here; RECORD_SIZE is 32 then. */
static void record_of(const char *key, unsigned char record[RECORD_SIZE])
{
	memset(record, 0, RECORD_SIZE);
	memcpy(record, key, strlen(key));
}

/* issue makes a key for the owner, and stores its record. */
static int issue(struct entry *entry, const char *owner, char key[KEY_SIZE])
{
	int status = secrets_apikey(key, KEY_SIZE, PREFIX, KEY_BYTES);
	if (status != SECRETS_OK)
		return status;
	record_of(key, entry->record);
	entry->owner = owner;
	return SECRETS_OK;
}

/* owner_of returns whose key a request presents, or NULL. A text that is malformed or mistyped is
   rejected without a look at the database. */
static const char *owner_of(const char *key)
{
	const char *owner = NULL;
	unsigned char record[RECORD_SIZE];
	size_t size = strlen(key);
	if (size >= KEY_SIZE || !secrets_apikey_valid(key, size))
		return NULL;
	record_of(key, record);
	for (int i = 0; i < KEYS; i++) {
		int same = secrets_compare_digest(record, RECORD_SIZE, entries[i].record, RECORD_SIZE);
		if (same && entries[i].owner != NULL)
			owner = entries[i].owner;
	}
	secrets_wipe(record, sizeof record);
	return owner;
}

/* ---- The demonstration ------------------------------------------------ */

/* show returns 1 if the owner is not the expected one. */
static int show(const char *what, const char *key, const char *expected)
{
	const char *owner = owner_of(key);
	printf("%-28s %s\n", what, owner == NULL ? "rejected" : owner);
	return owner != expected;
}

static int demonstrate(const char *owner, char *key, const char *other)
{
	int wrong = show("the key", key, owner);
	wrong |= show("a key that was never issued", other, NULL);
	wrong |= show("no key", "", NULL);
	size_t middle = strlen(key) / 2;
	key[middle] = key[middle] == 'x' ? 'y' : 'x';
	return wrong | show("the key, mistyped", key, NULL);
}

int main(void)
{
	char key[KEY_SIZE], other[KEY_SIZE];
	const char *owner = "alice";

	int status = issue(&entries[0], owner, key);
	if (status == SECRETS_OK)
		status = secrets_apikey(other, sizeof other, PREFIX, KEY_BYTES);
	if (status != SECRETS_OK) {
		fprintf(stderr, "no key: %s\n", secrets_strerror(status));
		return 1;
	}
	printf("shown to %s, once: %s\n", owner, key);
	int wrong = demonstrate(owner, key, other);
	secrets_wipe(key, sizeof key);
	secrets_wipe(other, sizeof other);
	secrets_wipe(entries, sizeof entries);
	return wrong;
}
