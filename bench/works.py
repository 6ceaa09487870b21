# SPDX-License-Identifier: MIT
"""What is measured: kinds of work, by the names that the workers know."""

from collections import namedtuple


class Work(namedtuple("Work", "name size title")):
    """One kind of work: what a worker is asked for, and what people call it."""

    __slots__ = ()

    @property
    def key(self):
        return "%s %d" % (self.name, self.size)


BINARY = {1024: "1 KiB", 65536: "64 KiB", 1048576: "1 MiB"}


def each(name, title, *sizes):
    return [Work(name, size, title % format(size, ",")) for size in sizes]


WORKS = (
    each("bytes", "%s bytes", 16, 32, 64)
    + [Work("bytes", size, title) for size, title in BINARY.items()]
    + each("hex", "hex of %s bytes", 16, 32)
    + each("urlsafe", "urlsafe of %s bytes", 16, 32)
    + each("below", "number below %s", 2, 52, 1000)
    + [Work("below", 2 ** 63 + 1, "number below 2^63 + 1")]
    + [Work("choice", 100, "choice of 100")]
    + each("shuffle", "shuffle of %s", 52, 100)
    + [Work("sample", 1000, "sample of 10 from 1,000")]
    + [Work("password", 16, "password of 16")]
    + [Work("policy", 16, "password of 16, 4 classes")]
    + [Work("passphrase", 6, "passphrase of 6 words")]
    + [Work("apikey", 32, "API key of 32 bytes")]
    + each("compare", "compare %s bytes", 16, 32, 64, 4096)
    + each("hexes", "%s hex tokens", 10, 1000, 100000)
    + each("numbers", "%s numbers below 52", 10, 1000, 100000)
    + each("threads", "token, threads: %s", 1, 2, 4, 8, 16, 32)
    + [Work("fiber", 0, "token, on a fiber"), Work("fiber", 1, "token, on a thread's fiber")]
)

# Each of these happens once, so it is repeated and not sampled.
FIRSTS = [
    Work("first_thread", 0, "first call of a thread"),
    Work("first_child", 0, "first call in a forked child"),
    Work("import", 0, "import in a new process"),
]

# How the cost grows: (name, unit, sizes).
GROWTH = [
    ("bytes", "bytes", [16 * 4 ** i for i in range(11)]),
    ("hexes", "hex tokens", [10 ** i for i in range(7)]),
]
