#!/usr/bin/env python3
"""Readers in a loop while snapshots are published and pruned: none ever sees a missing or mixed one.

A reader opens the folder that `latest` points to, once, and reads all of it from there.

usage: nightly_readers.py [PROGRAM]     PUBLISHES=50
"""

import multiprocessing
import os
import sys
import tempfile

from shared.books import Book, faults

READERS = 4


def read(folder, descriptor):
    """All files of a snapshot, opened below the folder that is held open."""
    files = {}
    for entry in os.listdir(descriptor):
        if entry == "lists":
            lists = os.open(entry, os.O_RDONLY | os.O_DIRECTORY, dir_fd=descriptor)
            for name in os.listdir(lists):
                files[f"lists/{name}"] = whole(name, lists)
            os.close(lists)
        else:
            files[entry] = whole(entry, descriptor)
    return files


def whole(name, folder):
    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:
        return file.read()


def reader(latest, stop, counts, problems):
    seen, count = set(), 0
    while not stop.is_set():
        try:
            descriptor = os.open(latest, os.O_RDONLY | os.O_DIRECTORY)
            files = read(latest, descriptor)
            os.close(descriptor)
            wrong = [fault for fault in faults_of(files)]
            if wrong:
                problems.put(f"mixed: {wrong}")
                return
            seen.add(files["manifest.json"])
            count += 1
        except OSError as error:
            problems.put(f"missing: {error}")
            return
    counts.put((count, len(seen)))


def faults_of(files):
    """The name is not known to a reader of `latest`; all else is checked."""
    return [f for f in faults("", files) if f != "not the manifest it is named after"]


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ".build/release/scorebook"
    publishes = int(os.environ.get("PUBLISHES", "50"))
    with tempfile.TemporaryDirectory() as folder:
        book = Book(program, f"{folder}/book", seed=3)
        book.append_night(2000)
        book.command("run", "-q", "--as-of", book.as_of)
        stop = multiprocessing.Event()
        counts, problems = multiprocessing.Queue(), multiprocessing.Queue()
        readers = [
            multiprocessing.Process(
                target=reader, args=(str(book.snapshots / "latest"), stop, counts, problems))
            for _ in range(READERS)
        ]
        for process in readers:
            process.start()
        for _ in range(publishes):
            book.append_night(40)
            book.command("run", "-q", "--as-of", book.as_of, "--keep-last", "1")
        stop.set()
        reads = 0
        for _ in readers:
            if not problems.empty():
                break
            count, _ = counts.get(timeout=60)
            reads += count
        for process in readers:
            process.join(timeout=60)
        assert problems.empty(), problems.get()
        assert reads > publishes, "the readers hardly got to read"
    print(f"{publishes} publishes with pruning: {reads} whole reads by {READERS} readers, none mixed")


main()
