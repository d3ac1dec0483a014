#!/usr/bin/env python3
"""Appends and runs on a disk that is full, or fails: nothing is confirmed that is not there, nothing is there in part.

A file size limit and, for root, a small file system stand for the full disk; strace makes single system calls
fail, once and for good.

usage: append_disk.py [PROGRAM]     SEED=…
"""

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile

from shared.batches import (
    AS_OF, check_log, copy, have_strace, inject, results, seed, snapshot, verify, write_batches)
from shared.books import Book

EVENTS = 400
CALLS = ["openat", "write", "fsync", "ftruncate", "rename", "mkdir", "close"]
ERRORS = ["ENOSPC", "EIO"]
# What a command may end with: done, bad data, no input, cannot create, I/O failed; the system's own signal.
CODES = {0, 65, 66, 73, 74, -signal.SIGXFSZ}


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ".build/release/scorebook"
    dice = random.Random(seed())
    with tempfile.TemporaryDirectory() as folder:
        batches = write_batches(folder, dice, 3, EVENTS)
        start = Book(program, f"{folder}/start", seed=1)
        for batch in batches[:2]:
            start.command("append", str(batch))
        start.command("run", "--as-of", "2026-03-01T00:00:00Z")
        never = copy(start, f"{folder}/never")
        never.command("append", str(batches[2]))
        wanted = snapshot(never)
        file_sizes(start, batches, wanted, f"{folder}/victim")
        small_disks(start, batches, wanted, folder)
        if have_strace():
            failing_calls(start, batches, wanted, f"{folder}/victim")


def attempt(victim, batches, **options):
    """Appends and runs, whatever comes of it; returns the exit codes."""
    codes = []
    for arguments in (["append", str(batches[2])], ["run", "--as-of", AS_OF]):
        done = subprocess.run(
            [victim.program, *arguments, "--book", str(victim.root)], capture_output=True, text=True,
            check=False, **options)
        assert done.returncode in CODES, f"{arguments}: {done.returncode}: {done.stderr}"
        codes.append(done.returncode)
    return codes


def check(victim, batches, wanted, code):
    """Checks what a failed append left, then lets it succeed."""
    check_log(victim, {0, 1} | ({2} if code == 0 else set()), {2}, EVENTS)
    verify(victim)
    victim.command("append", str(batches[2]))
    check_log(victim, {0, 1, 2}, set(), EVENTS)
    assert results(snapshot(victim)[1]) == results(wanted[1]), "another snapshot than on a sound disk"
    verify(victim)


def file_sizes(start, batches, wanted, root):
    failed = 0
    for size in list(range(0, 4096, 256)) + list(range(4096, 40_000, 2048)):
        victim = copy(start, root)
        codes = attempt(
            victim, batches,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        failed += codes != [0, 0]
        check(victim, batches, wanted, codes[0])
    assert failed > 0
    print(f"files limited to a size: {failed} times something failed, and nothing was lost")


def small_disks(start, batches, wanted, folder):
    mount = f"{folder}/disk"
    os.mkdir(mount)
    failed = tried = 0
    for kilobytes in range(96, 360, 8):
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", mount], capture_output=True,
            check=False)
        if made.returncode != 0:
            print("SKIPPED: full file systems (only root can mount them)")
            return
        try:
            try:
                victim = copy(start, f"{mount}/book")
            except OSError:
                continue
            codes = attempt(victim, batches)
            tried += 1
            failed += codes != [0, 0]
            # With room again, all is as if nothing had been.
            subprocess.run(["mount", "-o", "remount,size=16m", mount], check=True)
            check(victim, batches, wanted, codes[0])
        finally:
            subprocess.run(["umount", mount], check=True)
    print(f"{tried} file systems of different sizes, {failed} of them full: nothing was lost")


def failing_calls(start, batches, wanted, root):
    hits = 0
    for call in CALLS:
        for error in ERRORS:
            for lasting in ("", "+"):
                number = 1
                while True:
                    victim = copy(start, root)
                    done, is_hit = inject(
                        victim, call, f"error={error}", f"{number}{lasting}", "append", str(batches[2]))
                    if not is_hit:
                        break
                    hits += 1
                    # 127: not even the program's libraries could be opened.
                    assert done.returncode in CODES | {127}, f"{call} {error} {number}: {done}"
                    try:
                        # Without /proc/self/cmdline Swift finds no arguments, and help is printed.
                        is_confirmed = done.returncode == 0 and " appended" in done.stdout
                        check(victim, batches, wanted, 0 if is_confirmed else 74)
                    except AssertionError as fault:
                        raise AssertionError(f"{call} {error} {number}{lasting}: {done}") from fault
                    number += 1
    print(f"{hits} system calls failed, once or for good: nothing was lost")


main()
