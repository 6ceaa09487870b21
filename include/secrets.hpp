/* SPDX-License-Identifier: MIT */
/*
 * secrets.hpp - the functions of secrets.h for C++17, which return results and throw on failure.
 *
 * All that secrets.h says of randomness, threads, fork, signals, loading and starting holds here
 * too. This header needs only that one and the standard library, and has only templates and inline
 * functions: link with the same library.
 *
 *     std::string token = secrets::token_urlsafe();
 *     int die = secrets::randbelow(6) + 1;
 *     std::string password = secrets::password(12, {{SECRETS_LOWERCASE, 1}, {SECRETS_DIGITS, 2}});
 *     secrets::wipe(password);
 *
 *   Errors      A function that fails throws secrets::error, which has a status of secrets.h. Its
 *               arguments are then unchanged, and what it had begun to write is wiped. Each
 *               function that is not noexcept may throw SECRETS_EENTROPY, SECRETS_ESTART and
 *               SECRETS_EINTERNAL, and std::bad_alloc if memory is refused; "Throws" below does
 *               not repeat these.
 *   Secrets     A result is written once, where it is returned. Only the texts of a batch are
 *               copied, and the first copy is wiped before the function returns. Copies that you
 *               make are yours to wipe. Beware of moves: moving a short std::string copies it, and
 *               leaves the text behind. secrets::wipe() clears a string or vector whole.
 *   State       There is none: no random number is kept between calls. So neither a forked child,
 *               nor a copy of a generator, nor a clone of a virtual machine repeats one.
 *   Left to C   secrets_choice(), which cannot say why it fails, and secrets_shuffle(), which moves
 *               bytes, not objects. Every function of secrets.h can be called from C++ too.
 *
 * Without exceptions (-fno-exceptions) the functions are the same, but one that fails calls
 * secrets::failed(), which your program must define, or it does not link: how it ends is for the
 * program to decide. To continue after a failure, call the functions of secrets.h, which return a
 * status. If memory is refused, the standard library ends such a program, as ever. Files compiled
 * with and without exceptions may be linked together. RTTI is not needed.
 */
#ifndef LIBSECRETS_SECRETS_HPP
#define LIBSECRETS_SECRETS_HPP

#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 201703L
#error "secrets.hpp needs C++17; secrets.h works with any C++"
#endif

#include "secrets.h" /* the one beside this file, not an application's own */

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace secrets
{

/* ---- Errors ----------------------------------------------------------- */

#ifdef __cpp_exceptions
#ifndef _WIN32
/* Visible even in a library with -fvisibility=hidden, so that others can catch it. */
class [[gnu::visibility("default")]] error;
#endif

/*
 * error is thrown by a function that fails. what() is the text of secrets_strerror().
 *
 * status()  SECRETS_EINVAL or another negative code of secrets.h
 */
class error : public std::runtime_error
{
public:
	explicit error(int status) : std::runtime_error(secrets_strerror(status)), status_(status)
	{
	}

	[[nodiscard]] int status() const noexcept
	{
		return status_;
	}

private:
	int status_;
};

/* For the linker the functions have other names with exceptions than without, since one program may
   have both. You write secrets::token_hex() either way. */
inline namespace with_exceptions
{
namespace detail
{
[[noreturn]] inline void fail(int status)
{
	throw error(status);
}
} // namespace detail
#else
/*
 * failed is called by a function that fails if there are no exceptions. Your program defines it:
 *
 *     void secrets::failed(int status)
 *     {
 *         std::fprintf(stderr, "%s\n", secrets_strerror(status));
 *         std::abort();
 *     }
 *
 * status  a negative code of secrets.h
 *
 * It must not return, nor leave by std::longjmp(), which skips the destructors that wipe.
 */
[[noreturn]] void failed(int status);

inline namespace without_exceptions
{
namespace detail
{
[[noreturn]] inline void fail(int status)
{
	failed(status);
}
} // namespace detail
#endif

/*
 * version returns the version of the loaded library, such as "1.0.0", which may be newer than the
 * SECRETS_VERSION of the headers.
 */
[[nodiscard]] inline const char *version() noexcept
{
	return secrets_version();
}

/* ---- Wiping and comparing --------------------------------------------- */

/*
 * wipe sets size bytes at buffer to zero, and no optimiser removes it. If buffer is null nothing is
 * done.
 */
inline void wipe(void *buffer, std::size_t size) noexcept
{
	secrets_wipe(buffer, size);
}

/*
 * wipe sets all memory of a std::string or std::vector to zero, its spare capacity included, and
 * leaves it empty. It does not reach memory that the container had before it grew.
 */
template <class Container>
void wipe(Container &container) noexcept
{
	using Element = typename Container::value_type;
	static_assert(std::is_trivially_copyable_v<Element>, "wipe the elements one by one");
	container.resize(container.capacity());
	secrets_wipe(container.data(), container.size() * sizeof(Element));
	container.clear();
}

/*
 * compare_digest reports whether a and b hold the same bytes, in constant time: the time depends
 * only on the size of b. Pass the secret you hold as b and what came from outside as a. On any
 * error, such as a library that cannot start, the answer is false.
 */
[[nodiscard]] inline bool compare_digest(std::string_view a, std::string_view b) noexcept
{
	return secrets_compare_digest(a.data(), a.size(), b.data(), b.size()) == 1;
}

[[nodiscard]] inline bool compare_digest(const std::vector<unsigned char> &a,
	const std::vector<unsigned char> &b) noexcept
{
	return secrets_compare_digest(a.data(), a.size(), b.data(), b.size()) == 1;
}

namespace detail
{

inline void ensure(int status)
{
	if (status != SECRETS_OK)
		fail(status);
}

/* output is what the call was to write. After SECRETS_EINTERNAL it may hold anything. */
template <class Container>
void ensure(int status, Container &output)
{
	if (status != SECRETS_OK) {
		secrets::wipe(output);
		fail(status);
	}
}

/* A container of count zeros, for a call to write over. */
template <class Container>
Container zeros(std::size_t count)
{
	using Element = typename Container::value_type;
	if (count > PTRDIFF_MAX / sizeof(Element) || count > Container().max_size())
		fail(SECRETS_ENOSPC);
	return Container(count, Element());
}

/* The text that write(buffer, size) writes with a NUL, for which a std::string has room. size is
   that of the longest possible text; if it is 0, write returns the reason. */
template <class Write>
std::string text(std::size_t size, Write write)
{
	if (size == 0)
		fail(write(nullptr, 0));
	auto out = zeros<std::string>(size - 1);
	ensure(write(out.data(), size), out);
	out.resize(std::char_traits<char>::length(out.data()));
	return out;
}

/* A vector that is wiped before it is destroyed. */
template <class T>
struct scratch {
	std::vector<T> items;

	explicit scratch(std::vector<T> &&all) noexcept : items(std::move(all))
	{
	}
	scratch(const scratch &) = delete;
	scratch &operator=(const scratch &) = delete;

	~scratch()
	{
		secrets::wipe(items);
	}
};

/* count texts that write(buffer, size) writes side by side, each of size bytes with its NUL. The
   strings have their memory before, so that nothing can fail while there are two copies. */
template <class Write>
std::vector<std::string> texts(std::size_t count, std::size_t size, Write write)
{
	if (size == 0 || count > SIZE_MAX / size)
		fail(SECRETS_ENOSPC);
	auto out = zeros<std::vector<std::string>>(count);
	for (std::string &text : out)
		text = zeros<std::string>(size - 1);
	scratch<char> all(zeros<std::vector<char>>(count * size));
	ensure(write(all.items.data(), count * size));
	const char *next = all.items.data();
	for (std::string &text : out) {
		std::copy_n(next, size - 1, text.data());
		next += size;
	}
	return out;
}

/* The number that draw(pointer) draws. It is not left on the stack. */
template <class Number, class Draw>
Number number(Draw draw)
{
	Number place = 0;
	const int status = draw(&place);
	const Number drawn = place;
	*static_cast<volatile Number *>(&place) = 0;
	ensure(status);
	return drawn;
}

/* The text for C, which would take a NUL within it for its end. */
inline const char *c_text(const std::string &text)
{
	if (text.find('\0') != std::string::npos)
		fail(SECRETS_EINVAL);
	return text.c_str();
}

} // namespace detail

/* ---- Tokens ----------------------------------------------------------- */

/*
 * token_bytes returns nbytes random bytes.
 *
 * Throws: SECRETS_ENOSPC if no vector can hold so many
 */
[[nodiscard]] inline std::vector<unsigned char> token_bytes(
	std::size_t nbytes = SECRETS_DEFAULT_ENTROPY)
{
	auto out = detail::zeros<std::vector<unsigned char>>(nbytes);
	detail::ensure(secrets_token_bytes(out.data(), nbytes), out);
	return out;
}

/*
 * token_hex returns nbytes random bytes as 2 * nbytes digits 0-9a-f.
 *
 * Throws: SECRETS_ENOSPC if no string can hold so many
 */
[[nodiscard]] inline std::string token_hex(std::size_t nbytes = SECRETS_DEFAULT_ENTROPY)
{
	return detail::text(secrets_token_hex_size(nbytes),
		[=](char *out, std::size_t size) { return secrets_token_hex(out, size, nbytes); });
}

/*
 * token_urlsafe returns nbytes random bytes as unpadded base64url (A-Z a-z 0-9 - _), about 1.3
 * characters per byte. One token in 64 begins with -, which commands take for an option.
 *
 * Throws: SECRETS_ENOSPC if no string can hold so many
 */
[[nodiscard]] inline std::string token_urlsafe(std::size_t nbytes = SECRETS_DEFAULT_ENTROPY)
{
	return detail::text(secrets_token_urlsafe_size(nbytes),
		[=](char *out, std::size_t size) { return secrets_token_urlsafe(out, size, nbytes); });
}

/*
 * token_hex_batch and token_urlsafe_batch return count tokens, faster than one by one. Until they
 * return they need memory for two copies.
 *
 * Throws: SECRETS_ENOSPC if no object can hold so many
 */
[[nodiscard]] inline std::vector<std::string> token_hex_batch(std::size_t count,
	std::size_t nbytes = SECRETS_DEFAULT_ENTROPY)
{
	return detail::texts(count, secrets_token_hex_size(nbytes), [=](char *out, std::size_t size) {
		return secrets_token_hex_batch(out, size, nbytes, count);
	});
}

[[nodiscard]] inline std::vector<std::string> token_urlsafe_batch(std::size_t count,
	std::size_t nbytes = SECRETS_DEFAULT_ENTROPY)
{
	return detail::texts(count, secrets_token_urlsafe_size(nbytes),
		[=](char *out, std::size_t size) {
			return secrets_token_urlsafe_batch(out, size, nbytes, count);
		});
}

/* ---- Numbers ---------------------------------------------------------- */

namespace detail
{

template <class Integer>
constexpr bool is_integer = std::is_integral_v<Integer> && !std::is_same_v<Integer, bool> &&
	sizeof(Integer) <= sizeof(std::uint64_t);

/* A negative bound becomes 0, which C refuses: it must not become a large one. */
template <class Integer>
constexpr std::uint64_t bound_for_c(Integer bound) noexcept
{
	static_assert(is_integer<Integer>, "the bound must be an integer of up to 64 bits");
	return bound > Integer(0) ? static_cast<std::uint64_t>(bound) : 0;
}

} // namespace detail

/*
 * randbelow returns an integer from [0, bound), uniformly. It has the type of the bound, which may
 * be any integer type of up to 64 bits.
 *
 * Throws: SECRETS_EINVAL if bound is 0 or negative
 */
template <class Integer>
[[nodiscard]] Integer randbelow(Integer bound)
{
	const std::uint64_t below = detail::bound_for_c(bound);
	return static_cast<Integer>(detail::number<std::uint64_t>(
		[=](std::uint64_t *out) { return secrets_randbelow(below, out); }));
}

/*
 * randbits returns an integer of that many random bits: uniformly from [0, 2^bits).
 *
 * bits  0 to 64; 0 yields 0
 *
 * Throws: SECRETS_EINVAL if bits is more than 64
 */
[[nodiscard]] inline std::uint64_t randbits(unsigned bits)
{
	return detail::number<std::uint64_t>(
		[=](std::uint64_t *out) { return secrets_randbits(bits, out); });
}

/*
 * randrange returns an integer from [start, stop), uniformly. It has the type of both, which may be
 * any integer type of up to 64 bits. If their types differ, name one:
 *
 *     std::size_t i = secrets::randrange<std::size_t>(1, v.size());
 *
 * Throws: SECRETS_EINVAL if stop is not more than start
 */
template <class Integer>
[[nodiscard]] Integer randrange(Integer start, Integer stop)
{
	static_assert(detail::is_integer<Integer>, "both must be integers of up to 64 bits");
	if constexpr (std::is_signed_v<Integer>) {
		return static_cast<Integer>(detail::number<std::int64_t>(
			[=](std::int64_t *out) { return secrets_randrange(start, stop, out); }));
	} else {
		const auto span = start < stop ? static_cast<Integer>(stop - start) : Integer(0);
		return static_cast<Integer>(start + randbelow(span));
	}
}

/*
 * random returns a number from [0, 1), uniformly from the 2^53 multiples of 2^-53 there. For
 * integers use randbelow: multiplying the result by a range is biased.
 */
[[nodiscard]] inline double random()
{
	return detail::number<double>([](double *out) { return secrets_random(out); });
}

/*
 * randbelow_batch and random_batch return count independent integers from [0, bound), or numbers
 * from [0, 1), much faster than one by one.
 *
 * Throws:
 *   SECRETS_EINVAL  bound is 0 or negative
 *   SECRETS_ENOSPC  no vector can hold so many
 */
template <class Integer>
[[nodiscard]] std::vector<std::uint64_t> randbelow_batch(Integer bound, std::size_t count)
{
	const std::uint64_t below = detail::bound_for_c(bound);
	auto out = detail::zeros<std::vector<std::uint64_t>>(count);
	detail::ensure(secrets_randbelow_batch(below, out.data(), count), out);
	return out;
}

[[nodiscard]] inline std::vector<double> random_batch(std::size_t count)
{
	auto out = detail::zeros<std::vector<double>>(count);
	detail::ensure(secrets_random_batch(out.data(), count), out);
	return out;
}

/*
 * randbelow_big returns an integer of any size from [0, bound), uniformly, in as many bytes as the
 * bound has. Both are unsigned, most significant byte first.
 *
 * Throws: SECRETS_EINVAL if bound is 0, or empty
 */
[[nodiscard]] inline std::vector<unsigned char> randbelow_big(
	const std::vector<unsigned char> &bound)
{
	auto out = detail::zeros<std::vector<unsigned char>>(bound.size());
	detail::ensure(secrets_randbelow_big(bound.data(), bound.size(), out.data()), out);
	return out;
}

/*
 * randbits_big returns an integer of that many random bits in bits / 8 bytes, rounded up: unsigned,
 * most significant byte first.
 */
[[nodiscard]] inline std::vector<unsigned char> randbits_big(std::size_t bits)
{
	auto out = detail::zeros<std::vector<unsigned char>>(bits / 8 + (bits % 8 != 0));
	detail::ensure(secrets_randbits_big(bits, out.data(), out.size()), out);
	return out;
}

/* ---- Distributions ---------------------------------------------------- */

/*
 * generator is a UniformRandomBitGenerator, for the distributions and algorithms of the standard
 * library:
 *
 *     secrets::generator generator;
 *     std::normal_distribution<> normal(170, 10);
 *     double height = normal(generator);
 *
 * It has no state: each call draws 64 bits from the operating system. So it cannot be seeded, and
 * may be copied and shared by threads. A distribution may have a state: std::normal_distribution
 * keeps a second value for its next call, which a forked child would return as well. Call reset()
 * of the distribution there.
 *
 * generate_random is faster for many values, and shuffle and sample are for sequences.
 */
class generator
{
public:
	using result_type = std::uint64_t;

	/* In parentheses, since <windows.h> has macros of these names. */
	[[nodiscard]] static constexpr result_type(min)() noexcept
	{
		return 0;
	}

	[[nodiscard]] static constexpr result_type(max)() noexcept
	{
		return UINT64_MAX;
	}

	[[nodiscard]] result_type operator()() const
	{
		return randbits(64);
	}
};

namespace detail
{

/* A generator that draws several numbers at once. It must not outlive one call of ours, or a forked
   child would have the same numbers. Each is wiped as it is returned. */
class batch
{
public:
	using result_type = generator::result_type;

	static constexpr result_type(min)() noexcept
	{
		return (generator::min)();
	}

	static constexpr result_type(max)() noexcept
	{
		return (generator::max)();
	}

	explicit batch(std::size_t count) noexcept : count_((std::min)(count, most)), next_(count_)
	{
	}
	batch(const batch &) = delete;
	batch &operator=(const batch &) = delete;

	~batch()
	{
		secrets_wipe(numbers_, sizeof numbers_);
	}

	result_type operator()()
	{
		if (next_ == count_) {
			ensure(secrets_token_bytes(numbers_, count_ * sizeof *numbers_));
			next_ = 0;
		}
		return std::exchange(numbers_[next_++], 0);
	}

private:
	static constexpr std::size_t most = 64;

	result_type numbers_[most] = {};
	std::size_t count_, next_;
};

template <class Iterator, class Category>
constexpr bool is_kind =
	std::is_base_of_v<Category, typename std::iterator_traits<Iterator>::iterator_category>;

} // namespace detail

/*
 * generate_random assigns values of a distribution to the elements of [first, last), several times
 * faster than one by one with generator. (C++26 has std::ranges::generate_random.)
 *
 *     std::vector<double> heights(1000);
 *     std::normal_distribution<> normal(170, 10);
 *     secrets::generate_random(heights.begin(), heights.end(), normal);
 *
 * first, last   forward iterators
 * distribution  one of <random>, or any type with operator() and reset(), which is called first. It
 *               must not fork: its random numbers are drawn up to 64 at once. They are wiped before
 *               generate_random returns.
 *
 * On error some elements may have been assigned to.
 */
template <class Iterator, class Distribution>
void generate_random(Iterator first, Iterator last, Distribution distribution)
{
	static_assert(detail::is_kind<Iterator, std::forward_iterator_tag>, "not a forward iterator");
	distribution.reset(); /* a value that it keeps would come again in every call, by a copy */
	detail::batch numbers(static_cast<std::size_t>(std::distance(first, last)));
	for (; first != last; ++first)
		*first = distribution(numbers);
}

/* ---- Sequences -------------------------------------------------------- */

namespace detail
{

/* SECRETS_DIGITS has 11 elements, and the last is a NUL. */
template <class Range>
constexpr bool is_literal = false;
template <std::size_t size>
constexpr bool is_literal<const char[size]> = true;

} // namespace detail

/*
 * choice returns a reference to an element of a range, chosen uniformly.
 *
 *     char digit = secrets::choice(std::string_view(SECRETS_DIGITS));
 *
 * range  a container, an array, or another range with forward iterators; if they are random-access
 *        it takes constant time. A temporary container is refused, since its elements would be
 *        gone, and a string literal, since its NUL would be one: make it a std::string_view.
 *
 * Throws: SECRETS_EINVAL if the range is empty
 */
template <class Range>
[[nodiscard]] decltype(auto) choice(Range &range)
{
	using std::begin;
	using std::end;
	static_assert(!detail::is_literal<Range>, "a literal ends with a NUL: use std::string_view");
	const auto first = begin(range);
	using Iterator = std::remove_const_t<decltype(first)>;
	static_assert(detail::is_kind<Iterator, std::forward_iterator_tag>, "not a forward iterator");
	return *std::next(first, randbelow(std::distance(first, end(range))));
}

[[nodiscard]] inline const char &choice(std::string_view range)
{
	return choice<std::string_view>(range);
}

template <class Range>
void choice(const Range &&range) = delete;

/*
 * sample_indices returns count distinct integers from [0, population), in random order: every such
 * sequence is equally likely.
 *
 * Throws:
 *   SECRETS_EINVAL  count is more than population
 *   SECRETS_ENOSPC  no vector can hold so many
 */
[[nodiscard]] inline std::vector<std::size_t> sample_indices(std::size_t population,
	std::size_t count)
{
	if (count > population)
		detail::fail(SECRETS_EINVAL);
	auto out = detail::zeros<std::vector<std::size_t>>(count);
	detail::ensure(secrets_sample(population, count, out.data()), out);
	return out;
}

/*
 * sample returns copies of count elements of a range, all from different places, in random order:
 * every such sequence is equally likely. Until it returns it needs memory for count indices.
 *
 * range  with random-access iterators; not a string literal
 *
 * Throws: SECRETS_EINVAL if count is more than the range has, and what copying an element throws
 */
template <class Range>
[[nodiscard]] auto sample(Range &&range, std::size_t count)
{
	using std::begin;
	using std::end;
	static_assert(!detail::is_literal<std::remove_reference_t<Range>>,
		"a literal ends with a NUL: use std::string_view");
	const auto first = begin(range);
	using Iterator = std::remove_const_t<decltype(first)>;
	using Traits = std::iterator_traits<Iterator>;
	static_assert(detail::is_kind<Iterator, std::random_access_iterator_tag>,
		"not a random-access iterator");

	detail::scratch<std::size_t> places(
		sample_indices(static_cast<std::size_t>(end(range) - first), count));
	std::vector<typename Traits::value_type> out;
	out.reserve(count);
	for (const std::size_t place : places.items)
		out.push_back(first[static_cast<typename Traits::difference_type>(place)]);
	return out;
}

/*
 * shuffle puts the n elements of [first, last) in random order, every permutation equally likely,
 * with at most n - 1 swaps. Until it returns it needs memory for n indices.
 *
 * first, last  random-access iterators
 *
 * If a swap throws, no element is lost, but their order is not random.
 */
template <class Iterator>
void shuffle(Iterator first, Iterator last)
{
	static_assert(detail::is_kind<Iterator, std::random_access_iterator_tag>,
		"not a random-access iterator");
	using Difference = typename std::iterator_traits<Iterator>::difference_type;
	const auto at = [=](std::size_t place) { return first + static_cast<Difference>(place); };

	const auto count = static_cast<std::size_t>(last - first);
	detail::scratch<std::size_t> permutation(sample_indices(count, count));
	std::vector<std::size_t> &from = permutation.items;
	/* What belongs at i is at from[i]. Each cycle of this permutation is followed once. */
	for (std::size_t start = 0; start < count; start++) {
		std::size_t i = start;
		while (from[i] != start) {
			std::iter_swap(at(i), at(from[i]));
			i = std::exchange(from[i], i);
		}
		from[i] = i;
	}
}

/* ---- Passwords, passphrases, API keys --------------------------------- */

/*
 * password returns a password of length characters from the classes, with at least min from each,
 * uniformly from all strings that meet this policy.
 *
 *     secrets::password(10, {{SECRETS_LOWERCASE, 1}, {SECRETS_UPPERCASE, 1}, {SECRETS_DIGITS, 3}})
 *
 * length   the number of characters; at most 256 if there are several classes and one has a minimum
 * classes  at most 16, each {characters, min} (see secrets_class in secrets.h), in braces or in an
 *          array of nclasses; without any, letters and digits (62 characters, 5.95 bits each)
 *
 * Throws:
 *   SECRETS_EINVAL  the policy is malformed, or no password meets it (see secrets_password in
 *                   secrets.h)
 *   SECRETS_ENOSPC  no string can hold so many characters
 *   SECRETS_ENOMEM  no memory for so large a policy
 */
[[nodiscard]] inline std::string password(std::size_t length, const secrets_class *classes,
	std::size_t nclasses)
{
	return detail::text(secrets_password_size(length, classes, nclasses),
		[=](char *out, std::size_t size) {
			return secrets_password(out, size, length, classes, nclasses);
		});
}

[[nodiscard]] inline std::string password(std::size_t length = 16,
	std::initializer_list<secrets_class> classes = {})
{
	return password(length, classes.begin(), classes.size());
}

/*
 * password_entropy returns the entropy of a password in bits: the binary logarithm of the number of
 * strings that password chooses from. NaN if password would throw.
 */
[[nodiscard]] inline double password_entropy(std::size_t length, const secrets_class *classes,
	std::size_t nclasses) noexcept
{
	return secrets_password_entropy(length, classes, nclasses);
}

[[nodiscard]] inline double password_entropy(std::size_t length = 16,
	std::initializer_list<secrets_class> classes = {}) noexcept
{
	return password_entropy(length, classes.begin(), classes.size());
}

namespace detail
{

/* length is the least for wanted bits, or 0 on error; and without one, if that is enough. */
inline std::size_t enough(std::size_t length, double bits, double entropy_of_none)
{
	if (length == 0 && !(bits >= 0 && entropy_of_none >= bits)) {
		ensure(secrets_token_bytes(nullptr, 0)); /* if the library cannot start */
		fail(SECRETS_EINVAL);
	}
	return length;
}

} // namespace detail

/*
 * password_length returns the least length for which password_entropy returns at least that many
 * bits, and never less than the sum of all min.
 *
 *     std::string password = secrets::password(secrets::password_length(128)); // 22 characters
 *
 * bits  0 to 1e9
 *
 * Throws: SECRETS_EINVAL if
 *   - bits is not a number from 0 to 1e9
 *   - no length that password accepts has as many
 *   - password would throw SECRETS_EINVAL for every length
 *   - there is no memory for so large a policy
 */
[[nodiscard]] inline std::size_t password_length(double bits, const secrets_class *classes,
	std::size_t nclasses)
{
	return detail::enough(secrets_password_length(bits, classes, nclasses), bits,
		secrets_password_entropy(0, classes, nclasses));
}

[[nodiscard]] inline std::size_t password_length(double bits,
	std::initializer_list<secrets_class> classes = {})
{
	return password_length(bits, classes.begin(), classes.size());
}

namespace detail
{

inline std::string phrase(std::size_t nwords, const char *separator, const char *const *wordlist,
	std::size_t wordlist_size)
{
	return text(secrets_passphrase_size(nwords, separator, wordlist, wordlist_size),
		[=](char *out, std::size_t size) {
			return secrets_passphrase(out, size, nwords, separator, wordlist, wordlist_size);
		});
}

} // namespace detail

/*
 * passphrase returns nwords words with a separator between them, each chosen uniformly and
 * independently from the list: the large one of the Electronic Frontier Foundation, 12.92 bits a
 * word, or your own. Use six words or more for a passphrase that can be tested offline.
 * secrets_passphrase in secrets.h says when a list of your own has full entropy.
 *
 * nwords     the number of words; 0 yields ""
 * separator  UTF-8, may be empty
 * wordlist   one word or more, in UTF-8; it is checked on every call
 *
 * Throws:
 *   SECRETS_EINVAL  - the list is empty
 *                   - a word is empty or repeated
 *                   - a word or the separator is not UTF-8, or has a NUL in it
 *   SECRETS_ENOSPC  no string can hold so many words
 *   SECRETS_ENOMEM  no memory to check a list of your own
 */
[[nodiscard]] inline std::string passphrase(std::size_t nwords = 6,
	const std::string &separator = " ")
{
	return detail::phrase(nwords, detail::c_text(separator), nullptr, 0);
}

[[nodiscard]] inline std::string passphrase(std::size_t nwords, const std::string &separator,
	const std::vector<std::string> &wordlist)
{
	if (wordlist.empty()) /* for C that is the built-in list, not one that could not be read */
		detail::fail(SECRETS_EINVAL);
	std::vector<const char *> words;
	words.reserve(wordlist.size());
	for (const std::string &word : wordlist)
		words.push_back(detail::c_text(word));
	return detail::phrase(nwords, detail::c_text(separator), words.data(), words.size());
}

/*
 * passphrase_entropy returns the entropy of nwords words from a list of wordlist_size words in
 * bits, where 0 means the built-in list. NaN if the library cannot start.
 */
[[nodiscard]] inline double passphrase_entropy(std::size_t nwords = 6,
	std::size_t wordlist_size = 0) noexcept
{
	return secrets_passphrase_entropy(nwords, wordlist_size);
}

/*
 * passphrase_words returns the least number of words for which passphrase_entropy returns at least
 * that many bits.
 *
 * bits           0 to 1e9
 * wordlist_size  the number of words in the list; 0 means the built-in list
 *
 * Throws: SECRETS_EINVAL if bits is not a number from 0 to 1e9, or wordlist_size is 1
 */
[[nodiscard]] inline std::size_t passphrase_words(double bits, std::size_t wordlist_size = 0)
{
	return detail::enough(secrets_passphrase_words(bits, wordlist_size), bits,
		secrets_passphrase_entropy(0, wordlist_size));
}

/*
 * apikey returns prefix + "_" + body + checksum. The prefix shows what the key is for; its checksum
 * lets a secret scanner recognise it offline.
 *
 * prefix  1 to 32 of a-z A-Z 0-9 and _, the first a letter
 * nbytes  the number of random bytes in the body; 32 are 43 characters
 *
 * Throws:
 *   SECRETS_EINVAL  prefix is malformed
 *   SECRETS_ENOSPC  no string can hold so many bytes
 */
[[nodiscard]] inline std::string apikey(const std::string &prefix,
	std::size_t nbytes = SECRETS_DEFAULT_ENTROPY)
{
	const char *before = detail::c_text(prefix);
	return detail::text(secrets_apikey_size(before, nbytes),
		[=](char *out, std::size_t size) { return secrets_apikey(out, size, before, nbytes); });
}

/*
 * apikey_valid reports whether key has the form of a key of apikey, of any version, and the right
 * checksum. It does not report whether the key was issued. On any error the answer is false.
 */
[[nodiscard]] inline bool apikey_valid(std::string_view key) noexcept
{
	return secrets_apikey_valid(key.data(), key.size()) == 1;
}

} // inline namespace
} // namespace secrets

#endif /* LIBSECRETS_SECRETS_HPP */
