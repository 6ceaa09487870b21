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


if __name__ == "__main__":
    unittest.main()
