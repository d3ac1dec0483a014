#!/usr/bin/env python3
"""Every segment that append writes is read by other programs, which agree on how many events there are.

zcat and Python's gzip always; bgzip, pigz and DuckDB where they are.

usage: readers.py [PROGRAM]     SEED=…
"""

import gzip
import json
import random
import shutil
import subprocess
import sys
import tempfile

from shared.batches import seed, write_batches
from shared.books import Book


def with_zcat(path):
    return subprocess.run(["zcat", path], capture_output=True, check=True).stdout.count(b"\n")


def with_python(path):
    with gzip.open(path, "rb") as lines:
        return sum(1 for _ in lines)


def with_pigz(path):
    return subprocess.run(["pigz", "-dc", path], capture_output=True, check=True).stdout.count(b"\n")


def with_bgzip(path):
    done = subprocess.run(["bgzip", "-t", path], capture_output=True, text=True, check=True)
    # A missing end marker is no more than a warning to bgzip.
    assert done.stderr == "", done.stderr
    return subprocess.run(["bgzip", "-dc", path], capture_output=True, check=True).stdout.count(b"\n")


def with_duckdb(path):
    import duckdb

    query = f"select count(*) from read_json('{path}', format = 'newline_delimited', compression = 'gzip')"
    return duckdb.execute(query).fetchall()[0][0]


def readers():
    found = {"zcat": with_zcat, "python": with_python}
    for name, reader in (("bgzip", with_bgzip), ("pigz", with_pigz)):
        if shutil.which(name):
            found[name] = reader
        else:
            print(f"SKIPPED: {name} is not here")
    try:
        import duckdb  # noqa: F401

        found["duckdb"] = with_duckdb
    except ImportError:
        print("SKIPPED: duckdb is not here (pip install duckdb)")
    return found


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ".build/release/scorebook"
    dice = random.Random(seed())
    with tempfile.TemporaryDirectory() as folder:
        book = Book(program, f"{folder}/book", seed=1)
        counts = [1, 2, 700, 20_000]
        for number, count in enumerate(counts):
            write_batches(folder, dice, number + 1, count)
            book.command("append", f"{folder}/batch-{number}.ndjson")
        # A line longer than a member of 64 KiB spans several.
        long = {"id": "long", "time": "2026-01-01T00:00:00Z", "type": "note", "lead": "l",
                "text": "".join(dice.choices("abcdefgh", k=200_000))}
        book.command("append", input=json.dumps(long) + "\n")
        check(book, counts + [1])
        book.command("append", "--compact", "/dev/null")
        check(book, [sum(counts) + 1])


def check(book, counts):
    with open(book.root / "log" / "chain.ndjson", encoding="utf-8") as chain:
        entries = [json.loads(line) for line in chain]
    replaced = {path for entry in entries for path in entry.get("replaces", [])}
    entries = [entry for entry in entries if entry["path"] not in replaced]
    assert [entry["events"] for entry in entries] == counts, entries
    found = readers()
    for entry in entries:
        for name, read in found.items():
            events = read(str(book.root / "log" / entry["path"]))
            assert events == entry["events"], f"{name} reads {events} of {entry}"
    print(f"{len(entries)} segments: {', '.join(found)} agree on {sum(counts)} events")


main()
