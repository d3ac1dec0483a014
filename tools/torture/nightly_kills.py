#!/usr/bin/env python3
"""Runs that are killed at random moments: `latest` is always a complete snapshot.

Every third is told to stop by SIGTERM instead, and must do so within five seconds, leaving nothing.

usage: nightly_kills.py [PROGRAM]     KILLS=300
"""

import os
import random
import signal
import sys
import tempfile
import time

from shared.books import Book, contents, faults

STOP_SECONDS_MAX = 5


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ".build/release/scorebook"
    kills = int(os.environ.get("KILLS", "300"))
    dice = random.Random(2)
    with tempfile.TemporaryDirectory() as folder:
        book = Book(program, f"{folder}/book", seed=2)
        book.append_night(3000)
        outcomes = {"before": 0, "after": 0, "finished": 0}
        for count in range(kills):
            if count % 20 == 0:
                # How long a run takes changes with the log, and with what else the machine does.
                book.append_night(40)
                started = time.monotonic()
                book.command("run", "-q", "--as-of", book.as_of)
                usual = time.monotonic() - started
            book.append_night(40)
            before = book.latest()
            run = book.start("run", "--as-of", book.as_of, "--keep-last", "3")
            time.sleep(dice.random() * usual * 1.2)
            stop = signal.SIGTERM if count % 3 == 2 else signal.SIGKILL
            asked = time.monotonic()
            run.send_signal(stop)
            out, err = run.communicate()
            after = book.latest()
            wrong = faults(after, contents(book.snapshots / after))
            assert wrong == [], f"kill {count}: latest is {after}: {wrong}"
            if run.returncode == 0:
                outcomes["finished"] += 1
                assert after != before and after in out
                continue
            outcomes["before" if after == before else "after"] += 1
            if stop == signal.SIGTERM:
                took = time.monotonic() - asked
                assert took < STOP_SECONDS_MAX, f"kill {count}: took {took:.1f} s to stop"
                # In the first milliseconds nobody listens yet, and nothing has begun.
                if err:
                    assert err.startswith("error: stopped by SIGTERM; nothing was"), err
                    draft = f".new-{run.pid}"
                    assert draft not in os.listdir(book.snapshots), f"kill {count}: left {draft}"
                    assert after == before
        book.append_night(40)
        book.command("run", "-q", "--as-of", book.as_of)
        assert book.leftovers() == [], book.leftovers()
        name, cold = book.cold()
        warm = contents(book.snapshots / name)
        assert {p: d for p, d in warm.items() if not p.startswith("changes.")} == cold
    print(
        f"{kills} kills: {outcomes['before']} before publishing, {outcomes['after']} after it, "
        f"{outcomes['finished']} too late; latest was complete each time")


main()
