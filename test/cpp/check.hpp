/* SPDX-License-Identifier: MIT */
/*
 * What the C++ test programs add to check.h: FAILS, which demands that an expression fails with a
 * status, with exceptions and without.
 */
#ifndef CHECK_HPP
#define CHECK_HPP

/* Before every other header, to show that it needs none. */
#include <secrets.hpp>

#include "../c/check.h"

#include <sys/wait.h>

#define FAILS(expected, expression) \
	check_status(expected, (errno = CHECK_ERRNO, failure_of([&] { (void)(expression); })), \
		#expression, __FILE__, __LINE__)

#ifdef __cpp_exceptions

template <class Call>
int failure_of(Call call)
{
	try {
		call();
	} catch (const secrets::error &error) {
		CHECK(strcmp(error.what(), secrets_strerror(error.status())) == 0);
		return error.status();
	}
	return SECRETS_OK;
}

#else

enum { FAILED = 100 };

void secrets::failed(int status)
{
	_exit(FAILED - status);
}

/* In a process of its own, which failed ends. */
template <class Call>
int failure_of(Call call)
{
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		call();
		_exit(FAILED);
	}
	int status = 0;
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) >= FAILED);
	errno = CHECK_ERRNO;
	return FAILED - WEXITSTATUS(status);
}

#endif

/* A distribution whose values are what is drawn, unchanged. */
struct raw {
	void reset()
	{
	}

	template <class Generator>
	std::uint64_t operator()(Generator &numbers)
	{
		static_assert((Generator::min)() == 0 && (Generator::max)() == UINT64_MAX);
		return numbers();
	}
};

/* Draws that show all of 6 values, each as a bit: one is missing with a probability below
   6 * (5/6)^400, 2^-102. */
enum { DRAWS = 400, ALL_SIX = 0x3f };

/* Whether no two elements are equal. */
template <class T>
bool are_distinct(std::vector<T> all)
{
	std::sort(all.begin(), all.end());
	return std::adjacent_find(all.begin(), all.end()) == all.end();
}

/* Whether all characters of a text are among these. */
inline bool consists_of(const std::string &text, const char *characters)
{
	return text.find_first_not_of(characters) == std::string::npos;
}

#endif /* CHECK_HPP */
