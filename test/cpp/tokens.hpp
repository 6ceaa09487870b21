/* SPDX-License-Identifier: MIT */
/* Tokens: their form, one by one and in batches, and sizes that no memory has. */
#ifndef TOKENS_HPP
#define TOKENS_HPP

#include <new>

static const char hex_digits[] = "0123456789abcdef";
static const char urlsafe_alphabet[] = SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS "-_";

static void token_form()
{
	for (std::size_t n = 0; n <= 100; n++) {
		const std::string hex = secrets::token_hex(n), urlsafe = secrets::token_urlsafe(n);
		CHECK(secrets::token_bytes(n).size() == n);
		CHECK(hex.size() == SECRETS_TOKEN_HEX_SIZE(n) - 1 && consists_of(hex, hex_digits));
		CHECK(urlsafe.size() == SECRETS_TOKEN_URLSAFE_SIZE(n) - 1);
		CHECK(consists_of(urlsafe, urlsafe_alphabet));
	}
	CHECK(secrets::token_bytes().size() == SECRETS_DEFAULT_ENTROPY);
	CHECK(secrets::token_hex().size() == 2 * SECRETS_DEFAULT_ENTROPY);
	CHECK(secrets::token_urlsafe().size() == 43);
}

/* Two tokens of 128 bits are equal with a probability of 2^-128. */
static void tokens_differ()
{
	CHECK(secrets::token_bytes(16) != secrets::token_bytes(16));
	CHECK(secrets::token_hex(16) != secrets::token_hex(16));
	CHECK(secrets::token_urlsafe(16) != secrets::token_urlsafe(16));
}

static void batch_is_of(const std::vector<std::string> &batch, std::size_t count,
	std::size_t length, const char *characters)
{
	CHECK(batch.size() == count);
	for (const std::string &token : batch)
		CHECK(token.size() == length && consists_of(token, characters));
	CHECK(are_distinct(batch));
}

static void token_batches()
{
	for (const std::size_t n : { 16u, 17u, 18u, 32u, 300u })
		for (const std::size_t count : { 0u, 1u, 2u, 100u }) {
			batch_is_of(secrets::token_hex_batch(count, n), count, SECRETS_TOKEN_HEX_SIZE(n) - 1,
				hex_digits);
			batch_is_of(secrets::token_urlsafe_batch(count, n), count,
				SECRETS_TOKEN_URLSAFE_SIZE(n) - 1, urlsafe_alphabet);
		}
	batch_is_of(secrets::token_hex_batch(2), 2, 64, hex_digits);
	batch_is_of(secrets::token_urlsafe_batch(2), 2, 43, urlsafe_alphabet);
	CHECK(secrets::token_hex_batch(3, 0) == std::vector<std::string>(3));
}

static void sizes_that_nothing_can_have()
{
	for (const std::size_t n : { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2 + 1 }) {
		FAILS(SECRETS_ENOSPC, secrets::token_bytes(n));
		FAILS(SECRETS_ENOSPC, secrets::token_hex(n));
		FAILS(SECRETS_ENOSPC, secrets::token_urlsafe(n));
		FAILS(SECRETS_ENOSPC, secrets::token_hex_batch(1, n));
		FAILS(SECRETS_ENOSPC, secrets::token_urlsafe_batch(1, n));
		FAILS(SECRETS_ENOSPC, secrets::token_hex_batch(n, 1));
		FAILS(SECRETS_ENOSPC, secrets::token_urlsafe_batch(n, 1));
	}
}

/* Sizes that a container may have, and no machine has. */
static void memory_is_refused()
{
#ifdef __cpp_exceptions
	const std::size_t volatile much = std::size_t(1) << 60;
	bool (*const draws[])(std::size_t) = {
		[](std::size_t n) { return secrets::token_bytes(n).empty(); },
		[](std::size_t n) { return secrets::token_hex(n).empty(); },
		[](std::size_t n) { return secrets::token_hex_batch(1, n).empty(); },
	};
	std::size_t refused = 0;
	for (const auto &draw : draws)
		try {
			CHECK(draw(much));
		} catch (const std::bad_alloc &) {
			refused++;
		}
	CHECK(refused == COUNT(draws));
#endif
}

static void version()
{
	CHECK(strcmp(secrets::version(), SECRETS_VERSION) == 0);
}

#define TOKEN_CASES \
	CASE(token_form), CASE(tokens_differ), CASE(token_batches), CASE(sizes_that_nothing_can_have), \
		CASE(memory_is_refused), CASE(version)

#endif /* TOKENS_HPP */
