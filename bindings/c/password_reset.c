/* SPDX-License-Identifier: MIT */
/*
 * A link that lets a user set a new password: it cannot be guessed, and is valid
 * once, for a quarter of an hour. The program plays both sides: it mails the link,
 * and it checks what comes back.
 *
 * A real server stores a hash of the token (SHA-256 will do, as the token is
 * random), so that a stolen copy of its database holds no valid link. This
 * example has no hash at hand and stores the token itself.
 *
 * Compiles as C99 and as C++17.
 */
#include <secrets.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define LIFETIME (15 * 60) /* seconds */
#define LINK "https://example.org/reset?token="

struct reset {
	char token[SECRETS_TOKEN_URLSAFE_SIZE(SECRETS_DEFAULT_ENTROPY)];
	time_t expires; /* 0: none outstanding */
};

static int reset_start(struct reset *reset, time_t now)
{
	int status = secrets_token_urlsafe(reset->token, sizeof reset->token, SECRETS_DEFAULT_ENTROPY);
	if (status == SECRETS_OK)
		reset->expires = now + LIFETIME;
	return status;
}

/* link_token returns what follows LINK, or "" if the link does not begin with that. */
static const char *link_token(const char *link)
{
	size_t size = strlen(LINK);
	return strncmp(link, LINK, size) == 0 ? link + size : "";
}

/* reset_finish reports whether the link is the one that was sent, in time and for
   the first time. The token that came from outside is a, the stored one is b. */
static int reset_finish(struct reset *reset, const char *link, time_t now)
{
	const char *given = link_token(link);
	int good = secrets_compare_digest(given, strlen(given), reset->token, strlen(reset->token));

	if (!good || now >= reset->expires)
		return 0;
	secrets_wipe(reset, sizeof *reset);
	return 1;
}

/* show returns 1 if the outcome is not the expected one. */
static int show(const char *what, int accepted, int expected)
{
	printf("%-28s %s\n", what, accepted ? "accepted" : "rejected");
	return accepted != expected;
}

int main(void)
{
	struct reset reset;
	char link[sizeof LINK + sizeof reset.token];
	time_t now = time(NULL);
	int wrong = 0;

	int status = reset_start(&reset, now);
	if (status != SECRETS_OK) {
		fprintf(stderr, "no token: %s\n", secrets_strerror(status));
		return 1;
	}
	snprintf(link, sizeof link, "%s%s", LINK, reset.token);
	printf("mailed to the user:\n  %s\n", link);

	wrong |= show("a guess", reset_finish(&reset, LINK "let-me-in", now), 0);
	wrong |= show("no token", reset_finish(&reset, LINK, now), 0);
	wrong |= show("the link, after 15 minutes", reset_finish(&reset, link, now + LIFETIME), 0);
	wrong |= show("the link, in time", reset_finish(&reset, link, now + LIFETIME - 1), 1);
	wrong |= show("the link, a second time", reset_finish(&reset, link, now + LIFETIME - 1), 0);
	secrets_wipe(link, sizeof link);
	return wrong;
}
