/* SPDX-License-Identifier: MIT */
/* The smallest program: it prints one token for a URL. */
#include <secrets.h>
#include <stdio.h>

int main(void)
{
	char token[SECRETS_TOKEN_URLSAFE_SIZE(SECRETS_DEFAULT_ENTROPY)];

	int status = secrets_token_urlsafe(token, sizeof token, SECRETS_DEFAULT_ENTROPY);
	if (status != SECRETS_OK) {
		fprintf(stderr, "no token: %s\n", secrets_strerror(status));
		return 1;
	}
	puts(token);
	secrets_wipe(token, sizeof token);
	return 0;
}
