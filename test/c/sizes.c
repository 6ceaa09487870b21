/* SPDX-License-Identifier: MIT */
/* The size macros with constants and variables, for compilers with all warnings. */
#include <secrets.h>

size_t sizes(int number, size_t size, unsigned positive);

size_t sizes(int number, size_t size, unsigned positive)
{
	enum { BYTES = 16 };
	const size_t constant = 16;
	char hex[SECRETS_TOKEN_HEX_SIZE(16)],
		urlsafe[SECRETS_TOKEN_URLSAFE_SIZE(SECRETS_DEFAULT_ENTROPY)];
	char of_size[SECRETS_TOKEN_URLSAFE_SIZE(sizeof hex)], of_enum[SECRETS_TOKEN_HEX_SIZE(BYTES)];
	return SECRETS_TOKEN_HEX_SIZE(number) + SECRETS_TOKEN_HEX_SIZE(size) +
		SECRETS_TOKEN_HEX_SIZE(positive) + SECRETS_TOKEN_URLSAFE_SIZE(number) +
		SECRETS_TOKEN_URLSAFE_SIZE(size) + SECRETS_TOKEN_URLSAFE_SIZE(positive) +
		SECRETS_TOKEN_URLSAFE_SIZE(constant) + sizeof hex + sizeof urlsafe + sizeof of_size +
		sizeof of_enum;
}

int main(void)
{
	return sizes(3, 3, 3) != 3 * 7 + 3 * 5 + 23 + 33 + 44 + 45 + 33;
}
