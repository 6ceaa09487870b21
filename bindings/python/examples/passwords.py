# SPDX-License-Identifier: MIT
"""The passwords of the standard documentation's recipes, in a call each.

They are for programs that give out passwords. How to store one that users log
in with is another matter: hashlib.scrypt, or argon2-cffi, never a plain hash.

Run with: PYTHONPATH=bindings/python python3 bindings/python/examples/passwords.py
"""

import string
import sys

import libsecrets as secrets

# At least one lower-case letter, one upper-case letter and three digits.
POLICY = [
    (string.ascii_lowercase, 1),
    (string.ascii_uppercase, 1),
    (string.digits, 3),
]


def main():
    print("%5.1f bits  %s" % (secrets.password_entropy(8), secrets.password(8)))
    bits = secrets.password_entropy(10, POLICY)
    print("%5.1f bits  %s" % (bits, secrets.password(10, POLICY)))
    print("%5.1f bits  %s" % (secrets.passphrase_entropy(4), secrets.passphrase(4)))

    # As many words as it takes against 10**10 guesses a second for 10 years.
    needed = secrets.needed_entropy(1e10, 10)
    nwords = secrets.passphrase_words(needed)
    phrase = secrets.passphrase(nwords, separator="-")
    print("%5.1f bits  %s" % (secrets.passphrase_entropy(nwords), phrase))


if __name__ == "__main__":
    sys.exit(main())
