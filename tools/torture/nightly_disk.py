#!/usr/bin/env python3
"""A disk that fills up while a snapshot is written, at every size of file: the last one stays.

The limit on the size of a file stands for the full disk: the same write fails, at a place that is known.

usage: nightly_disk.py [PROGRAM]
"""

import resource
import sys
import tempfile

from shared.books import Book, contents


def limit(byte_count):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (byte_count, byte_count))


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ".build/release/scorebook"
    with tempfile.TemporaryDirectory() as folder:
        book = Book(program, f"{folder}/book", seed=4)
        book.append_night(2000)
        book.command("run", "-q", "--as-of", book.as_of)
        name = book.latest()
        before = contents(book.snapshots / name)
        book.append_night(2000)
        largest = max(len(data) for data in book.cold()[1].values())
        failed = 0
        byte_count = 64
        while byte_count < largest:
            done = book.command(
                "run", "--as-of", book.as_of, code=74, preexec_fn=limit(byte_count))
            assert done.stdout == "" and done.stderr.startswith("error: "), done.stderr
            assert book.latest() == name and contents(book.snapshots / name) == before
            assert book.leftovers() == [], book.leftovers()
            failed += 1
            byte_count += max(64, largest // 40)
        book.command("run", "-q", "--as-of", book.as_of)
        assert book.latest() != name
    print(f"{failed} full disks: exit code 74 each time, the last snapshot untouched, nothing left")


main()
