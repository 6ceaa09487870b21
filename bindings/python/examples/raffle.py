# SPDX-License-Identifier: MIT
"""A raffle: draw the winners, assign the tables, and mail everyone a code.

Run with: PYTHONPATH=bindings/python python3 bindings/python/examples/raffle.py
"""

import sys

import libsecrets as secrets

PRIZES = ["a bicycle", "a dinner for two", "a book"]
TABLES = ["by the window", "by the stage", "by the kitchen"]
generator = secrets.SystemRandom()


def draw_winners(tickets):
    """Return (prize, name) pairs: who bought more tickets is likelier to win."""
    drum = [name for name, count in sorted(tickets.items()) for _ in range(count)]
    winners = []
    for name in generator.sample(drum, len(drum)):
        if name not in winners:  # one prize each
            winners.append(name)
    return list(zip(PRIZES, winners))


def seat(guests):
    """Return a table for each guest, all tables equally full."""
    order = list(guests)
    generator.shuffle(order)
    return {name: TABLES[place % len(TABLES)] for place, name in enumerate(order)}


def invite(guests):
    """Return a code for each guest that nobody can guess, all drawn in one call."""
    return dict(zip(guests, secrets.token_urlsafe_batch(len(guests), 16)))


def main():
    tickets = {"ada": 5, "ben": 1, "cleo": 2, "dan": 1, "eve": 3, "flo": 1}
    guests = sorted(tickets)
    codes, tables = invite(guests), seat(guests)
    for name in guests:
        print("%-5s https://example.com/raffle/%s  %s" % (name, codes[name], tables[name]))
    for prize, name in draw_winners(tickets):
        print("%s wins %s" % (name, prize))
    lucky = secrets.randbelow_batch(49, 6)
    print("Numbers of the evening:", *[number + 1 for number in lucky])


if __name__ == "__main__":
    sys.exit(main())
