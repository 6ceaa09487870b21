/* SPDX-License-Identifier: MIT */
/*
 * The passwords of the recipes in Python's documentation of secrets, each with
 * its entropy: so many bits that an attacker has to try half of 2^bits of them.
 *
 * Compiles as C99 and as C++17.
 */
#include <secrets.h>
#include <stdio.h>

/* report prints a secret and wipes it, or says why there is none. */
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

/* Eight letters and digits, which is what no classes mean. */
static int alphanumeric(void)
{
	char password[8 + 1];

	int status = secrets_password(password, sizeof password, 8, NULL, 0);
	return report(status, "8 letters and digits", password, sizeof password, secrets_password_entropy(8, NULL, 0));
}

/* Ten of them, with all that a sign-up form may insist on. */
static int with_minimums(void)
{
	const secrets_class classes[] = {
		{ SECRETS_LOWERCASE, 1 }, { SECRETS_UPPERCASE, 1 }, { SECRETS_DIGITS, 3 }
	};
	char password[10 + 1];

	int status = secrets_password(password, sizeof password, 10, classes, 3);
	return report(status, "10, with a lower, an upper and 3 digits", password, sizeof password,
		secrets_password_entropy(10, classes, 3));
}

/* Four English words: 10 bytes for each, with a blank or the NUL behind it. */
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
