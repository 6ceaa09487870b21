/* SPDX-License-Identifier: MIT */
/* The generator: distributions and algorithms of the standard library with it, and forks. */
#ifndef DISTRIBUTIONS_HPP
#define DISTRIBUTIONS_HPP

#include <random>

static_assert((secrets::generator::min)() == 0 && (secrets::generator::max)() == UINT64_MAX);
static_assert(std::is_empty_v<secrets::generator>, "it has no state");
#ifdef __cpp_lib_concepts
static_assert(std::uniform_random_bit_generator<secrets::generator>);
static_assert(std::uniform_random_bit_generator<const secrets::generator>);
#endif

static void values_of_a_die()
{
	const secrets::generator generator;
	std::uniform_int_distribution<> die(0, 5);
	int one_by_one = 0, at_once = 0, rolls[DRAWS];
	secrets::generate_random(rolls, rolls + DRAWS, die);
	for (const int roll : rolls) {
		one_by_one |= 1 << die(generator);
		at_once |= 1 << roll;
	}
	CHECK(one_by_one == ALL_SIX && at_once == ALL_SIX);
}

/* The order is that of before with a probability of 1 / 100!. */
static void algorithms()
{
	std::vector<int> all(100), some;
	for (std::size_t i = 0; i < all.size(); i++)
		all[i] = static_cast<int>(i);
	const std::vector<int> before = all;
	std::shuffle(all.begin(), all.end(), secrets::generator());
	CHECK(all != before);
	std::sort(all.begin(), all.end());
	CHECK(all == before);
	std::sample(all.begin(), all.end(), std::back_inserter(some), 10, secrets::generator());
	CHECK(some.size() == 10 && are_distinct(some));
}

static bool are_equal(double a, double b)
{
	return !(a < b) && !(a > b);
}

/* A distribution that keeps a second value does not return it in every call. */
static void kept_value_is_not_repeated()
{
	std::normal_distribution<> normal;
	const secrets::generator generator;
	(void)normal(generator);
	double values[2] = {};
	secrets::generate_random(values, values + 1, normal);
	secrets::generate_random(values + 1, values + 2, normal);
	CHECK(!are_equal(values[0], values[1]));
	/* The control: its copies do. */
	std::normal_distribution<> copy = normal;
	CHECK(are_equal(copy(generator), normal(generator)));
}

/* ---- Forks ------------------------------------------------------------ */

enum { EACH = 8 };

template <class Generator>
static void draw_some(Generator &generator, std::uint64_t *out)
{
	for (int i = 0; i < EACH; i++)
		out[i] = generator();
	secrets::generate_random(out + EACH, out + 2 * EACH, raw());
}

/* Whether parent and child draw a number twice, after the parent has drawn some: by chance with a
   probability below 2^-50, and in two runs below 2^-100. */
template <class Generator>
static bool fork_repeats()
{
	const int size = 6 * EACH * sizeof(std::uint64_t);
	void *map = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(map != MAP_FAILED);
	auto *numbers = static_cast<std::uint64_t *>(map);
	Generator generator;
	draw_some(generator, numbers);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		draw_some(generator, numbers + 2 * EACH);
		_exit(0);
	}
	int status = 1;
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	draw_some(generator, numbers + 4 * EACH);
	return !are_distinct(std::vector<std::uint64_t>(numbers, numbers + 6 * EACH));
}

/* The control: numbers that are drawn ahead. */
class buffering
{
public:
	std::uint64_t operator()()
	{
		if (next_ == numbers_.size()) {
			numbers_ = secrets::randbelow_batch(UINT64_MAX, 64);
			next_ = 0;
		}
		return numbers_[next_++];
	}

private:
	std::vector<std::uint64_t> numbers_;
	std::size_t next_ = 0;
};

static void fork_repeats_nothing()
{
	CHECK(!fork_repeats<secrets::generator>() || !fork_repeats<secrets::generator>());
	CHECK(fork_repeats<buffering>());
}

#define DISTRIBUTION_CASES \
	CASE(values_of_a_die), CASE(algorithms), CASE(kept_value_is_not_repeated), \
		CASE(fork_repeats_nothing)

#endif /* DISTRIBUTIONS_HPP */
