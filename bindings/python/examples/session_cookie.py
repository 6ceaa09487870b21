# SPDX-License-Identifier: MIT
"""Sessions: a cookie nobody can guess, of which the server keeps only a hash.

Run with: PYTHONPATH=bindings/python python3 bindings/python/examples/session_cookie.py
"""

import hashlib
import sys
import time
from http.cookies import CookieError, SimpleCookie

import libsecrets as secrets

# Browsers take a cookie with this prefix from this very host only, and by HTTPS.
NAME = "__Host-session"
LIFETIME = 12 * 60 * 60  # seconds


def hash_token(token):
    # Of 256 random bits, which nobody can find by trying: a fast hash will do.
    return hashlib.sha256(token.encode("utf-8")).digest()


def log_in(sessions, user, now):
    """Return the header to send; a thief of sessions cannot rebuild the cookie."""
    token = secrets.token_urlsafe()
    sessions[hash_token(token)] = (user, now + LIFETIME)
    attributes = "Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Lax" % LIFETIME
    return "Set-Cookie: %s=%s; %s" % (NAME, token, attributes)


def key_in(cookie_header):
    """Return under what key the session of a request is kept, if there is one.

    How long it takes to look it up tells about the hash, not about the token.
    """
    try:
        cookie = SimpleCookie(cookie_header).get(NAME)
    except CookieError:
        cookie = None
    return hash_token(cookie.value if cookie else "")


def user_of(sessions, cookie_header, now):
    """Return who sent the request, or None."""
    key = key_in(cookie_header)
    user, expires = sessions.get(key, (None, 0))
    if now < expires:
        return user
    sessions.pop(key, None)
    return None


def log_out(sessions, cookie_header):
    sessions.pop(key_in(cookie_header), None)


def main():
    sessions = {}
    now = time.time()
    header = log_in(sessions, "ada", now)
    sent = header[len("Set-Cookie: ") :].split(";")[0]
    print(header)
    print("The server keeps: %s" % next(iter(sessions)).hex())
    print("With the cookie:  %s" % user_of(sessions, sent, now + 60))
    guess = "%s=%s" % (NAME, secrets.token_urlsafe())
    print("With a guess:     %s" % user_of(sessions, guess, now + 60))
    print("Without:          %s" % user_of(sessions, "", now + 60))
    print("Too late:         %s" % user_of(sessions, sent, now + LIFETIME))
    sent = log_in(sessions, "ada", now)[len("Set-Cookie: ") :].split(";")[0]
    log_out(sessions, sent)
    print("Logged out:       %s" % user_of(sessions, sent, now + 60))


if __name__ == "__main__":
    sys.exit(main())
