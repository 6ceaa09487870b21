# SPDX-License-Identifier: MIT
"""A worker as a process: asked by lines, ended where it fails or hangs."""

import os
import select
import signal
import subprocess
import time

PATIENCE = 60  # seconds for an answer


class Failed(Exception):
    """The worker failed at this work, and why."""


class Cannot(Exception):
    """The peer has no such thing."""


class Worker:
    """The process of one peer; started anew after a failure."""

    def __init__(self, command, patience=PATIENCE):
        self.command, self.patience, self.process = command, patience, None
        self.version = self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self.pending = b""
        word, _, version = self.line().partition(" ")
        if word != "ready":
            raise Failed("it answers %r" % word)
        return version

    def line(self):
        """Return the next line that it prints."""
        deadline = time.monotonic() + self.patience
        pipe = self.process.stdout.fileno()
        while b"\n" not in self.pending:
            if not select.select([pipe], [], [], max(0, deadline - time.monotonic()))[0]:
                raise Failed("no answer within %g s%s" % (self.patience, self.end()))
            some = os.read(pipe, 65536)
            if not some:
                raise Failed("its process ended%s" % self.end())
            self.pending += some
        line, _, self.pending = self.pending.partition(b"\n")
        return line.decode()

    def time(self, count, work):
        """Return the nanoseconds that count calls took."""
        if self.process is None:
            self.start()
        try:
            self.process.stdin.write(b"run %d %s %d\n" % (count, work.name.encode(), work.size))
            self.process.stdin.flush()
        except OSError:
            raise Failed("its process ended%s" % self.end())
        answer = self.line()
        if answer == "cannot":
            raise Cannot
        if not answer.replace(".", "", 1).isdigit():
            raise Failed(answer.replace("error ", "", 1))
        return float(answer)

    def end(self):
        """End the process and all that it started; return how it ended, to be read after a verb."""
        process, self.process = self.process, None
        if process is None:
            return ""
        process.stdin.close()
        status = process.poll()
        if status is None:
            os.killpg(process.pid, signal.SIGKILL)
            status = process.wait()
        message = process.stderr.read().decode(errors="replace").strip().splitlines()
        process.stdout.close()
        process.stderr.close()
        return " with status %d%s" % (status, ": " + message[-1] if message else "")


def start_of(command, count, patience=PATIENCE):
    """Return what one fresh process says of its start, and of count calls after it."""
    try:
        result = subprocess.run(
            command + ["start", str(count)], capture_output=True, text=True, timeout=patience
        )
    except subprocess.TimeoutExpired:
        raise Failed("no answer within %g s" % patience)
    if result.returncode != 0:
        raise Failed("its process ended with status %d" % result.returncode)
    return [float(word) for word in result.stdout.split()]
