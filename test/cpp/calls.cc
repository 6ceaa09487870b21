/* SPDX-License-Identifier: MIT */
/* A call of each function and template of secrets.hpp, for compilers to warn of what they find in
   them, though other headers define macros. */
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <list>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/* windows.h */
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define far
#define near
#define small char
#define interface struct
/* AssertMacros.h of macOS */
#define check(assertion)
#define require(assertion, label)
#define verify(assertion)
/* sys/sysmacros.h, complex.h, X.h, and old libraries of C */
#define major(device) 0
#define minor(device) 0
#define I 1
#define None 0L
#define Status int
#define Success 0
#define unix 1
#define linux 1

#include <secrets.hpp>

namespace
{

std::size_t texts()
{
	const std::vector<std::string> words{ "one", "two" };
	std::string text = secrets::token_hex() + secrets::token_urlsafe(16) + secrets::password() +
		secrets::password(9, { { SECRETS_LOWERCASE, 1 }, { SECRETS_DIGITS, 1 } }) +
		secrets::passphrase() + secrets::passphrase(2, "-", words) + secrets::apikey("demo");
	const std::size_t size = text.size() + secrets::token_bytes().size() +
		secrets::token_hex_batch(2).size() + secrets::token_urlsafe_batch(2).size();
	secrets::wipe(text);
	secrets::wipe(&text[0], 0);
	return size;
}

bool answers()
{
	const std::vector<unsigned char> bytes;
	return secrets::compare_digest("a", "a") && secrets::compare_digest(bytes, bytes) &&
		!secrets::apikey_valid("a") && secrets::password_entropy() > 90 &&
		secrets::password_entropy(1, { { SECRETS_DIGITS, 0 } }) > 3 &&
		secrets::passphrase_entropy() > 70 &&
		secrets::password_length(1) + secrets::password_length(1, { { SECRETS_DIGITS, 1 } }) == 2 &&
		secrets::passphrase_words(1) == 1 && secrets::version()[0] == '1';
}

template <class Integer>
bool integers()
{
	return secrets::randbelow(Integer(7)) < 7 && secrets::randrange(Integer(3), Integer(7)) > 2;
}

bool numbers()
{
	return integers<signed char>() && integers<unsigned short>() && integers<int>() &&
		integers<unsigned>() && integers<long>() && integers<unsigned long>() &&
		integers<unsigned long long>() && secrets::randbits(3) < 8 && secrets::random() < 1 &&
		secrets::randbelow_batch(7, 2).size() + secrets::random_batch(2).size() == 4 &&
		secrets::randbelow_big({ 1, 0 }).size() + secrets::randbits_big(9).size() == 4;
}

bool sequences()
{
	std::vector<std::string> texts{ "a", "b", "c" };
	const std::list<int> list{ 1, 2, 3 };
	double values[3] = {};
	std::normal_distribution<> normal(170, 10);
	secrets::generator generator;
	secrets::shuffle(texts.begin(), texts.end());
	std::shuffle(texts.begin(), texts.end(), generator);
	secrets::generate_random(values, values + 3, normal);
	return secrets::choice(texts) != "d" && secrets::choice(list) < 4 &&
		secrets::choice(std::string_view("a")) == 'a' &&
		secrets::sample(texts, 2).size() == secrets::sample_indices(9, 2).size() &&
		normal(generator) < values[0] + 1000;
}

} // namespace

#ifndef __cpp_exceptions
void secrets::failed(int)
{
	std::terminate();
}
#endif

int main()
{
	return texts() > 200 && answers() && numbers() && sequences() ? 0 : 1;
}
