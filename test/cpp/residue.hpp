/* SPDX-License-Identifier: MIT */
/*
 * After a function has returned the only copy of a secret is what it returned. All memory that this
 * process can write to is searched for a part of that, of 64 bits or more: chance finds one with a
 * probability below 2^-38, and in each of ROUNDS rounds below 2^-152. Compile this with
 * optimisation: without, a compiler puts everything on the stack.
 */
#ifndef RESIDUE_HPP
#define RESIDUE_HPP

#include <fcntl.h>
#include <new>
#include <numeric>

enum { ROUNDS = 4 };

/* What is looked for, with all bits inverted, so that it is not found here. */
static unsigned char inverted[64];
static std::size_t inverted_size;

static void look_for(const void *part, std::size_t size)
{
	const auto *bytes = static_cast<const volatile unsigned char *>(part);
	CHECK(size >= 8 && size <= sizeof inverted);
	for (std::size_t i = 0; i < size; i++)
		inverted[i] = static_cast<unsigned char>(~bytes[i]);
	inverted_size = size;
}

static bool is_here(const unsigned char *at)
{
	std::size_t i = 0;
	while (i < inverted_size && (at[i] ^ inverted[i]) == 0xff)
		i++;
	return i == inverted_size;
}

/* Counts the copies that begin in a page. */
static int copies_in(std::uintptr_t page, std::uintptr_t size, std::uintptr_t end)
{
	const auto *at = reinterpret_cast<const unsigned char *>(page);
	const auto *last = reinterpret_cast<const unsigned char *>(end - inverted_size);
	int found = 0;
	for (const unsigned char *next = at + size; at < next && at <= last; at++)
		found += is_here(at);
	return found;
}

/* Only pages that exist: others were never written to. */
static int copies_between(int pagemap, std::uintptr_t from, std::uintptr_t to)
{
	static std::uint64_t pages[512];
	const auto size = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
	int found = 0;
	for (std::uintptr_t at = from; at < to; at += size) {
		const std::size_t i = (at - from) / size % COUNT(pages);
		if (i == 0)
			CHECK(pread(pagemap, pages, sizeof pages, static_cast<off_t>(at / size * 8)) > 0);
		if (pages[i] >> 62 != 0)
			found += copies_in(at, size, to);
	}
	return found;
}

/* In what is readable and writable, as /proc/self/maps lists it. Nothing here allocates memory,
   which would write over what was freed. */
static int copies()
{
	static char maps[1 << 18];
	const int list = open("/proc/self/maps", O_RDONLY),
			  pagemap = open("/proc/self/pagemap", O_RDONLY);
	std::size_t size = 0;
	CHECK(list >= 0 && pagemap >= 0);
	for (ssize_t n = 1; n > 0; size += static_cast<std::size_t>(n)) {
		n = read(list, maps + size, sizeof maps - 1 - size);
		CHECK(n >= 0);
	}
	maps[size] = '\0';
	int sum = 0;
	for (const char *line = maps; *line != '\0'; line = strchr(line, '\n') + 1) {
		unsigned long from = 0, to = 0;
		char rights[5] = "";
		CHECK(sscanf(line, "%lx-%lx %4s", &from, &to, rights) == 3);
		if (strncmp(rights, "rw", 2) == 0)
			sum += copies_between(pagemap, from, to);
	}
	CHECK(close(list) == 0 && close(pagemap) == 0);
	return sum;
}

/* So far down the stack that what is left there stays, while memory is searched from above. */
template <class Draw>
[[gnu::noinline]] static void deep(Draw draw)
{
	volatile char between[1 << 16];
	between[0] = 0;
	draw();
	(void)between[0];
}

/* Whether in one round of several there are only as many copies. */
template <class Draw>
static bool has(int expected, Draw draw)
{
	for (int i = 0; i < ROUNDS; i++) {
		deep(draw);
		if (copies() == expected)
			return true;
	}
	return false;
}

/* Where a result is while memory is searched. */
static struct {
	std::string text;
	alignas(std::string) unsigned char place[sizeof(std::string)];
	std::vector<std::string> texts;
	std::vector<unsigned char> bytes;
	std::vector<std::uint64_t> numbers;
	std::uint64_t number;
} result;

/* The end of a text: what is freed loses its first bytes. */
static void look_for_end(const std::string &all)
{
	look_for(all.data() + all.size() - 16, 16);
}

static void of_texts()
{
	CHECK(has(1, [] { look_for_end(result.text = secrets::token_hex()); }));
	CHECK(has(1, [] { look_for_end(result.text = secrets::token_urlsafe()); }));
	CHECK(has(1, [] { look_for_end(result.text = secrets::password(64)); }));
	CHECK(has(1, [] { look_for_end(result.text = secrets::passphrase(20)); }));
	CHECK(has(1, [] { look_for_end(result.text = secrets::apikey("demo")); }));
	CHECK(has(1, [] {
		result.bytes = secrets::token_bytes(48);
		look_for(result.bytes.data() + 32, 16);
	}));
}

/* A text that is in the string itself, and not in memory that could be moved: 11 characters have 65
   bits. */
static void of_short_text()
{
	CHECK(has(1, [] {
		const auto *made = new (result.place) std::string(secrets::password(15));
		look_for(made->data() + 4, 11);
	}));
}

static void of_batches()
{
	CHECK(has(1, [] {
		result.texts = secrets::token_hex_batch(100);
		look_for_end(result.texts[50]);
	}));
	CHECK(has(1, [] {
		result.texts = secrets::token_urlsafe_batch(100);
		look_for_end(result.texts[50]);
	}));
	CHECK(has(1, [] {
		result.numbers = secrets::randbelow_batch(UINT64_MAX, 100);
		look_for(&result.numbers[50], 16);
	}));
}

static void of_numbers()
{
	CHECK(has(1, [] {
		result.number = secrets::randbits(64);
		look_for(&result.number, sizeof result.number);
	}));
	CHECK(has(1, [] {
		result.number = secrets::generator()();
		look_for(&result.number, sizeof result.number);
	}));
	CHECK(has(1, [] {
		result.numbers.resize(200);
		secrets::generate_random(result.numbers.begin(), result.numbers.end(), raw());
		look_for(&result.numbers[70], 16);
	}));
}

/* Looks into the generator that it is given, where 64 numbers are at first. */
struct peeking {
	bool done = false;

	void reset()
	{
	}

	template <class Generator>
	std::uint64_t operator()(Generator &generator)
	{
		if (done)
			return 0;
		(void)generator();
		const auto *ahead = reinterpret_cast<const std::uint64_t *>(&generator);
		CHECK(ahead[0] == 0);
		look_for(ahead + 62, 16);
		done = true;
		return 0;
	}
};

static void of_numbers_ahead()
{
	CHECK(has(0, [] {
		result.numbers.resize(64);
		secrets::generate_random(result.numbers.begin(), result.numbers.end(), peeking());
	}));
}

/* Which elements were drawn is in the result, and nowhere as indices: 8 below 1000 have 79 bits. */
static void of_indices()
{
	CHECK(has(1, [] {
		result.numbers.resize(1000);
		std::iota(result.numbers.begin(), result.numbers.end(), 0);
		result.numbers = secrets::sample(result.numbers, 1000);
		look_for(&result.numbers[500], 64);
	}));
	CHECK(has(1, [] {
		std::iota(result.numbers.begin(), result.numbers.end(), 0);
		secrets::shuffle(result.numbers.begin(), result.numbers.end());
		look_for(&result.numbers[500], 64);
	}));
}

static void of_what_is_wiped()
{
	CHECK(has(0, [] {
		look_for_end(result.text = secrets::token_hex());
		secrets::wipe(result.text);
	}));
	CHECK(has(0, [] {
		result.numbers = secrets::sample_indices(SIZE_MAX, 100);
		look_for(&result.numbers[50], 16);
		secrets::wipe(result.numbers);
	}));
}

/* The controls: what does leave a copy, each as header and programs might. */
static void that_is_found()
{
	CHECK(!has(1, [] {
		const std::string first = secrets::token_hex();
		look_for_end(result.text = first + "");
	}));
	CHECK(!has(1, [] {
		std::vector<char> all(65);
		CHECK(secrets_token_hex(all.data(), all.size(), 32) == SECRETS_OK);
		look_for_end(result.text = std::string(all.begin(), all.end()));
	}));
	CHECK(!has(0, [] {
		look_for_end(result.text = secrets::token_hex());
		result.text.clear();
		result.text.shrink_to_fit();
	}));
	/* As secrets.hpp says of moves: a short text is still where it was. */
	CHECK(!has(1, [] {
		static std::string from;
		from = secrets::password(15);
		result.text = std::move(from);
		look_for(result.text.data() + 4, 11);
	}));
}

#define RESIDUE_CASES \
	CASE(of_texts), CASE(of_short_text), CASE(of_batches), CASE(of_numbers), \
		CASE(of_numbers_ahead), CASE(of_indices), CASE(of_what_is_wiped), CASE(that_is_found)

#endif /* RESIDUE_HPP */
