# SPDX-License-Identifier: MIT
"""A password reset by mail: make the link, keep only a hash, check what comes back.

Run with: PYTHONPATH=bindings/python python3 bindings/python/examples/password_reset.py
"""

import hashlib
import sys
import time

import libsecrets as secrets

LIFETIME = 15 * 60  # seconds


def hash_token(token):
    # A token of 256 random bits cannot be guessed from its hash, so a fast hash
    # without salt is enough. It would not be for a password.
    return hashlib.sha256(token.encode("utf-8")).digest()


def start_reset(resets, user, now):
    """Return the link to mail; a thief of resets cannot rebuild it."""
    token = secrets.token_urlsafe()
    resets[user] = (hash_token(token), now + LIFETIME)
    return "https://example.com/reset?user=%s&token=%s" % (user, token)


def finish_reset(resets, user, token, now):
    """Return whether token is the one mailed to user, in time; it works once."""
    stored, expires = resets.get(user, (bytes(32), 0))
    matches = secrets.compare_digest(hash_token(token), stored)
    if not matches or now >= expires:
        return False
    del resets[user]
    return True


def main():
    resets = {}
    now = time.time()
    link = start_reset(resets, "ada", now)
    token = link.rpartition("token=")[2]
    print("Mail this link:  ", link)
    print("Store this hash: ", resets["ada"][0].hex())
    attempts = [
        ("a wrong token", secrets.token_urlsafe(), now, False),
        ("the token, too late", token, now + LIFETIME, False),
        ("the token", token, now + 60, True),
        ("the token again", token, now + 61, False),
    ]
    as_expected = True
    for name, guess, when, expected in attempts:
        accepted = finish_reset(resets, "ada", guess, when)
        print("%-20s %s" % (name + ":", "accepted" if accepted else "refused"))
        as_expected = as_expected and accepted == expected
    return 0 if as_expected else 1


if __name__ == "__main__":
    sys.exit(main())
