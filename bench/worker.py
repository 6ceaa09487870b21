# SPDX-License-Identifier: MIT
"""Does the work of one peer in Python, and says how long it took.

    worker.py python-libsecrets | python | pynacl [start COUNT]

It answers the lines that bench/c/worker.c does. A peer is a set of functions of a
size, and the recipes of the standard documentation where a module has none.
"""

import os
import random
import string
import subprocess
import sys
import threading
import time

LETTERS = string.ascii_letters + string.digits
POLICY = (string.ascii_lowercase, string.ascii_uppercase, string.digits, string.punctuation)
WORDS = ["word%d" % number for number in range(7776)]
ITEMS = list(range(1000))
CARDS = {size: list(range(size)) for size in (52, 100)}
PAIRS = {size: (bytes(size), bytes(size)) for size in (16, 32, 64, 4096)}
TOKEN = 32
OURS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bindings", "python")
IMPORT = """
import sys, time
sys.path.insert(0, sys.argv[1])
start = time.perf_counter_ns()
import %s
print(time.perf_counter_ns() - start)
"""


def written(secrets):
    """Return the recipes that a program writes around choice and token_hex."""

    def characters(size, alphabet):
        return "".join(secrets.choice(alphabet) for _ in range(size))

    def policy(size):
        while True:
            password = characters(size, "".join(POLICY))
            if all(any(c in characters for c in password) for characters in POLICY):
                return password

    return {
        "hexes": lambda count: [secrets.token_hex(TOKEN) for _ in range(count)],
        "numbers": lambda count: [secrets.randbelow(52) for _ in range(count)],
        "password": lambda size: characters(size, LETTERS),
        "policy": policy,
        "passphrase": lambda count: " ".join(secrets.choice(WORDS) for _ in range(count)),
        "apikey": lambda size: "my_shop_" + characters(-(-size * 8000 // 5954), LETTERS),
    }


def module(secrets, generator):
    """Return what the standard module has, and ours alike."""
    return {
        "bytes": secrets.token_bytes,
        "hex": secrets.token_hex,
        "urlsafe": secrets.token_urlsafe,
        "below": secrets.randbelow,
        "choice": lambda size: secrets.choice(CARDS[size]),
        "shuffle": lambda size: generator.shuffle(CARDS[size]),
        "sample": lambda size: generator.sample(ITEMS, 10),
        "compare": lambda size: secrets.compare_digest(*PAIRS[size]),
    }


def python():
    import secrets

    works = module(secrets, random.SystemRandom())
    works.update(written(secrets), import_of="secrets")
    return sys.version.split()[0], works


def python_libsecrets():
    sys.path.insert(0, OURS)
    import libsecrets

    classes = [(characters, 1) for characters in POLICY]
    works = module(libsecrets, libsecrets.SystemRandom())
    works.update(
        hexes=libsecrets.token_hex_batch,
        numbers=lambda count: libsecrets.randbelow_batch(52, count),
        password=libsecrets.password,
        policy=lambda size: libsecrets.password(size, classes),
        passphrase=libsecrets.passphrase,
        apikey=lambda size: libsecrets.apikey("my_shop", size),
        import_of="libsecrets",
    )
    return libsecrets.__version__, works


def pynacl():
    import nacl
    from nacl.bindings import sodium_memcmp
    from nacl.encoding import HexEncoder, URLSafeBase64Encoder
    from nacl.utils import random as token

    works = {
        "bytes": token,
        "hex": lambda size: HexEncoder.encode(token(size)).decode(),
        "urlsafe": lambda size: URLSafeBase64Encoder.encode(token(size)).decode(),
        "hexes": lambda count: [HexEncoder.encode(token(TOKEN)).decode() for _ in range(count)],
        "compare": lambda size: sodium_memcmp(*PAIRS[size]),
        "import_of": "nacl.utils",
    }
    return nacl.__version__, works


PEERS = {"python": python, "python-libsecrets": python_libsecrets, "pynacl": pynacl}


def timed(call, count, size):
    turns = range(count)
    start = time.perf_counter_ns()
    for _ in turns:
        call(size)
    return time.perf_counter_ns() - start


def threads(call, count, number):
    """Return the time of that many threads at once, for one processor's tokens.

    The interpreter runs one at a time, so there is nothing to multiply by.
    """
    crowd = [threading.Thread(target=timed, args=(call, count, TOKEN)) for _ in range(number)]
    start = time.perf_counter_ns()
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return (time.perf_counter_ns() - start) / number


def imports(module, count, _):
    """Return the time of that many imports, each in a process of its own."""
    command = [sys.executable, "-c", IMPORT % module, OURS]
    return sum(int(subprocess.check_output(command)) for _ in range(count))


def answer(works, count, name, size):
    call, measure = works.get(name), timed
    if name == "threads":
        call, measure = works["bytes"], threads
    elif name == "import":
        call, measure = works["import_of"], imports
    if call is None:
        return "cannot"
    try:
        return "%d" % measure(call, count, size)
    except Exception as problem:
        return "error %r" % problem


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") // 1024


def start(peer, count):
    """Measure one start: its import, the first call, and memory after count more."""
    before = resident()
    begin = time.perf_counter_ns()
    _, works = PEERS[peer]()
    loaded = time.perf_counter_ns() - begin
    first = timed(works["bytes"], 1, TOKEN)
    after = resident()
    timed(works["bytes"], count, TOKEN)
    print(loaded, first, before, after, resident())


def serve(peer):
    version, works = PEERS[peer]()
    print("ready", version, flush=True)
    for line in sys.stdin:
        _, count, name, size = line.split()
        print(answer(works, int(count), name, int(size)), flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1] in PEERS:
        serve(sys.argv[1])
    elif len(sys.argv) == 4 and sys.argv[1] in PEERS and sys.argv[2] == "start":
        start(sys.argv[1], int(sys.argv[3]))
    else:
        sys.exit("usage: worker.py %s [start COUNT]" % " | ".join(sorted(PEERS)))
