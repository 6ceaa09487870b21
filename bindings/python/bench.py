# SPDX-License-Identifier: MIT
"""Times this package beside the standard module.

    python3 bindings/python/bench.py

Passwords and passphrases are beside the recipes of the standard documentation.
Both take turns, for a fixed number of rounds; a figure is the median of its
rounds, in microseconds a call, and the ratio how much faster this package is.
"""

import os
import random
import secrets as standard
import statistics
import string
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import libsecrets  # noqa: E402

ROUNDS = 25
ROUND = 0.004  # seconds, about
HUNDRED = list(range(100))
MANY = list(range(10000))
WEIGHTS = list(range(1, 101))
LETTERS = string.ascii_letters + string.digits
POLICY = [(string.ascii_lowercase, 1), (string.ascii_uppercase, 1), (string.digits, 3)]
WORDS = ["word%d" % number for number in range(7776)]
DIGESTS = (bytes(range(32)), bytes(range(32)))


def standard_password(length):
    return "".join(standard.choice(LETTERS) for _ in range(length))


def standard_policy_password():
    while True:
        password = standard_password(10)
        if (
            any(c.islower() for c in password)
            and any(c.isupper() for c in password)
            and sum(c.isdigit() for c in password) >= 3
        ):
            return password


def standard_passphrase():
    return " ".join(standard.choice(WORDS) for _ in range(6))


def cases(module, generator):
    """Return (what is called, how) for a module and its generator."""
    if module is libsecrets:
        tokens = lambda: module.token_hex_batch(1000)  # noqa: E731
        password = lambda: module.password(16)  # noqa: E731
        policy_password = lambda: module.password(10, POLICY)  # noqa: E731
        passphrase = lambda: module.passphrase(6)  # noqa: E731
    else:
        tokens = lambda: [module.token_hex() for _ in range(1000)]  # noqa: E731
        password = lambda: standard_password(16)  # noqa: E731
        policy_password = standard_policy_password
        passphrase = standard_passphrase
    return [
        ("token_bytes(32)", lambda: module.token_bytes(32)),
        ("token_hex(32)", lambda: module.token_hex(32)),
        ("token_urlsafe(32)", lambda: module.token_urlsafe(32)),
        ("randbelow(52)", lambda: module.randbelow(52)),
        ("randbelow(10**30)", lambda: module.randbelow(10 ** 30)),
        ("randbits(64)", lambda: module.randbits(64)),
        ("choice of 100", lambda: module.choice(HUNDRED)),
        ("compare_digest, 32 bytes", lambda: module.compare_digest(*DIGESTS)),
        ("random()", lambda: generator.random()),
        ("choices, k=1000", lambda: generator.choices(HUNDRED, k=1000)),
        ("choices, weights", lambda: generator.choices(HUNDRED, WEIGHTS, k=1000)),
        ("shuffle of 100", lambda: generator.shuffle(HUNDRED)),
        ("sample, 1000 of 10000", lambda: generator.sample(MANY, 1000)),
        ("1000 tokens in hex", tokens),
        ("password of 16", password),
        ("of 10, by a policy", policy_password),
        ("passphrase of 6 words", passphrase),
    ]


def timed(call, number):
    """Return the microseconds that a call takes, of that many."""
    turns = range(number)
    start = time.perf_counter()
    for _ in turns:
        call()
    return (time.perf_counter() - start) / number * 1e6


def main():
    ours = cases(libsecrets, libsecrets.SystemRandom())
    theirs = cases(standard, random.SystemRandom())
    print("Python %d.%d, µs a call" % sys.version_info[:2])
    print("%-26s %10s %10s %7s" % ("", "standard", "libsecrets", "ratio"))
    for (name, our), (_, their) in zip(ours, theirs):
        number = max(1, int(ROUND * 1e6 / timed(their, 3)))
        rounds = [(timed(their, number), timed(our, number)) for _ in range(ROUNDS)]
        their_time, our_time = map(statistics.median, zip(*rounds))
        ratio = their_time / our_time
        print("%-26s %10.2f %10.2f %6.1fx" % (name, their_time, our_time, ratio))


if __name__ == "__main__":
    main()
