/* SPDX-License-Identifier: MIT */
/* Numbers of every integer type, their bounds, and batches of them. */
#ifndef NUMBERS_HPP
#define NUMBERS_HPP

#include <limits>

template <class Integer>
static void below_is_drawn()
{
	using Limits = std::numeric_limits<Integer>;
	static_assert(std::is_same_v<Integer, decltype(secrets::randbelow(Integer()))>);
	const Integer high = (Limits::max)();
	int seen = 0;
	for (int i = 0; i < DRAWS; i++)
		seen |= 1 << secrets::randbelow(Integer(6));
	CHECK(seen == ALL_SIX);
	CHECK(secrets::randbelow(Integer(1)) == 0);
	const Integer drawn = secrets::randbelow(high);
	CHECK(drawn >= 0 && drawn < high);
	FAILS(SECRETS_EINVAL, secrets::randbelow(Integer(0)));
	if (std::is_signed_v<Integer>)
		FAILS(SECRETS_EINVAL, secrets::randbelow((Limits::min)()));
}

template <class Integer>
static void range_is_drawn()
{
	using Limits = std::numeric_limits<Integer>;
	static_assert(std::is_same_v<Integer, decltype(secrets::randrange(Integer(), Integer()))>);
	const Integer low = (Limits::min)(), high = (Limits::max)();
	const auto start = static_cast<Integer>(high - 6);
	int seen = 0;
	for (int i = 0; i < DRAWS; i++) {
		seen |= 1 << (secrets::randrange(start, high) - start);
		CHECK(secrets::randrange(low, high) < high);
	}
	CHECK(seen == ALL_SIX);
	CHECK(secrets::randrange(low, static_cast<Integer>(low + 1)) == low);
	FAILS(SECRETS_EINVAL, secrets::randrange(high, high));
	FAILS(SECRETS_EINVAL, secrets::randrange(high, low));
}

template <class... Integer>
static void are_drawn()
{
	(below_is_drawn<Integer>(), ...);
	(range_is_drawn<Integer>(), ...);
}

static void integers()
{
	are_drawn<char, signed char, unsigned char, wchar_t, short, unsigned short, int, unsigned, long,
		unsigned long, long long, unsigned long long>();
	CHECK(secrets::randrange<std::int64_t>(-1, 0) == -1);
}

/* Both halves of a range are hit: one is not with a probability of 2^-399. */
static void whole_ranges()
{
	int negative = 0, high = 0;
	for (int i = 0; i < DRAWS; i++) {
		negative += secrets::randrange(INT64_MIN, INT64_MAX) < 0;
		high += secrets::randbelow(UINT64_MAX) > UINT64_MAX / 2;
	}
	CHECK(negative > 0 && negative < DRAWS);
	CHECK(high > 0 && high < DRAWS);
}

static void bits()
{
	CHECK(secrets::randbits(0) == 0);
	std::uint64_t all = 0;
	for (int i = 0; i < DRAWS; i++) {
		CHECK(secrets::randbits(1) <= 1);
		CHECK(secrets::randbits(63) >> 63 == 0);
		all |= secrets::randbits(64);
	}
	CHECK(all == UINT64_MAX);
	FAILS(SECRETS_EINVAL, secrets::randbits(65));
}

static void fractions()
{
	const double number = secrets::random();
	CHECK(number >= 0 && number < 1);
	const std::vector<double> many = secrets::random_batch(1000);
	CHECK(many.size() == 1000);
	for (const double one : many)
		CHECK(one >= 0 && one < 1);
	CHECK(many != secrets::random_batch(1000));
	CHECK(secrets::random_batch(0).empty());
	FAILS(SECRETS_ENOSPC, secrets::random_batch(SIZE_MAX / 8 + 1));
}

static void number_batches()
{
	int seen = 0;
	const std::vector<std::uint64_t> many = secrets::randbelow_batch(6, DRAWS);
	CHECK(many.size() == DRAWS);
	for (const std::uint64_t one : many) {
		CHECK(one < 6);
		seen |= 1 << one;
	}
	CHECK(seen == ALL_SIX);
	CHECK(secrets::randbelow_batch(6, 0).empty());
	FAILS(SECRETS_EINVAL, secrets::randbelow_batch(0, 1));
	FAILS(SECRETS_EINVAL, secrets::randbelow_batch(-1, 1));
	FAILS(SECRETS_ENOSPC, secrets::randbelow_batch(1u, SIZE_MAX / 8 + 1));
}

static void of_any_size()
{
	using Big = std::vector<unsigned char>;
	CHECK(secrets::randbelow_big(Big{ 0, 0, 1 }) == (Big{ 0, 0, 0 }));
	for (int i = 0; i < 100; i++) {
		CHECK(secrets::randbelow_big(Big{ 0, 1, 0, 0 }) < (Big{ 0, 1, 0, 0 }));
		CHECK(secrets::randbits_big(9)[0] <= 1);
	}
	CHECK(secrets::randbits_big(0).empty());
	CHECK(secrets::randbits_big(8).size() == 1);
	CHECK(secrets::randbits_big(1000).size() == 125);
	CHECK(secrets::randbits_big(128) != secrets::randbits_big(128));
	FAILS(SECRETS_EINVAL, secrets::randbelow_big(Big{ 0, 0 }));
	FAILS(SECRETS_EINVAL, secrets::randbelow_big(Big{}));
}

#define NUMBER_CASES \
	CASE(integers), CASE(whole_ranges), CASE(bits), CASE(fractions), CASE(number_batches), \
		CASE(of_any_size)

#endif /* NUMBERS_HPP */
