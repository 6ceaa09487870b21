/* SPDX-License-Identifier: MIT */
/* choice, sample and shuffle of whatever has elements. That they are uniform is shown in
   scripted.cc. */
#ifndef SEQUENCES_HPP
#define SEQUENCES_HPP

#include <deque>
#include <list>
#include <map>
#include <memory>
#include <numeric>

/* ---- choice ----------------------------------------------------------- */

template <class Range>
auto choice_of(int) -> decltype(secrets::choice(std::declval<Range>()), std::true_type());
template <class Range>
auto choice_of(...) -> std::false_type;
template <class Range>
constexpr bool has_choice = decltype(choice_of<Range>(0))::value;

static_assert(has_choice<std::vector<int> &> && has_choice<const std::vector<int> &>);
static_assert(!has_choice<std::vector<int>> && !has_choice<const std::vector<int>>,
	"an element of a temporary would be gone");
static_assert(has_choice<std::string_view> && has_choice<const std::string &>);
static_assert(!has_choice<std::string>, "nor is it taken for a view");

static void choice_is_a_reference()
{
	std::vector<int> v{ 0, 0, 0 };
	static_assert(std::is_same_v<int &, decltype(secrets::choice(v))>);
	static_assert(std::is_same_v<const int &, decltype(secrets::choice(std::as_const(v)))>);
	secrets::choice(v) = 1;
	CHECK(std::accumulate(v.begin(), v.end(), 0) == 1);
}

/* Whether 200 draws show all of 3 elements: one is missing with a probability below 3 * (2/3)^200,
   2^-115. */
template <class Range>
static bool all_are_chosen(Range &&range)
{
	unsigned seen = 0;
	for (int i = 0; i < 200; i++) {
		const auto *chosen = &secrets::choice(range);
		unsigned place = 1;
		for (const auto &one : range) {
			seen |= &one == chosen ? place : 0;
			place <<= 1;
		}
	}
	return seen == 7;
}

static void choice_of_any_range()
{
	const int array[] = { 1, 2, 3 };
	CHECK(all_are_chosen(array));
	CHECK(all_are_chosen(std::vector<int>{ 1, 2, 3 }));
	CHECK(all_are_chosen(std::list<std::string>{ "a", "b", "c" }));
	CHECK(all_are_chosen(std::map<int, int>{ { 1, 1 }, { 2, 2 }, { 3, 3 } }));
	CHECK(all_are_chosen(std::string_view("abc")));
	std::vector<bool> bits{ true, false };
	secrets::choice(bits).flip();
	CHECK(bits[0] == bits[1]);
	CHECK(secrets::choice(std::string_view("a")) == 'a');
}

static void choice_of_nothing()
{
	std::vector<int> none;
	std::list<int> no_list;
	FAILS(SECRETS_EINVAL, secrets::choice(none));
	FAILS(SECRETS_EINVAL, secrets::choice(no_list));
	FAILS(SECRETS_EINVAL, secrets::choice(std::string_view()));
}

/* ---- sample ----------------------------------------------------------- */

static void sample_is_distinct()
{
	std::deque<int> range(100);
	std::iota(range.begin(), range.end(), 0);
	for (const std::size_t n : { 0u, 1u, 50u, 100u }) {
		const std::vector<int> some = secrets::sample(range, n);
		CHECK(some.size() == n && are_distinct(some));
		for (const int one : some)
			CHECK(one >= 0 && one < 100);
	}
	FAILS(SECRETS_EINVAL, secrets::sample(range, 101));
	FAILS(SECRETS_EINVAL, secrets::sample(range, SIZE_MAX));
}

static void sample_of_any_range()
{
	const std::string array[] = { "a", "b" };
	const std::vector<std::string> both = secrets::sample(array, 2);
	CHECK(both[0] + both[1] == "ab" || both[0] + both[1] == "ba");
	CHECK(secrets::sample(std::vector<int>{ 7 }, 1) == std::vector<int>{ 7 });
	CHECK(secrets::sample(std::string("a"), 1) == std::vector<char>{ 'a' });
	CHECK(secrets::sample(std::vector<bool>(9), 4) == std::vector<bool>(4));
	CHECK(secrets::sample(std::string_view(), 0).empty());
}

static void indices()
{
	CHECK(secrets::sample_indices(0, 0).empty());
	CHECK(secrets::sample_indices(1, 1) == std::vector<std::size_t>{ 0 });
	const std::vector<std::size_t> few = secrets::sample_indices(SIZE_MAX, 3);
	CHECK(are_distinct(few));
	CHECK(*std::max_element(few.begin(), few.end()) > UINT32_MAX); /* or 2^-96 */
	FAILS(SECRETS_EINVAL, secrets::sample_indices(1, 2));
	FAILS(SECRETS_ENOSPC, secrets::sample_indices(SIZE_MAX, SIZE_MAX));
}

/* ---- shuffle ---------------------------------------------------------- */

/* The order is that of before with a probability of 1 / 100!, and of vector<bool> of 2^-92. */
static void shuffle_of_any_type()
{
	std::deque<std::unique_ptr<int>> pointers;
	int array[100];
	std::vector<bool> bits(100);
	for (int i = 0; i < 100; i++) {
		pointers.push_back(std::make_unique<int>(i));
		array[i] = i;
		bits[static_cast<std::size_t>(i)] = i < 50;
	}
	const std::vector<int> before(array, array + 100);
	const std::vector<bool> bits_before = bits;
	secrets::shuffle(pointers.begin(), pointers.end());
	secrets::shuffle(array, array + 100);
	secrets::shuffle(bits.begin(), bits.end());
	std::vector<int> owned;
	for (const auto &pointer : pointers)
		owned.push_back(*pointer);
	CHECK(owned != before && bits != bits_before && !std::is_sorted(array, array + 100));
	CHECK(std::is_permutation(owned.begin(), owned.end(), before.begin()));
	CHECK(std::is_permutation(array, array + 100, before.begin()));
	CHECK(std::count(bits.begin(), bits.end(), true) == 50);
}

static void shuffle_of_few()
{
	std::vector<int> none, one{ 7 };
	secrets::shuffle(none.begin(), none.end());
	secrets::shuffle(one.begin(), one.end());
	secrets::shuffle(static_cast<int *>(nullptr), static_cast<int *>(nullptr));
	CHECK(one == std::vector<int>{ 7 });
}

#ifdef __cpp_exceptions
/* One that cannot be swapped when it has been 10 times. */
struct fragile {
	int number;

	static int swaps;

	friend void swap(fragile &a, fragile &b)
	{
		if (++swaps == 10)
			throw std::runtime_error("broken");
		std::swap(a.number, b.number);
	}
};

int fragile::swaps = 0;
#endif

/* Nothing is lost where a swap fails. */
static void shuffle_that_is_broken_off()
{
#ifdef __cpp_exceptions
	std::vector<fragile> all(100);
	for (std::size_t i = 0; i < all.size(); i++)
		all[i].number = static_cast<int>(i);
	bool broken = false;
	try {
		secrets::shuffle(all.begin(), all.end());
	} catch (const std::runtime_error &) {
		broken = true;
	}
	std::vector<int> numbers;
	for (const fragile &one : all)
		numbers.push_back(one.number);
	CHECK(broken && are_distinct(numbers));
#endif
}

#define SEQUENCE_CASES \
	CASE(choice_is_a_reference), CASE(choice_of_any_range), CASE(choice_of_nothing), \
		CASE(sample_is_distinct), CASE(sample_of_any_range), CASE(indices), \
		CASE(shuffle_of_any_type), CASE(shuffle_of_few), CASE(shuffle_that_is_broken_off)

#endif /* SEQUENCES_HPP */
