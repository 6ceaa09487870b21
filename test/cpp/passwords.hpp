/* SPDX-License-Identifier: MIT */
/* Passwords, passphrases and API keys, comparing and wiping. */
#ifndef PASSWORDS_HPP
#define PASSWORDS_HPP

#include <cmath>

using secrets::apikey;
using secrets::compare_digest;
using secrets::passphrase;
using secrets::password;

static const char alphanumeric[] = SECRETS_LOWERCASE SECRETS_UPPERCASE SECRETS_DIGITS;

static bool is_nearly(double a, double b)
{
	return std::fabs(a - b) < 1e-6;
}

static std::ptrdiff_t among(const std::string &text, const char *characters)
{
	return std::count_if(text.begin(), text.end(),
		[=](char c) { return strchr(characters, c) != nullptr; });
}

/* ---- Passwords -------------------------------------------------------- */

static void password_of_letters_and_digits()
{
	CHECK(password().size() == 16);
	for (const std::size_t length : { 0u, 1u, 8u, 15u, 16u, 1000u }) {
		const std::string text = password(length);
		CHECK(text.size() == length && consists_of(text, alphanumeric));
		CHECK(is_nearly(secrets::password_entropy(length),
			static_cast<double>(length) * std::log2(62)));
	}
	CHECK(password() != password()); /* or 2^-95 */
}

static void password_of_a_policy()
{
	const secrets_class classes[] = { { SECRETS_LOWERCASE, 1 }, { SECRETS_UPPERCASE, 1 },
		{ SECRETS_DIGITS, 3 } };
	for (int i = 0; i < 100; i++)
		for (const std::string &text : {
				 password(10,
					 { { SECRETS_LOWERCASE, 1 }, { SECRETS_UPPERCASE, 1 }, { SECRETS_DIGITS, 3 } }),
				 password(10, classes, 3),
			 }) {
			CHECK(text.size() == 10 && consists_of(text, alphanumeric));
			CHECK(among(text, SECRETS_LOWERCASE) >= 1);
			CHECK(among(text, SECRETS_UPPERCASE) >= 1);
			CHECK(among(text, SECRETS_DIGITS) >= 3);
		}
	const double bits = secrets::password_entropy(10, classes, 3);
	CHECK(bits > 57.25 && bits < 57.35);
	CHECK(is_nearly(
		secrets::password_entropy(10,
			{ { SECRETS_LOWERCASE, 1 }, { SECRETS_UPPERCASE, 1 }, { SECRETS_DIGITS, 3 } }),
		bits));
}

/* As long as what was drawn, and not as the longest that might be: 100 of one kind have a
   probability of 2^-99. */
static void password_of_long_characters()
{
	const std::string text = password(100, { { "a\xe2\x9c\x93", 0 } });
	CHECK(text.size() == strlen(text.c_str()));
	CHECK(text.size() > 100 && text.size() < 300 && (text.size() - 100) % 2 == 0);
}

static void password_of_nothing()
{
	FAILS(SECRETS_EINVAL, password(1, { { "aa", 0 } }));
	FAILS(SECRETS_EINVAL, password(1, { { "a", 2 } }));
	FAILS(SECRETS_EINVAL, password(1, { { nullptr, 0 } }));
	FAILS(SECRETS_EINVAL, password(1, nullptr, 1));
	FAILS(SECRETS_EINVAL, password(257, { { "a", 1 }, { "b", 0 } }));
	FAILS(SECRETS_ENOSPC, password(SIZE_MAX));
	CHECK(std::isnan(secrets::password_entropy(1, { { "aa", 0 } })));
}

static void lengths()
{
	CHECK(secrets::password_length(128) == 22 && secrets::password_length(0) == 0);
	CHECK(secrets::password_length(3, { { "ab", 0 } }) == 3);
	CHECK(secrets::password_length(3, { { "ab", 4 } }) == 4);
	CHECK(secrets::password_length(0, { { "ab", 4 } }) == 4);
	CHECK(secrets::passphrase_words(77) == 6 && secrets::passphrase_words(0) == 0);
	CHECK(secrets::passphrase_words(9, 8) == 3);
	for (const double bits : { -1., 2e9, std::nan("") }) {
		FAILS(SECRETS_EINVAL, secrets::password_length(bits));
		FAILS(SECRETS_EINVAL, secrets::passphrase_words(bits));
	}
	FAILS(SECRETS_EINVAL, secrets::password_length(1, { { "a", 0 } }));
	FAILS(SECRETS_EINVAL, secrets::password_length(0, { { "aa", 0 } }));
	FAILS(SECRETS_EINVAL, secrets::passphrase_words(1, 1));
}

/* ---- Passphrases ------------------------------------------------------ */

static std::ptrdiff_t spaces(const std::string &text)
{
	return std::count(text.begin(), text.end(), ' ');
}

static void passphrase_of_the_built_in_list()
{
	CHECK(spaces(passphrase()) == 5);
	CHECK(passphrase(0).empty());
	for (std::size_t n = 1; n < 50; n++) {
		const std::string text = passphrase(n);
		CHECK(spaces(text) == static_cast<std::ptrdiff_t>(n) - 1);
		CHECK(text.size() == strlen(text.c_str()));
		CHECK(consists_of(text, SECRETS_LOWERCASE "- "));
	}
	CHECK(consists_of(passphrase(5, ""), SECRETS_LOWERCASE "-"));
	CHECK(passphrase() != passphrase()); /* or 2^-77 */
	CHECK(is_nearly(secrets::passphrase_entropy(), 6 * std::log2(7776)));
	CHECK(is_nearly(secrets::passphrase_entropy(3, 8), 9));
}

/* One of three words is missing with a probability below 3 * (2/3)^300, 2^-173. */
static void passphrase_of_a_list()
{
	const std::vector<std::string> words = { "ein", "zw\xc3\xb6lf", std::string(100, 'x') };
	const std::string text = passphrase(300, "\n", words);
	CHECK(text.size() == strlen(text.c_str()) && std::count(text.begin(), text.end(), '\n') == 299);
	for (const std::string &word : words)
		CHECK(text.find('\n' + word + '\n') != std::string::npos);
}

static void passphrase_of_a_bad_list()
{
	const std::string nul("a\0b", 3);
	FAILS(SECRETS_EINVAL, passphrase(1, " ", {}));
	FAILS(SECRETS_EINVAL, passphrase(1, " ", { "a", "a" }));
	FAILS(SECRETS_EINVAL, passphrase(1, " ", { "a", "" }));
	FAILS(SECRETS_EINVAL, passphrase(1, " ", { "a", nul }));
	FAILS(SECRETS_EINVAL, passphrase(1, " ", { "a", "\xff" }));
	FAILS(SECRETS_EINVAL, passphrase(1, nul));
	FAILS(SECRETS_EINVAL, passphrase(1, nul, { "a", "b" }));
	FAILS(SECRETS_EINVAL, passphrase(1, "\xff"));
	FAILS(SECRETS_ENOSPC, passphrase(SIZE_MAX));
}

/* ---- API keys --------------------------------------------------------- */

static void apikeys()
{
	const std::string key = apikey("demo_key");
	CHECK(key.size() == 8 + 1 + 43 + 6 && key.compare(0, 9, "demo_key_") == 0);
	CHECK(secrets::apikey_valid(key));
	CHECK(secrets::apikey_valid("a_3dqvoC") && !secrets::apikey_valid("a_3dqvoD"));
	CHECK(secrets::apikey_valid(apikey("a", 0)) && !secrets::apikey_valid(""));
	CHECK(!secrets::apikey_valid(std::string_view(key).substr(1)));
	CHECK(apikey("a") != apikey("a"));
	FAILS(SECRETS_EINVAL, apikey(""));
	FAILS(SECRETS_EINVAL, apikey("9a"));
	FAILS(SECRETS_EINVAL, apikey(std::string("a\0b", 3)));
	FAILS(SECRETS_ENOSPC, apikey("a", SIZE_MAX));
}

/* ---- Comparing and wiping --------------------------------------------- */

static void comparing()
{
	const std::string_view one = "a", other = "b";
	static_assert(noexcept(compare_digest(one, other)) &&noexcept(secrets::apikey_valid(one)));
	CHECK(compare_digest(one, one) && !compare_digest(one, other) && !secrets::apikey_valid(one));
	const std::string nul("a\0b", 3);
	CHECK(compare_digest("", "") && compare_digest("a", "a") && compare_digest(nul, nul));
	CHECK(!compare_digest("a", "") && !compare_digest("a", "b") && !compare_digest(nul, "a"));
	const std::vector<unsigned char> a{ 1, 2, 0 }, b{ 1, 2, 3 }, none;
	CHECK(compare_digest(a, a) && compare_digest(none, none));
	CHECK(!compare_digest(a, b) && !compare_digest(a, none));
}

/* Whether there are zeros in all that a container has, though it is empty now. */
template <class Container>
static bool is_wiped(Container container)
{
	const auto *data = reinterpret_cast<const volatile char *>(container.data());
	const std::size_t size = container.capacity() * sizeof *container.data();
	secrets::wipe(container);
	std::size_t zeros = 0;
	while (zeros < size && data[zeros] == 0)
		zeros++;
	return container.empty() && zeros == size;
}

static void wiping()
{
	static_assert(noexcept(secrets::wipe(std::declval<std::string &>())));
	for (const std::size_t size : { 0u, 1u, 15u, 16u, 100u }) {
		std::string shorter(size, 'x');
		shorter.resize(size / 2);
		CHECK(is_wiped(shorter));
		CHECK(is_wiped(std::move(shorter)));
		CHECK(is_wiped(std::wstring(size, L'x')));
		CHECK(is_wiped(std::vector<unsigned char>(size, 'x')));
		CHECK(is_wiped(std::vector<std::uint64_t>(size, 7)));
	}
	char buffer[] = "secret";
	secrets::wipe(buffer, sizeof buffer);
	CHECK(std::count(buffer, buffer + sizeof buffer, 0) == sizeof buffer);
	secrets::wipe(nullptr, 0);
}

#define PASSWORD_CASES \
	CASE(password_of_letters_and_digits), CASE(password_of_a_policy), \
		CASE(password_of_long_characters), CASE(password_of_nothing), CASE(lengths), \
		CASE(passphrase_of_the_built_in_list), CASE(passphrase_of_a_list), \
		CASE(passphrase_of_a_bad_list), CASE(apikeys), CASE(comparing), CASE(wiping)

#endif /* PASSWORDS_HPP */
