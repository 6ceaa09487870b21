/* SPDX-License-Identifier: MIT */
/*
 * What the header makes of every status and of every draw. The functions that draw are here instead
 * of in the library, and return what the test says.
 */
#include "check.hpp"

#include <cstdlib>
#include <list>
#include <new>
#include <numeric>

/* What they are to return and to draw, and what they were asked for. */
static int status_now, calls;
static std::size_t bytes;
static std::uint64_t drawn_now, asked_from, asked_to;
static const std::size_t *indices_now;

/* After a fault in the library the output may hold anything. */
static int answer(void *out, std::size_t size)
{
	calls++;
	bytes += size;
	if (status_now == SECRETS_EINTERNAL)
		memset(out, 'x', size);
	return status_now;
}

static int answer_number(std::uint64_t from, std::uint64_t to, void *out)
{
	asked_from = from;
	asked_to = to;
	memcpy(out, &drawn_now, sizeof drawn_now);
	return answer(out, sizeof drawn_now);
}

/* Numbers that count up. */
int secrets_token_bytes(void *out, size_t nbytes)
{
	for (std::size_t i = 0; i + sizeof drawn_now <= nbytes; i += sizeof drawn_now) {
		drawn_now++;
		memcpy(static_cast<char *>(out) + i, &drawn_now, sizeof drawn_now);
	}
	return answer(out, nbytes);
}

int secrets_sample(size_t, size_t count, size_t *indices)
{
	if (indices_now != nullptr)
		std::copy_n(indices_now, count, indices);
	return answer(indices, count * sizeof *indices);
}

/* clang-format off */
int secrets_randbelow(uint64_t bound, uint64_t *out) { return answer_number(0, bound, out); }
int secrets_randbits(unsigned bits, uint64_t *out) { return answer_number(0, bits, out); }
int secrets_randrange(int64_t start, int64_t stop, int64_t *out)
	{ return answer_number(static_cast<uint64_t>(start), static_cast<uint64_t>(stop), out); }
int secrets_random(double *out) { return answer(out, sizeof *out); }
int secrets_randbelow_batch(uint64_t, uint64_t *out, size_t count)
	{ return answer(out, count * sizeof *out); }
int secrets_random_batch(double *out, size_t count) { return answer(out, count * sizeof *out); }
int secrets_randbelow_big(const uint8_t *, size_t size, uint8_t *out) { return answer(out, size); }
int secrets_randbits_big(size_t, uint8_t *out, size_t size) { return answer(out, size); }
int secrets_token_hex(char *out, size_t size, size_t) { return answer(out, size); }
int secrets_token_urlsafe(char *out, size_t size, size_t) { return answer(out, size); }
int secrets_token_hex_batch(char *out, size_t size, size_t, size_t) { return answer(out, size); }
int secrets_token_urlsafe_batch(char *out, size_t size, size_t, size_t)
	{ return answer(out, size); }
int secrets_apikey(char *out, size_t size, const char *, size_t) { return answer(out, size); }
int secrets_password(char *out, size_t size, size_t, const secrets_class *, size_t)
	{ return answer(out, size); }
int secrets_passphrase(char *out, size_t size, size_t, const char *, const char *const *, size_t)
	{ return answer(out, size); }
/* clang-format on */

/* ---- Statuses --------------------------------------------------------- */

/* Every function that can fail, with results that are not short. */
static void all_fail(int status)
{
	std::vector<std::uint64_t> v(100);
	std::vector<unsigned char> big(100, 1);
	FAILS(status, secrets::token_bytes(100));
	FAILS(status, secrets::token_hex(100));
	FAILS(status, secrets::token_urlsafe(100));
	FAILS(status, secrets::token_hex_batch(10, 100));
	FAILS(status, secrets::token_urlsafe_batch(10, 100));
	FAILS(status, secrets::randbelow(6));
	FAILS(status, secrets::randbits(6));
	FAILS(status, secrets::randrange(1, 6));
	FAILS(status, secrets::randrange(1u, 6u));
	FAILS(status, secrets::random());
	FAILS(status, secrets::randbelow_batch(6, 100));
	FAILS(status, secrets::random_batch(100));
	FAILS(status, secrets::randbelow_big(big));
	FAILS(status, secrets::randbits_big(800));
	FAILS(status, secrets::generator()());
	FAILS(status, secrets::generate_random(v.begin(), v.end(), raw()));
	FAILS(status, secrets::choice(v));
	FAILS(status, secrets::sample(v, 50));
	FAILS(status, secrets::sample_indices(100, 50));
	FAILS(status, secrets::shuffle(v.begin(), v.end()));
	FAILS(status, secrets::password(100));
	FAILS(status, secrets::password_length(-1));
	FAILS(status, secrets::passphrase(100));
	FAILS(status, secrets::passphrase(100, " ", { "a", "b" }));
	FAILS(status, secrets::passphrase_words(-1));
	FAILS(status, secrets::apikey("a", 100));
	CHECK(v == std::vector<std::uint64_t>(100));
}

static void every_status()
{
	for (status_now = SECRETS_ENOMEM; status_now < SECRETS_OK; status_now++)
		all_fail(status_now);
	all_fail(status_now = -77); /* of a later release */
	status_now = SECRETS_OK;
}

/* ---- What is freed ---------------------------------------------------- */

enum { HEAD = 16 };

static int found;

void *operator new(std::size_t size)
{
	char *block = static_cast<char *>(malloc(HEAD + size));
	if (block == nullptr)
		abort();
	memcpy(block, &size, sizeof size);
	return block + HEAD;
}

/* What is freed is searched for what a call left there. */
void operator delete(void *memory) noexcept
{
	if (memory == nullptr)
		return;
	char *block = static_cast<char *>(memory) - HEAD;
	std::size_t size;
	memcpy(&size, block, sizeof size);
	found += std::string_view(block + HEAD, size).find("xxxxxxxx") != std::string_view::npos;
	free(block);
}

void operator delete(void *memory, std::size_t) noexcept
{
	operator delete(memory);
}

static void nothing_is_left_behind()
{
	found = 0;
	all_fail(status_now = SECRETS_EINTERNAL);
	CHECK(found == 0);
	status_now = SECRETS_OK;
	/* The control: a string that is not wiped. */
	volatile char x = 'x';
	delete new std::string(100, x);
	CHECK(found == 1);
}

/* ---- Calls ------------------------------------------------------------ */

template <class Draw>
static int calls_of(Draw draw)
{
	calls = 0;
	bytes = 0;
	draw();
	return calls;
}

/* Many values take few calls, and one draws no more than it needs. */
static void many_at_once()
{
	std::vector<std::uint64_t> v(1000);
	std::vector<std::size_t> identity(v.size());
	std::iota(identity.begin(), identity.end(), 0);
	indices_now = identity.data();
	const auto fill = [&](std::ptrdiff_t n) {
		return calls_of([&] { secrets::generate_random(v.begin(), v.begin() + n, raw()); });
	};
	CHECK(fill(0) == 0 && fill(64) == 1 && fill(65) == 2 && fill(1000) == 16);
	CHECK(fill(1) == 1 && bytes == sizeof v[0]);
	CHECK(calls_of([&] { secrets::shuffle(v.begin(), v.end()); }) == 1);
	CHECK(calls_of([&] { (void)secrets::sample(v, 500); }) == 1);
	indices_now = nullptr;
	CHECK(calls_of([&] { (void)secrets::token_hex_batch(1000); }) == 1);
	CHECK(calls_of([&] { (void)secrets::randbelow_batch(6, 1000); }) == 1);
	/* The control: one by one. */
	const secrets::generator one_by_one;
	CHECK(calls_of([&] { std::generate(v.begin(), v.end(), one_by_one); }) == 1000);
}

/* ---- Draws ------------------------------------------------------------ */

template <class Integer>
static bool range_is(Integer start, Integer stop, std::uint64_t from, std::uint64_t to)
{
	const Integer drawn = secrets::randrange(start, stop);
	const auto offset = static_cast<std::uint64_t>(std::is_signed_v<Integer> ? 0 : start);
	return asked_from == from && asked_to == to &&
		drawn == static_cast<Integer>(drawn_now + offset);
}

/* The library is asked for as many values as there are, and each becomes another result. */
static void every_number()
{
	for (drawn_now = 0; drawn_now < 4; drawn_now++) {
		const auto drawn = drawn_now;
		CHECK(secrets::randbelow(4) == static_cast<int>(drawn) && asked_to == 4);
		CHECK(secrets::randbelow(UINT64_MAX) == drawn && asked_to == UINT64_MAX);
		CHECK(secrets::generator()() == drawn && asked_to == 64);
		CHECK(range_is(5u, 9u, 0, 4));
		CHECK(range_is(UINT64_MAX - 4, UINT64_MAX, 0, 4));
		CHECK(range_is<unsigned char>(251, 255, 0, 4));
		CHECK(range_is(-4, 7, static_cast<std::uint64_t>(-4), 7));
		CHECK(range_is(INT64_MIN, INT64_MAX, std::uint64_t(1) << 63, INT64_MAX));
	}
	drawn_now = static_cast<std::uint64_t>(-3);
	CHECK(range_is(-4, 7, static_cast<std::uint64_t>(-4), 7));
}

/* Each draw chooses another element. */
static void every_choice()
{
	std::vector<int> all{ 0, 1, 2, 3 };
	std::list<int> list(all.begin(), all.end());
	for (drawn_now = 0; drawn_now < all.size(); drawn_now++) {
		CHECK(&secrets::choice(all) == &all[drawn_now] && asked_to == all.size());
		CHECK(secrets::choice(list) == all[drawn_now] && asked_to == all.size());
	}
}

/* Three numbers of a batch at a time. */
struct sum {
	void reset()
	{
	}

	template <class Generator>
	std::uint64_t operator()(Generator &numbers)
	{
		const auto first = numbers(), second = numbers();
		return first + second + numbers();
	}
};

/* No number is left out or used twice, however many are drawn at once. */
static void every_number_of_a_batch()
{
	std::vector<std::uint64_t> all(130);
	drawn_now = 0;
	secrets::generate_random(all.begin(), all.end(), raw());
	for (std::size_t i = 0; i < all.size(); i++)
		CHECK(all[i] == i + 1);
	drawn_now = 0;
	secrets::generate_random(all.begin(), all.end(), sum());
	for (std::size_t i = 0; i < all.size(); i++)
		CHECK(all[i] == 9 * i + 6);
}

/* Each permutation puts the elements where it says, so they are as uniform as secrets_sample is. */
static void every_permutation()
{
	std::size_t p[6];
	for (std::size_t n = 0; n <= 6; n++) {
		std::iota(p, p + n, 0);
		do {
			indices_now = p;
			std::vector<std::size_t> all(n);
			std::iota(all.begin(), all.end(), 0);
			CHECK(std::equal(p, p + n, secrets::sample(all, n).begin()));
			secrets::shuffle(all.begin(), all.end());
			CHECK(std::equal(p, p + n, all.begin()));
		} while (std::next_permutation(p, p + n));
	}
	indices_now = nullptr;
}

static const struct check_case cases[] = {
	CASE(every_status),
	CASE(nothing_is_left_behind),
	CASE(many_at_once),
	CASE(every_number),
	CASE(every_choice),
	CASE(every_number_of_a_batch),
	CASE(every_permutation),
};

CHECK_MAIN(cases)
