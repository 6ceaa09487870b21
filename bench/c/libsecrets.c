/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include <secrets.h>
#include <string.h>

const char *version(void)
{
	return secrets_version();
}

static const secrets_class classes[] = {
	{ SECRETS_LOWERCASE, 1 },
	{ SECRETS_UPPERCASE, 1 },
	{ SECRETS_DIGITS, 1 },
	{ SECRETS_PUNCTUATION, 1 },
};

enum { ENOUGH = 4096 };

#define WORK(name, expression) \
	static int name(unsigned char *room, size_t n) \
	{ \
		return (expression) != SECRETS_OK; \
	}

WORK(bytes, secrets_token_bytes(room, n))
WORK(hex, secrets_token_hex((char *)room, ENOUGH, n))
WORK(urlsafe, secrets_token_urlsafe((char *)room, ENOUGH, n))
WORK(below, secrets_randbelow(n, (uint64_t *)room))
WORK(numbers, secrets_randbelow_batch(52, (uint64_t *)room, n))
WORK(hexes, secrets_token_hex_batch((char *)room, SECRETS_TOKEN_HEX_SIZE(32) * n, 32, n))
WORK(shuffle, secrets_shuffle(room, n, sizeof(int)))
WORK(sample, secrets_sample(n, 10, (size_t *)room))
WORK(password, secrets_password((char *)room, ENOUGH, n, NULL, 0))
WORK(policy, secrets_password((char *)room, ENOUGH, n, classes, 4))
WORK(passphrase, secrets_passphrase((char *)room, ENOUGH, n, NULL, NULL, 0))
WORK(length, (*(size_t *)room = secrets_password_length((double)n, classes, 4)) == 0)
WORK(words, (*(size_t *)room = secrets_passphrase_words((double)n, 0)) == 0)
WORK(apikey, secrets_apikey((char *)room, ENOUGH, "my_shop", n))
WORK(compare, secrets_compare_digest(room, n, room, n) - 1)

const struct work works[] = {
	{ "bytes", bytes },
	{ "hex", hex },
	{ "urlsafe", urlsafe },
	{ "below", below },
	{ "numbers", numbers },
	{ "hexes", hexes },
	{ "shuffle", shuffle },
	{ "sample", sample },
	{ "password", password },
	{ "policy", policy },
	{ "passphrase", passphrase },
	{ "length", length },
	{ "words", words },
	{ "apikey", apikey },
	{ "compare", compare },
	{ NULL, NULL },
};
