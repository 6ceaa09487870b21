# SPDX-License-Identifier: MIT
"""Who takes part: how each worker is built, and the command that runs it."""

import os
import subprocess
from collections import namedtuple

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# The first of a language is ours. needs is a Debian package or, of Python, a module.
Peer = namedtuple("Peer", "name language title needs flags")

PEERS = [
    Peer("libsecrets", "C", "libsecrets", None, None),
    Peer("getrandom", "C", "getrandom(2)", "libc6-dev", []),
    Peer("urandom", "C", "/dev/urandom", "libc6-dev", []),
    Peer("arc4random", "C", "glibc arc4random", "libc6-dev", []),
    Peer("libbsd", "C", "libbsd", "libbsd-dev", ["-lbsd"]),
    Peer("libsodium", "C", "libsodium", "libsodium-dev", ["-lsodium"]),
    Peer("libsodium-internal", "C", "libsodium, internal", "libsodium-dev", ["-lsodium"]),
    Peer("openssl", "C", "OpenSSL", "libssl-dev", ["-lcrypto"]),
    Peer("gnutls", "C", "GnuTLS", "libgnutls28-dev", ["-lgnutls"]),
    Peer("libgcrypt", "C", "libgcrypt", "libgcrypt20-dev", ["-lgcrypt"]),
    Peer("go-libsecrets", "Go", "libsecrets", None, None),
    Peer("go", "Go", "crypto/rand", "golang", None),
    Peer("python-libsecrets", "Python", "libsecrets", None, None),
    Peer("python", "Python", "secrets", "python3", None),
    Peer("pynacl", "Python", "PyNaCl", "python3-nacl", None),
]
LANGUAGES = ["C", "Go", "Python"]


class Missing(Exception):
    """A peer that cannot take part, and why."""


def ours(language):
    return next(peer.name for peer in PEERS if peer.language == language)


def selected(names):
    """Return the peers of those names, and ours; all if there are no names."""
    known = {peer.name for peer in PEERS} - {ours(language) for language in LANGUAGES}
    unknown = sorted(set(names) - known)
    if unknown:
        raise ValueError(
            "no peer is called %s; there are %s" % (", ".join(unknown), ", ".join(sorted(known)))
        )
    languages = {peer.language for peer in PEERS if not names or peer.name in names}
    return [
        peer
        for peer in PEERS
        if peer.language in languages
        and (not names or peer.name in names or peer.name == ours(peer.language))
    ]


def run(*command):
    """Run a command, and turn its failure into a peer that is missing."""
    try:
        result = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    except OSError as problem:
        raise Missing(str(problem))
    if result.returncode != 0:
        errors = [
            line
            for line in result.stdout.splitlines()
            if "error" in line.lower() or "cannot find" in line
        ]
        raise Missing(
            (errors or result.stdout.splitlines() or ["%s failed" % command[0]])[0].strip()
        )


def interpreter():
    """Return the interpreter for all of Python's peers: one that has PyNaCl, if there is."""
    first = os.environ.get("PYTHON", "python3")
    for python in (first, "/usr/bin/python3"):
        try:
            run(python, "-c", "import nacl")
            return python
        except Missing:
            pass
    return first


class Builder:
    """Builds workers in a folder, each when it is first asked for."""

    def __init__(self, build):
        self.libraries = os.path.abspath(build)
        self.folder = os.path.join(self.libraries, "bench", "workers")
        os.makedirs(self.folder, exist_ok=True)
        self.cc = os.environ.get("CC", "cc").split()
        self.go = os.environ.get("GO", "go")
        # A user's modules are compiled once, not at every start.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = os.path.join(self.folder, "pycache")
        self.python = interpreter()
        self.built = set()

    def command(self, peer):
        """Return the command that runs a peer's worker, or raise Missing."""
        if peer.language == "Python":
            return [self.python, os.path.join(ROOT, "bench", "worker.py"), peer.name]
        if peer.language == "Go":
            self.once("goworker", self.go, "build", "-o", self.path("goworker"), "./bench/goworker")
            return [self.path("goworker"), peer.name]
        self.once(
            "worker",
            *self.cc,
            "-std=c99",
            "-O2",
            "bench/c/worker.c",
            "-o",
            self.path("worker"),
            "-ldl",
            "-pthread"
        )
        plugin = self.path(peer.name + ".so")
        run(
            *self.cc,
            "-shared",
            "-fPIC",
            "-O2",
            "-Iinclude",
            "bench/c/%s.c" % peer.name,
            "-o",
            plugin,
            *self.links(peer)
        )
        return [self.path("worker"), plugin]

    def links(self, peer):
        if peer.flags is not None:
            return peer.flags
        return [os.path.join(self.libraries, "libsecrets.so"), "-Wl,-rpath," + self.libraries]

    def path(self, name):
        return os.path.join(self.folder, name)

    def once(self, name, *command):
        if name not in self.built:
            run(*command)
            self.built.add(name)
