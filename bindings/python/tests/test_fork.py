# SPDX-License-Identifier: MIT
"""Forked processes draw their own tokens, and none of them hangs."""

import multiprocessing
import os
import select
import signal
import threading
import time
import unittest
import warnings
from concurrent.futures import ThreadPoolExecutor

import libsecrets

DEADLINE = 60  # seconds for one test: what takes longer counts as hung
CHILDREN = 4
THREADS = 8
EACH = 50  # tokens per thread
SIZE = 16  # bytes of a token


def draw(count=EACH):
    return [libsecrets.token_bytes(SIZE) for _ in range(count)]


def draw_in_batches(count):
    generator = libsecrets.SystemRandom()
    values = []
    for _ in range(count):
        values.append(tuple(libsecrets.token_hex_batch(4, 8)))
        values.append(tuple(generator.sample(range(2 ** 60), 5)))
    return values


def draw_texts(count):
    values = []
    for _ in range(count):
        values.append(libsecrets.password(30))
        values.append(libsecrets.password(40, [("é✓😀ab", 20), ("12345678", 1)]))
        values.append(libsecrets.passphrase(12))
        values.append(libsecrets.apikey("test"))
    return values


def draw_in_threads(generations=1):
    """Return the tokens of 8 threads, and of that many generations in all."""
    with ThreadPoolExecutor(THREADS) as executor:
        tokens = sum(executor.map(draw, [EACH] * THREADS), [])
    if generations > 1:
        for below in in_children(draw_in_threads, [generations - 1] * 2):
            tokens += below
        tokens += draw()
    return tokens


def first_draw_under(limit):
    """Return a token drawn under a limit, or the failure, and one drawn without it.

    limit: the name of it in the module resource, and its value.
    """
    import resource

    which = getattr(resource, limit[0])
    before = resource.getrlimit(which)
    resource.setrlimit(which, (limit[1], before[1]))
    try:
        first = libsecrets.token_hex()
    except Exception as error:
        first = (type(error), str(error))
    resource.setrlimit(which, before)
    return first, libsecrets.token_hex()


class Child:
    """A process forked by multiprocessing that runs one function."""

    def __init__(self, function, argument):
        # One process group for a child and all below it, to end them together.
        self.leads = multiprocessing.parent_process() is None
        context = multiprocessing.get_context("fork")
        self.receiver, sender = context.Pipe(duplex=False)
        self.process = context.Process(
            target=self.run, args=(sender, function, argument)
        )
        self.process.start()
        sender.close()  # so that the end of the child is the end of the pipe

    def run(self, sender, function, argument):
        if self.leads:
            os.setpgid(0, 0)
        sender.send(function(argument))

    def result(self, end):
        if not self.receiver.poll(max(0, end - time.monotonic())):
            raise AssertionError("child %d hangs" % self.process.pid)
        try:
            result = self.receiver.recv()
        except EOFError:
            raise AssertionError("child %d ended early" % self.process.pid) from None
        self.process.join(max(0, end - time.monotonic()))
        if self.process.exitcode != 0:
            code = self.process.exitcode
            raise AssertionError("child %d: exit code %s" % (self.process.pid, code))
        return result

    def close(self):
        if self.process.is_alive():
            kill(self.process.pid)
        self.process.join()
        self.process.close()
        self.receiver.close()


def kill(pid):
    for send in (os.killpg, os.kill):
        try:
            send(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it does not lead a group, or the first signal was enough


def in_children(function, arguments):
    """Return what function returns in one forked child per argument."""
    end = time.monotonic() + DEADLINE
    children = []
    try:
        for argument in arguments:
            children.append(Child(function, argument))
        return [child.result(end) for child in children]
    finally:
        for child in children:
            child.close()


def read_to_end(file, end):
    """Return what comes out of a pipe before end, or None if it stays open."""
    data = b""
    while select.select([file], [], [], max(0, end - time.monotonic()))[0]:
        piece = os.read(file, 65536)
        if not piece:
            return data
        data += piece
    return None


def in_bare_fork():
    """Return the bytes of the tokens that a child of os.fork() draws."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.write(writer, b"".join(draw()))
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    data = read_to_end(reader, time.monotonic() + DEADLINE)
    os.close(reader)
    if data is None:
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    if data is None or status != 0:
        raise AssertionError("child %d hung or failed (status %d)" % (pid, status))
    return data


class BusyThreads:
    """Threads that call the library until the end of a with statement."""

    def __init__(self, count):
        self.stopping = False
        self.calls = [0] * count
        self.threads = [
            threading.Thread(target=self.call, args=(number,), daemon=True)
            for number in range(count)
        ]

    def call(self, number):
        while not self.stopping:
            libsecrets.token_hex()
            libsecrets.token_bytes(8192)  # long enough to be interrupted by a fork
            self.calls[number] += 1

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.stopping = True
        for thread in self.threads:
            thread.join(DEADLINE)


class Forks(unittest.TestCase):
    def setUp(self):
        # Python 3.12 warns of fork() in any process with threads, also where
        # they are the library's own. To fork with threads is what is tested.
        catch = warnings.catch_warnings()
        catch.__enter__()
        self.addCleanup(catch.__exit__, None, None, None)
        warnings.filterwarnings("ignore", r".*fork\(\)", DeprecationWarning)
        self.parent = draw()

    # Fewer than 2**14 tokens of 128 bits in each test: two are equal with
    # probability below 2**(28 - 1 - 128) = 2**-101.
    def check_distinct(self, tokens, expected):
        tokens = tokens + self.parent + draw()
        self.assertEqual(len(tokens), expected + 2 * EACH)
        self.assertEqual({len(token) for token in tokens}, {SIZE})
        self.assertEqual(len(set(tokens)), len(tokens))

    def test_threads_in_children(self):
        tokens = sum(in_children(draw_in_threads, [1] * CHILDREN), [])
        self.check_distinct(tokens, CHILDREN * THREADS * EACH)

    def test_children_of_children(self):
        tokens = sum(in_children(draw_in_threads, [3] * 2), [])
        # Two children, each with two, each with two: 2 + 4 + 8, of which the
        # first 6 draw once more when their children have ended.
        self.check_distinct(tokens, (14 * THREADS + 6) * EACH)

    def test_fork_beside_busy_threads(self):
        forks = 20
        with BusyThreads(2) as busy:
            data = b"".join(in_bare_fork() for _ in range(forks))
        self.assertGreater(min(busy.calls), 0)
        tokens = [data[at : at + SIZE] for at in range(0, len(data), SIZE)]
        self.check_distinct(tokens, forks * EACH)

    # Five times 100 batches of 4 tokens of 64 bits, and as many samples of 5
    # numbers below 2**60: two are equal with probability below 2**20 * 2**-256.
    def test_batches_and_sequences(self):
        drawn = in_children(draw_in_batches, [100] * CHILDREN)
        drawn.append(draw_in_batches(100))
        values = [value for each in drawn for value in each]
        self.assertEqual(len(values), 200 * (CHILDREN + 1))
        self.assertEqual(len(set(values)), len(values))

    # 2000 of more than 2**100 each: two are equal
    # with probability below 2**(22 - 1 - 100) = 2**-79.
    def test_passwords_passphrases_and_keys(self):
        drawn = in_children(draw_texts, [100] * CHILDREN)
        drawn.append(draw_texts(100))
        values = [value for each in drawn for value in each]
        self.assertEqual(len(values), 400 * (CHILDREN + 1))
        self.assertEqual(len(set(values)), len(values))
        bits = libsecrets.password_entropy(40, [("é✓😀ab", 20), ("12345678", 1)])
        self.assertGreater(bits, 100)

    def test_start_without_memory(self):
        limit = ("RLIMIT_AS", 1 << 20)  # less than Python itself has by now
        [(failure, token)] = in_children(first_draw_under, [limit])
        self.assertIs(failure[0], OSError)
        self.assertRegex(failure[1], "cannot start in this process: check that memory")
        self.assertRegex(token, "^[0-9a-f]{64}$")

    def test_start_without_files(self):
        limits = [("RLIMIT_FSIZE", 0), ("RLIMIT_NOFILE", 0)]
        for tokens in in_children(first_draw_under, limits):
            self.assertEqual(len(set(tokens)), 2)
            for token in tokens:
                self.assertRegex(token, "^[0-9a-f]{64}$")


if __name__ == "__main__":
    unittest.main()
