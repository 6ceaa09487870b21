# SPDX-License-Identifier: MIT
"""Programs in the shape of the standard documentation, with the import swapped."""

import os
import tempfile
import unittest

IMPORT = "import secrets\n"
SWAPPED = "import libsecrets as secrets\n"

PASSWORD = """
import string
import secrets
letters_and_digits = string.ascii_letters + string.digits
result = ''.join(secrets.choice(letters_and_digits) for _ in range(8))
"""
PASSWORD_WITH_DIGITS = """
import string
import secrets
letters_and_digits = string.ascii_letters + string.digits
while True:
    result = ''.join(secrets.choice(letters_and_digits) for _ in range(10))
    if (any(c.islower() for c in result) and any(c.isupper() for c in result)
            and sum(c.isdigit() for c in result) >= 3):
        break
"""
PASSPHRASE = """
import secrets
with open(path) as file:
    words = [line.strip() for line in file]
    result = ' '.join(secrets.choice(words) for _ in range(4))
"""
RESET = """
import secrets
result = 'https://example.com/reset=' + secrets.token_urlsafe()
"""
STAR = """
from secrets import *
result = [choice([0]), randbelow(1), randbits(1) >> 1, SystemRandom().randrange(1),
          len(token_bytes(3)), len(token_hex(3)), len(token_urlsafe(3)),
          compare_digest(b'a', b'a')]
"""


class Recipes(unittest.TestCase):
    def run_recipe(self, text, old=IMPORT, new=SWAPPED, **names):
        self.assertEqual(text.count(old), 1)
        exec(text.replace(old, new), names)
        return names["result"]

    def test_password(self):
        self.assertRegex(self.run_recipe(PASSWORD), r"\A[A-Za-z0-9]{8}\Z")

    def test_password_with_digits(self):
        password = self.run_recipe(PASSWORD_WITH_DIGITS)
        self.assertRegex(password, r"\A[A-Za-z0-9]{10}\Z")
        self.assertGreaterEqual(sum(c.isdigit() for c in password), 3)

    def test_passphrase(self):
        words = ["word%d" % number for number in range(2000)]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "words")
            with open(path, "w") as file:
                file.write("\n".join(words) + "\n")
            phrase = self.run_recipe(PASSPHRASE, path=path)
        self.assertEqual(len(phrase.split(" ")), 4)
        self.assertLessEqual(set(phrase.split(" ")), set(words))

    def test_reset_link(self):
        link = self.run_recipe(RESET)
        self.assertRegex(link, r"\Ahttps://example.com/reset=[A-Za-z0-9_-]{43}\Z")

    def test_import_of_all_names(self):
        result = self.run_recipe(STAR, "from secrets ", "from libsecrets ")
        self.assertEqual(result, [0, 0, 0, 0, 3, 6, 4, True])


if __name__ == "__main__":
    unittest.main()
