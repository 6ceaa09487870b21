# SPDX-License-Identifier: MIT
"""The examples run, and do what they say."""

import os
import subprocess
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Examples(unittest.TestCase):
    def run_example(self, name):
        return subprocess.check_output(
            [sys.executable, os.path.join(ROOT, "examples", name)],
            env=dict(os.environ, PYTHONPATH=ROOT),
            universal_newlines=True,
            timeout=60,
        )

    def test_password_reset(self):
        lines = self.run_example("password_reset.py").splitlines()
        self.assertRegex(lines[0], r"https://\S+&token=[A-Za-z0-9_-]{43}$")
        self.assertRegex(lines[1], r" [0-9a-f]{64}$")
        verdicts = [line.split()[-1] for line in lines[2:]]
        self.assertEqual(verdicts, ["refused", "refused", "accepted", "refused"])

    def test_token(self):
        self.assertRegex(self.run_example("reset_link.py"), r"=[A-Za-z0-9_-]{43}\n$")

    # Everything below holds for every draw.
    def test_raffle(self):
        lines = self.run_example("raffle.py").splitlines()
        guests = [line.split(None, 2) for line in lines[:6]]
        names = [name for name, _, _ in guests]
        self.assertEqual(names, ["ada", "ben", "cleo", "dan", "eve", "flo"])
        for _, link, _ in guests:
            self.assertRegex(link, r"/[A-Za-z0-9_-]{22}$")
        tables = [table for _, _, table in guests]
        self.assertEqual({tables.count(table) for table in tables}, {2})
        winners = [line.split(" wins ") for line in lines[6:9]]
        self.assertEqual(len({name for name, _ in winners} & set(names)), 3)
        self.assertEqual(winners[0][1], "a bicycle")
        numbers = [int(word) for word in lines[9].split(":")[1].split()]
        self.assertEqual([1 <= number <= 49 for number in numbers], [True] * 6)


if __name__ == "__main__":
    unittest.main()
