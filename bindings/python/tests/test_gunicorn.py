# SPDX-License-Identifier: MIT
"""A server that forks after it loaded the library: gunicorn with --preload."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DEADLINE = 60  # seconds
WORKERS = 4
THREADS = 8
ROUND = 256  # requests


def environment():
    """Return the environment for gunicorn, whose Python may be another one."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "GUNICORN"))
    }
    return dict(kept, PYTHONPATH=ROOT, PYTHONDONTWRITEBYTECODE="1")


class Server:
    def __init__(self, command):
        # Listens before gunicorn runs: no port to guess, no wait until it is up.
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.socket.getsockname()[1]
        self.log = tempfile.TemporaryFile()
        file = self.socket.fileno()
        arguments = "--preload --worker-class gthread --workers %d --threads %d"
        arguments = (arguments % (WORKERS, THREADS)).split()
        arguments += ["--bind", "fd://%d" % file, "--chdir", ROOT]
        self.process = subprocess.Popen(
            [command] + arguments + ["tests.gunicorn_app:app"],
            env=environment(),
            pass_fds=[file],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,  # one group with its workers
        )

    def fetch(self, _=None):
        """Return a worker's pid, its token, and the token of the import."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/", headers={"Connection": "close"})
            response = connection.getresponse()
            text = response.read().decode("ascii")
        finally:
            connection.close()
        if response.status != 200:
            raise AssertionError("HTTP status %d" % response.status)
        pid, token, at_import = text.split()
        return int(pid), token, at_import

    def stop(self):
        """Ask gunicorn to end, and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(DEADLINE)

    def messages(self):
        self.log.seek(0)
        return self.log.read().decode("utf-8", "replace")

    def close(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # all have ended
        self.process.wait()
        self.socket.close()
        self.log.close()


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Gunicorn(unittest.TestCase):
    def setUp(self):
        command = shutil.which("gunicorn")
        if command is None:
            self.fail("gunicorn is missing: install it (package gunicorn on Debian)")
        self.server = Server(command)
        self.addCleanup(self.server.close)

    # Workers that are up early may answer a whole round by themselves. A worker
    # that has answered is also one that SIGTERM ends: gunicorn loses the signal
    # where a worker that is still starting gets it.
    def fetch_from_all_workers(self):
        end = time.monotonic() + DEADLINE
        answers = []
        with ThreadPoolExecutor(THREADS) as executor:
            while len({pid for pid, _, _ in answers}) < WORKERS:
                self.assertLess(time.monotonic(), end, "not all workers answer")
                answers += executor.map(self.server.fetch, range(ROUND))
        return answers

    def check(self):
        answers = self.fetch_from_all_workers()
        pids, tokens, at_import = (set(column) for column in zip(*answers))
        self.assertGreaterEqual(len(answers), 200)
        # One for all: it was made before the fork, and so in another process.
        self.assertEqual(len(at_import), 1)
        self.assertNotIn(self.server.process.pid, pids)
        # Fewer than 2**20 tokens of 256 bits: two are equal with probability
        # below 2**(40 - 1 - 256) = 2**-217.
        self.assertEqual(len(tokens), len(answers))
        self.assertFalse(tokens & at_import)
        for token in tokens | at_import:
            self.assertRegex(token, "^[A-Za-z0-9_-]{43}$")
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual([pid for pid in pids if is_running(pid)], [])
        # gunicorn itself kills workers that hang, and says so.
        self.assertNotRegex(self.server.messages(), "CRITICAL|ERROR|WARNING")

    def test_preload(self):
        try:
            self.check()
        except Exception as error:
            raise AssertionError("%s\n%s" % (error, self.server.messages())) from error


if __name__ == "__main__":
    unittest.main()
