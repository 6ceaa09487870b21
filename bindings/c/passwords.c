/* SPDX-License-Identifier: MIT */
/*
 * The password recipes in the documentation of Python's secrets module, each with
 * its entropy in bits: an attacker has to try half of the 2^bits passwords, on average.
 *
 * Compiles as C99 and as C++17.
 */
#include <secrets.h>
#include <stdio.h>

/* report prints a secret and wipes it, or prints why there is none. */
static int report(int status, const char *what, char *secret, size_t size, double bits)
{
	if (status != SECRETS_OK) {
		fprintf(stderr, "no %s: %s\n", what, secrets_strerror(status));
		return 1;
	}
	printf("%-42s %s  (%.1f bits)\n", what, secret, bits);
	secrets_wipe(secret, size);
	return 0;
}

/* Eight letters and digits: the default, without classes. */
static int alphanumeric(void)
{
	char password[8 + 1];

	int status = secrets_password(password, sizeof password, 8, NULL, 0);
	return report(status, "8 letters and digits", password, sizeof password,
		secrets_password_entropy(8, NULL, 0));
}

/* Ten characters that meet the policy of a sign-up form. */
static int with_minimums(void)
{
	const secrets_class classes[] = {
		{ SECRETS_LOWERCASE, 1 },
		{ SECRETS_UPPERCASE, 1 },
		{ SECRETS_DIGITS, 3 },
	};
	char password[10 + 1];

	int status = secrets_password(password, sizeof password, 10, classes, 3);
	return report(status, "10, with a lower, an upper and 3 digits", password, sizeof password,
		secrets_password_entropy(10, classes, 3));
}

/* Four English words: each takes 10 bytes, with the space or NUL after it. */
static int words(void)
{
	char phrase[4 * 10];

	int status = secrets_passphrase(phrase, sizeof phrase, 4, NULL, NULL, 0);
	return report(status, "4 words", phrase, sizeof phrase, secrets_passphrase_entropy(4, 0));
}

int main(void)
{
	return alphanumeric() || with_minimums() || words();
}
