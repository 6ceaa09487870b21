/* SPDX-License-Identifier: MIT */
/* A raffle: a code for every ticket, the winners, and what each of them wins. Nobody can guess a
   code, and every outcome is equally likely. raffle.c is the same in C. */
#include <secrets.hpp>

#include <iostream>

static void draw()
{
	/* One call makes all codes. */
	const std::vector<std::string> codes = secrets::token_urlsafe_batch(500, 16);

	std::vector<std::string> prizes{ "a bicycle", "a kettle", "a book" };
	secrets::shuffle(prizes.begin(), prizes.end());
	const std::vector<std::size_t> winners = secrets::sample_indices(codes.size(), prizes.size());
	for (std::size_t i = 0; i < prizes.size(); i++) {
		std::cout << "ticket " << winners[i] + 1 << ", code " << codes[winners[i]];
		std::cout << ", wins " << prizes[i] << '\n';
	}

	/* Any ticket may have this one, a winner's too. */
	std::cout << "the umbrella left behind goes to code " << secrets::choice(codes) << '\n';
}

int main()
{
	try {
		draw();
	} catch (const secrets::error &error) {
		std::cerr << "no raffle: " << error.what() << '\n';
		return 1;
	}
	return 0;
}
