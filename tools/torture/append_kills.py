#!/usr/bin/env python3
"""Appends and runs that are killed at every durability system call and at random moments.

What was confirmed is whole, nothing else is there in part, verify finds nothing to complain about, the
same command again completes, and the snapshot is that of a book that nothing ever happened to.

usage: append_kills.py [PROGRAM]     KILLS=300 SEED=…
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time

from shared.batches import (
    AS_OF, check_log, copy, have_strace, inject, results, seed, snapshot, verify, write_batches)
from shared.books import Book

EVENTS = 400
CALLS = ["openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat",
         "renameat2", "unlink", "unlinkat", "mkdir", "symlink", "flock", "close"]


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ".build/release/scorebook"
    kills = int(os.environ.get("KILLS", "300"))
    dice = random.Random(seed())
    with tempfile.TemporaryDirectory() as folder:
        batches = write_batches(folder, dice, 4, EVENTS)
        start = Book(program, f"{folder}/start", seed=1)
        for batch in batches[:2]:
            start.command("append", str(batch))
        start.command("run", "--as-of", "2026-03-01T00:00:00Z")
        never = copy(start, f"{folder}/never")
        for batch in batches[2:]:
            never.command("append", str(batch))
        wanted = snapshot(never)
        compacted = copy(never, f"{folder}/compacted")

        if have_strace():
            at_every_call(start, batches, wanted, f"{folder}/victim")
            at_every_call_of_a_compaction(compacted, wanted, f"{folder}/victim")
        at_random(start, batches, wanted, f"{folder}/victim", kills, dice)


def finish(victim, batches, wanted):
    """Does again what was cut off, and the rest; the results are those of a book that was never killed."""
    for batch in batches[2:]:
        victim.command("append", str(batch))
    check_log(victim, {0, 1, 2, 3}, set(), EVENTS)
    verify(victim)
    name, files = snapshot(victim)
    assert results(files) == results(wanted[1]), "another snapshot than without kills"
    return name == wanted[0]


def at_every_call(start, batches, wanted, root):
    identical = hits = 0
    for command in ("append", "run"):
        for call in CALLS:
            number = 1
            while True:
                victim = copy(start, root)
                arguments = ["append", str(batches[2])] if command == "append" else [
                    "run", "--as-of", AS_OF]
                done, is_hit = inject(victim, call, "signal=KILL", number, *arguments)
                if not is_hit:
                    assert done.returncode == 0, done.stderr
                    break
                hits += 1
                confirmed = {0, 1} | ({2} if command == "append" and done.returncode == 0 else set())
                verify(victim, "--quick")
                check_log(victim, confirmed, {2} if command == "append" else set(), EVENTS)
                verify(victim)
                identical += finish(victim, batches, wanted)
                number += 1
    print(f"killed at {hits} system calls of append and run: all confirmed batches whole, none in part, "
          f"the same results; {identical} with the same manifest to the byte")


def at_every_call_of_a_compaction(never, wanted, root):
    hits = 0
    for call in CALLS:
        number = 1
        while True:
            victim = copy(never, root)
            done, is_hit = inject(victim, call, "signal=KILL", number, "append", "--compact", "/dev/null")
            if not is_hit:
                assert done.returncode == 0, done.stderr
                break
            hits += 1
            verify(victim)
            check_log(victim, {0, 1, 2, 3}, set(), EVENTS)
            victim.command("append", "--compact", "/dev/null")
            verify(victim)
            check_log(victim, {0, 1, 2, 3}, set(), EVENTS)
            assert results(snapshot(victim)[1]) == results(wanted[1])
            number += 1
    print(f"killed at {hits} system calls of a compaction: the same events, the same results")


def at_random(start, batches, wanted, root, kills, dice):
    outcomes = {"killed": 0, "done": 0}
    victim = copy(start, f"{root}-timing")
    began = time.monotonic()
    victim.command("append", str(batches[2]))
    usual = time.monotonic() - began
    for _ in range(kills):
        victim = copy(start, root)
        arguments = dice.choice([["append", str(batches[2])], ["run", "--as-of", AS_OF]])
        process = victim.start(*arguments)
        time.sleep(dice.uniform(0, usual * 1.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        outcomes["done" if process.returncode == 0 else "killed"] += 1
        confirmed = {0, 1} | ({2} if arguments[0] == "append" and process.returncode == 0 else set())
        check_log(victim, confirmed, {2} if arguments[0] == "append" else set(), EVENTS)
        verify(victim)
        finish(victim, batches, wanted)
    print(f"killed at random {outcomes['killed']} times ({outcomes['done']} were faster): the same results")


main()
