#!/usr/bin/env python3
"""Many nights, one after another, with appends between them.

Each night's snapshot is that of a cold run in a book without a past, to the byte; nothing is left over;
memory stays what it was, and few descriptors are enough however long the log has become.

usage: nightly_nights.py [PROGRAM]     NIGHTS=60
"""

import os
import re
import resource
import sys
import tempfile

from shared.books import Book, contents, faults

DESCRIPTORS_MAX = 32


def few_descriptors():
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS_MAX, DESCRIPTORS_MAX))


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ".build/release/scorebook"
    nights = int(os.environ.get("NIGHTS", "60"))
    with tempfile.TemporaryDirectory() as folder:
        book = Book(program, f"{folder}/book", seed=1)
        metrics = f"{folder}/run.prom"
        peaks = []
        for night in range(nights):
            book.append_night()
            book.command(
                "run", "-q", "--as-of", book.as_of, "--metrics-file", metrics, "--keep-last", "7",
                "--self-check", "5%", preexec_fn=few_descriptors)
            name = book.latest()
            warm = contents(book.snapshots / name)
            assert faults(name, warm) == [], f"night {night}: {faults(name, warm)}"
            results = {path: data for path, data in warm.items() if not path.startswith("changes.")}
            cold_name, cold = book.cold()
            assert name == cold_name and results == cold, f"night {night}: not what a cold run has"
            assert book.leftovers() == [], f"night {night}: {book.leftovers()}"
            text = open(metrics, encoding="utf-8").read()
            peaks.append(int(re.search(r"peak_memory_bytes\{.*\} (\d+)", text).group(1)))
        kept = len(list(book.snapshots.glob("2026*")))
        assert kept == min(nights, 7), f"{kept} snapshots are kept"
        early, late = max(peaks[:10]), max(peaks[-10:])
        # The log is many times as long by then; a run that carried something along would show.
        assert late < early * 1.5 + (16 << 20), f"memory grew from {early} to {late}"
    print(
        f"{nights} nights: each as a cold run has it; peak memory {early >> 20} MB in the first ten, "
        f"{late >> 20} MB in the last; {DESCRIPTORS_MAX} descriptors are enough")


main()
