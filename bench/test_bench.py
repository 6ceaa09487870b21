# SPDX-License-Identifier: MIT
"""The benchmark itself, with workers that only say what they are told to."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import aims
import measure
import peers
import publish
import run
import tables
from worker_process import Cannot, Failed, Worker, start_of
from works import Work

WORK = Work("bytes", 32, "32 bytes")

# Answers from its argument: for each name of a kind of work what it does.
FAKE = """
import json, os, sys, time
plan, log = json.loads(sys.argv[1]), sys.argv[2]
if sys.argv[3:4] == ["start"]:
    print(plan["start"]); sys.exit()
print("ready 1.0", flush=True)
for line in sys.stdin:
    with open(log, "a") as file: file.write(plan["me"] + "\\n")
    _, count, name, size = line.split()
    answer = plan[name]
    if answer == "die": sys.exit("out of order")
    if answer == "hang": time.sleep(1000)
    print(answer if isinstance(answer, str) else answer * int(count), flush=True)
"""


class WithWorkers(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = os.path.join(folder.name, "log")

    def command(self, **plan):
        return [sys.executable, "-c", FAKE, json.dumps(plan), self.log]

    def worker(self, name, patience=20, **plan):
        worker = Worker(self.command(me=name, **plan), patience)
        self.addCleanup(worker.end)
        return worker

    def asked(self):
        with open(self.log) as file:
            return file.read().split()


class TestWorker(WithWorkers):
    def test_times_and_version(self):
        worker = self.worker("a", bytes=7)
        self.assertEqual(worker.version, "1.0")
        self.assertEqual(worker.time(3, WORK), 21.0)

    def test_what_it_cannot_do(self):
        with self.assertRaises(Cannot):
            self.worker("a", bytes="cannot").time(1, WORK)

    def test_an_error(self):
        with self.assertRaisesRegex(Failed, "^no entropy$"):
            self.worker("a", bytes="error no entropy").time(1, WORK)

    def test_death_is_told_and_the_next_work_goes_on(self):
        worker = self.worker("a", bytes="die", hex=5)
        with self.assertRaisesRegex(Failed, "status 1: out of order"):
            worker.time(1, WORK)
        self.assertEqual(worker.time(2, Work("hex", 16, "")), 10.0)

    def test_a_hanging_process_is_ended(self):
        worker = self.worker("a", patience=0.5, bytes="hang", hex=5)
        process = worker.process
        with self.assertRaisesRegex(Failed, "no answer within 0.5 s"):
            worker.time(1, WORK)
        self.assertEqual(process.poll(), -9)
        self.assertEqual(worker.time(1, Work("hex", 16, "")), 5.0)

    def test_no_worker_at_all(self):
        with self.assertRaisesRegex(Failed, "ended"):
            Worker([sys.executable, "-c", ""])

    def test_start(self):
        self.assertEqual(start_of(self.command(start="1 2 3 4 5"), 0), [1, 2, 3, 4, 5])
        with self.assertRaises(Failed):
            start_of([sys.executable, "-c", "raise SystemExit(3)"], 0)


class TestPython(unittest.TestCase):
    def test_each_import_has_a_process_of_its_own(self):
        """The control: in the worker the module is there already, so that it takes no time."""
        asked = "run 1 import 0\n" * 3
        worker = [sys.executable, os.path.join(HERE, "worker.py"), "python"]
        output = subprocess.run(
            worker, input=asked, stdout=subprocess.PIPE, text=True, check=True
        ).stdout
        again = "import secrets, timeit; print(1e9 * timeit.timeit('import secrets', number=1))"
        nothing = float(subprocess.check_output([sys.executable, "-c", again]))
        for line in output.splitlines()[1:]:
            self.assertGreater(int(line), 3 * nothing)


class TestMeasuring(WithWorkers):
    def test_peers_take_turns(self):
        names = ["a", "b", "c"]
        turns = list(measure.turns(names, 4))
        self.assertEqual(turns, ["a", "b", "c", "b", "c", "a", "c", "a", "b", "a", "b", "c"])

    def test_median_and_quartiles(self):
        cell = measure.summary([5.0, 1.0, 4.0, 2.0, 3.0])
        self.assertEqual(cell, {"median": 3.0, "low": 2.0, "high": 4.0, "samples": 5})
        self.assertEqual(measure.summary([7.0])["median"], 7.0)

    def test_cells_of_good_and_bad_peers(self):
        workers = {
            "good": self.worker("good", bytes=2000000),
            "none": self.worker("none", bytes="cannot"),
            "dead": self.worker("dead", bytes="die"),
        }
        effort = measure.Effort(quick=True)
        effort.budget = 1e9
        cells = measure.compare(workers, WORK, effort)
        self.assertEqual(
            cells["good"], {"median": 2e6, "low": 2e6, "high": 2e6, "samples": effort.rounds}
        )
        self.assertEqual(cells["none"], {"cannot": True})
        self.assertIn("out of order", cells["dead"]["failed"])

    def test_samples_alternate_within_the_run(self):
        workers = {name: self.worker(name, bytes=2000000) for name in ("a", "b")}
        measure.compare(workers, WORK, measure.Effort(quick=True))
        tail = self.asked()[-10:]
        self.assertEqual(tail, ["a", "b", "b", "a"] * 2 + ["a", "b"])

    def test_short_calls_are_repeated(self):
        worker = self.worker("a", bytes=100)
        count = measure.calibrated(worker, WORK)
        self.assertGreaterEqual(100 * count, measure.SAMPLE / 2)
        self.assertLess(100 * count, 2 * measure.SAMPLE)

    def test_starts(self):
        commands = {
            "a": self.command(start="10 20 30 40 50"),
            "b": [sys.executable, "-c", "raise SystemExit(1)"],
        }
        cells = measure.starts(commands, measure.Effort(quick=True))
        self.assertEqual(
            [cells["a"][name]["median"] for name in measure.STARTS], [10, 20, 30, 40, 50]
        )
        self.assertIn("status 1", cells["b"]["load"]["failed"])


class TestSelection(unittest.TestCase):
    def test_all(self):
        self.assertEqual(peers.selected([]), peers.PEERS)

    def test_ours_is_always_in(self):
        self.assertEqual(
            [peer.name for peer in peers.selected(["python"])], ["python-libsecrets", "python"]
        )

    def test_unknown_names(self):
        result = subprocess.run(
            [sys.executable, os.path.join(HERE, "run.py"), "--peers", "openssl,nosuch"],
            capture_output=True,
            text=True,
        )
        self.assertEqual(result.returncode, 2)
        self.assertIn("no peer is called nosuch; there are arc4random, getrandom, ", result.stderr)

    def test_a_peer_that_does_not_compile(self):
        with tempfile.TemporaryDirectory() as build:
            builder = peers.Builder(build)
            builder.once = lambda *command: None
            bad = peers.Peer("openssl", "C", "OpenSSL", "libssl-dev", ["-lno_such_library"])
            with self.assertRaisesRegex(peers.Missing, "no_such_library"):
                builder.command(bad)


def published():
    with open(os.path.join(publish.DOCS, "speed.json"), encoding="utf-8") as file:
        return json.load(file)


class TestResults(unittest.TestCase):
    def setUp(self):
        self.data = published()

    def test_documents_are_made_from_the_numbers(self):
        """The control: other numbers give another page."""
        with open(os.path.join(publish.DOCS, "speed.md"), encoding="utf-8") as file:
            page = file.read()
        self.assertEqual(page, publish.published(self.data))
        with open(publish.README, encoding="utf-8") as file:
            readme = file.read()
        self.assertEqual(readme, publish.with_section(readme, self.data))
        self.data["works"]["bytes 32"]["libsecrets"]["median"] *= 2
        self.assertNotEqual(page, publish.published(self.data))
        self.assertNotEqual(readme, publish.with_section(readme, self.data))

    def test_a_whole_run_is_published(self):
        self.assertTrue(run.whole(self.data))
        self.assertFalse(run.ours_failed(self.data))

    def test_parts_are_not(self):
        self.assertFalse(run.whole(dict(self.data, quick=True)))
        self.assertFalse(run.whole(dict(self.data, peers=self.data["peers"][:5])))
        self.data["peers"][3]["missing"] = "no header"
        self.data["peers"][3]["needs"] = "libno-dev"
        self.assertFalse(run.whole(self.data))

    def test_missing_and_failed_peers_are_named(self):
        openssl = next(peer for peer in self.data["peers"] if peer["name"] == "openssl")
        openssl.update(missing="no rand.h", needs="libssl-dev")
        self.data["works"]["bytes 32"]["libbsd"] = {"failed": "its process ended"}
        page = publish.published(self.data)
        self.assertIn("Missing: OpenSSL: no rand.h (package libssl-dev)", page)
        self.assertIn("- failed: libbsd, 32 bytes: its process ended", page)
        self.assertRegex(page, r"\| 32 bytes \|.*\| failed \|")

    def test_ours_failing_is_a_failure(self):
        self.data["works"]["bytes 32"]["libsecrets"] = {"failed": "its process ended"}
        self.assertTrue(run.ours_failed(self.data))

    def test_aims_are_judged(self):
        cells = self.data["works"]["bytes 32"]
        cells["libsecrets"]["median"], cells["getrandom"]["median"] = 100, 179
        verdicts = {
            (a.title, a.against): a.met(value)
            for a, value in aims.judged(tables.Results(self.data))
        }
        self.assertFalse(verdicts["32 bytes", "getrandom(2)"])
        cells["getrandom"]["median"] = 180
        self.assertIn(
            "| 32 bytes | getrandom(2) | at least 1.8 | 1.80 | reached |",
            tables.aims_table(tables.Results(self.data)),
        )
        del self.data["works"]["bytes 32"]["getrandom"]
        self.assertIn(
            "| 32 bytes | getrandom(2) | at least 1.8 | – | not measured |",
            tables.aims_table(tables.Results(self.data)),
        )
        self.assertNotIn("at least 1.8", publish.published(self.data))

    def test_threads_are_judged_by_the_worst(self):
        for power in range(6):
            self.data["works"]["threads %d" % 2 ** power]["libsecrets"]["median"] = 100
        aim = next(a for a in aims.aims() if a.most)
        self.data["works"]["threads 8"]["libsecrets"]["median"] = 161
        self.assertEqual(aim.value(tables.Results(self.data)), 1.61)
        self.assertFalse(aim.met(1.61))
        self.assertTrue(aim.met(1.6))

    def test_fibers_are_held_against_the_own_stack(self):
        """The control: where they were not measured, nothing is said of them."""
        for key in ("fiber 0", "fiber 1"):
            self.data["works"].pop(key, None)
        self.assertNotIn("fiber", tables.page(self.data))
        own = self.data["works"]["bytes 32"]["libsecrets"]
        for key, times in (("fiber 0", 1.5), ("fiber 1", 1)):
            self.data["works"][key] = {"libsecrets": dict(own, median=times * own["median"])}
        page = tables.page(self.data)
        self.assertIn("\n- of the main thread: 1.50.\n- of another: 1.00.\n", page)
        self.assertIn("| token, on a thread's fiber | %s |" % tables.duration(own["median"]), page)

    def test_the_import_is_a_row_of_python_alone(self):
        """The control: where it was not measured, there is no row."""
        self.data["works"].pop("import 0", None)
        self.assertNotIn("| import in a new process |", tables.page(self.data))
        own = self.data["works"]["bytes 32"]["python-libsecrets"]
        cells = {"python-libsecrets": dict(own, median=5e6), "python": dict(own, median=10e6)}
        self.data["works"]["import 0"] = cells
        rows = re.findall(r"\| import in a new process \|.*", tables.page(self.data))
        self.assertEqual(rows[0], "| import in a new process | 5 ms | 2.00 | – |")
        self.assertEqual(len(rows), 2)  # ratios and times

    def test_lines_that_are_not_straight(self):
        self.assertIn("each, at every size", tables.straightness([[1, 10], [10, 100], [100, 1000]]))
        self.assertIn(
            "at 1 it is 5 times that", tables.straightness([[1, 50], [10, 100], [100, 1000]])
        )

    def test_no_progress_in_a_pipe(self):
        error = io.StringIO()
        with contextlib.redirect_stderr(error):
            run.Progress(2).step("32 bytes")
        self.assertEqual(error.getvalue(), "")

    def test_every_aim_is_of_a_work_that_is_measured(self):
        for aim in aims.aims():
            self.assertIn(aim.work.key, self.data["works"])

    def test_charts_show_what_there_is(self):
        for name in ("speed", "growth"):
            with open(os.path.join(publish.DOCS, name + ".svg"), encoding="utf-8") as file:
                self.assertTrue(re.search("libsodium", file.read()), name)


if __name__ == "__main__":
    unittest.main()
