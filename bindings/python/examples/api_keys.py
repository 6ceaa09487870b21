# SPDX-License-Identifier: MIT
"""API keys: hand one out, keep only a hash, check what comes in.

Run with: PYTHONPATH=bindings/python python3 bindings/python/examples/api_keys.py
"""

import hashlib
import sys

import libsecrets as secrets

PREFIX = "example_live"  # says whose key it is, also to who finds one in a log


def hash_key(key):
    # Of 256 random bits, which nobody can find by trying: a fast hash will do.
    return hashlib.sha256(key.encode("utf-8")).digest()


def issue(keys, customer):
    """Return a new key for a customer, to be shown once and never again."""
    key = secrets.apikey(PREFIX)
    keys[customer] = hash_key(key)
    return key


def check(keys, customer, key):
    """Return what to say to a request."""
    # Typing errors and random guesses end here, without asking the database.
    if not (key.startswith(PREFIX + "_") and secrets.apikey_valid(key)):
        return "no key"
    stored = keys.get(customer, bytes(32))
    if not secrets.compare_digest(hash_key(key), stored):
        return "refused"
    return "accepted"


def with_a_slip(key):
    """Return the key with its last character mistyped."""
    return key[:-1] + ("a" if key[-1] != "a" else "b")


def main():
    keys = {}
    key = issue(keys, "ada")
    print("Show this key once: %s" % key)
    print("Store this hash:    %s" % keys["ada"].hex())
    attempts = [
        ("the key", "ada", key, "accepted"),
        ("mistyped", "ada", with_a_slip(key), "no key"),
        ("a key of nobody's", "ada", secrets.apikey(PREFIX), "refused"),
        ("of another service", "ada", secrets.apikey("other"), "no key"),
        ("another customer", "ben", key, "refused"),
    ]
    as_expected = True
    for name, customer, sent, expected in attempts:
        answer = check(keys, customer, sent)
        print("%-19s %s" % (name + ":", answer))
        as_expected = as_expected and answer == expected
    return 0 if as_expected else 1


if __name__ == "__main__":
    sys.exit(main())
