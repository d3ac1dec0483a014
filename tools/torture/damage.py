#!/usr/bin/env python3
"""A larger book with flipped bits and cut files: verify names the damage, or nothing has changed.

A run of a damaged book stops or comes to the same results; a salvage never crashes, never finds more events than
there were, and says that it is one.

usage: damage.py [PROGRAM]     FLIPS=400 SEED=…
"""

import json
import os
import random
import subprocess
import sys
import tempfile

from shared.batches import AS_OF, copy, results, seed, snapshot, write_batches
from shared.books import Book, contents

EVENTS = 5000


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ".build/release/scorebook"
    flips = int(os.environ.get("FLIPS", "400"))
    dice = random.Random(seed())
    with tempfile.TemporaryDirectory() as folder:
        book = Book(program, f"{folder}/book", seed=1)
        for batch in write_batches(folder, dice, 4, EVENTS):
            book.command("append", str(batch))
        _, wanted = snapshot(book)
        paths = [path for path in book.root.rglob("*") if path.is_file() and path.name not in ("lock", "pipeline.yaml")]
        named = silent = 0
        for _ in range(flips):
            path = dice.choice(paths)
            if "latest" in path.parts:
                continue
            whole = path.read_bytes()
            path.write_bytes(damaged(whole, dice))
            try:
                is_named = check(book, path, wanted, f"{folder}/victim")
            finally:
                path.write_bytes(whole)
            named += is_named
            silent += not is_named
        done = book.command("verify", "--full")
        assert "sound" in done.stdout
    print(f"{named} damages named, {silent} that changed nothing")


def damaged(whole, dice):
    data = bytearray(whole)
    kind = dice.randrange(4)
    if kind == 0:
        return bytes(data[: dice.randrange(len(data))])
    if kind == 1:
        start = dice.randrange(len(data))
        data[start : start + 4096] = bytes(min(4096, len(data) - start))
    elif kind == 2:
        data += bytes(dice.randrange(1, 100))
    else:
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def check(book, path, wanted, root):
    """Returns whether verify named the damage; if not, a run comes to the same results."""
    name = str(path.relative_to(book.root))
    report = subprocess.run(
        [book.program, "verify", "--json", "--book", str(book.root)], capture_output=True, text=True,
        check=False)
    assert report.returncode in (0, 1), f"{name}: {report}"
    damage = json.loads(report.stdout)["damage"]
    assert (report.returncode == 1) == bool(damage)

    victim = copy(book, root)
    run = subprocess.run(
        [book.program, "run", "--as-of", AS_OF, "--book", root], capture_output=True, text=True,
        check=False)
    assert run.returncode in (0, 65, 66), f"{name}: {run}"
    if run.returncode == 0:
        found = contents(victim.snapshots / victim.latest())
        assert results(found) == results(wanted), f"{name}: other results in silence"
    else:
        assert damage, f"{name}: a run stops, verify says nothing"
        salvage = subprocess.run(
            [book.program, "run", "--salvage", "--max-refused", "1", "--json", "--as-of", AS_OF,
             "--book", root], capture_output=True, text=True, check=False)
        assert salvage.returncode == 0, f"{name}: {salvage}"
        said = json.loads(salvage.stdout)
        assert said["salvaged"] and said["summary"]["salvaged"]["losses"] > 0
        assert said["summary"]["events"]["read"] - said["summary"]["events"]["refused"] <= 4 * EVENTS
    return bool(damage)


main()
