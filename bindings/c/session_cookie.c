/* SPDX-License-Identifier: MIT */
/*
 * A session cookie: the browser keeps a token that cannot be guessed, and for an
 * hour the server knows whose it is. The program plays both sides.
 *
 * It keeps its sessions in an array and compares with all of them. A real server
 * looks a session up in a database, by a hash of the token: then a stolen copy of
 * the database holds no token, and the time of the look-up tells nothing about one.
 *
 * Compiles as C99 and as C++17.
 */
#include <secrets.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define LIFETIME (60 * 60) /* seconds */
#define TOKEN_SIZE SECRETS_TOKEN_URLSAFE_SIZE(SECRETS_DEFAULT_ENTROPY)

/* With __Host-, browsers take the cookie from this host alone, over TLS. */
#define COOKIE "__Host-session="

enum { SESSIONS = 8 };

struct session {
	char token[TOKEN_SIZE];
	char user[16];
	time_t expires; /* 0: free */
};

static struct session sessions[SESSIONS];

/* session_start returns a new session, or NULL after a message. */
static struct session *session_start(const char *user, time_t now)
{
	struct session *session = sessions;
	while (session < sessions + SESSIONS && now < session->expires)
		session++;
	if (session == sessions + SESSIONS) {
		fprintf(stderr, "no session: all are taken\n");
		return NULL;
	}
	int status =
		secrets_token_urlsafe(session->token, sizeof session->token, SECRETS_DEFAULT_ENTROPY);
	if (status != SECRETS_OK) {
		fprintf(stderr, "no session: %s\n", secrets_strerror(status));
		return NULL;
	}
	snprintf(session->user, sizeof session->user, "%s", user);
	session->expires = now + LIFETIME;
	return session;
}

static void session_end(struct session *session)
{
	secrets_wipe(session, sizeof *session);
}

/* cookie_value finds our cookie in a Cookie header, and returns the length of its value, or 0. */
static size_t cookie_value(const char *header, const char **value)
{
	while (strncmp(header, COOKIE, strlen(COOKIE)) != 0) {
		header = strstr(header, "; ");
		if (header == NULL)
			return 0;
		header += 2;
	}
	*value = header + strlen(COOKIE);
	return strcspn(*value, ";");
}

/* session_find returns the session that a Cookie header names, or NULL. It compares with every
   session, in constant time; what came from outside is a. */
static struct session *session_find(const char *header, time_t now)
{
	struct session *found = NULL;
	const char *value = "";
	size_t size = cookie_value(header, &value);
	for (struct session *session = sessions; session < sessions + SESSIONS; session++) {
		int same = secrets_compare_digest(value, size, session->token, TOKEN_SIZE - 1);
		if (same && now < session->expires)
			found = session;
		if (session->expires != 0 && now >= session->expires)
			session_end(session);
	}
	return found;
}

/* ---- The demonstration ------------------------------------------------ */

/* show prints whose session a request is in, and returns 1 if that is not the expected user. */
static int show(const char *what, const char *header, time_t now, const char *expected)
{
	const struct session *session = session_find(header, now);
	const char *user = session == NULL ? "nobody" : session->user;
	printf("%-30s %s\n", what, user);
	return strcmp(user, expected) != 0;
}

int main(void)
{
	char header[sizeof "theme=dark; " COOKIE + TOKEN_SIZE];
	time_t now = time(NULL);
	int wrong = 0;

	struct session *alice = session_start("alice", now);
	if (alice == NULL || session_start("bob", now + 60) == NULL)
		return 1;
	printf("Set-Cookie: %s%s; Max-Age=%d; Path=/; Secure; HttpOnly; SameSite=Lax\n", COOKIE,
		alice->token, LIFETIME);
	snprintf(header, sizeof header, "theme=dark; %s%s", COOKIE, alice->token);

	wrong |= show("no cookie", "theme=dark", now, "nobody");
	wrong |= show("an empty one", COOKIE, now, "nobody");
	wrong |= show("a guess", COOKIE "let-me-in", now, "nobody");
	wrong |= show("the cookie", header, now + LIFETIME - 1, "alice");
	wrong |= show("the cookie, an hour later", header, now + LIFETIME, "nobody");
	wrong |= show("the cookie of an ended session", header, now, "nobody");
	secrets_wipe(header, sizeof header);
	secrets_wipe(sessions, sizeof sessions);
	return wrong;
}
