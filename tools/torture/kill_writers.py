#!/usr/bin/env python3
"""Kills the commands that write to a log, at every system call and at random moments, and looks what is left.

    kill_writers.py PROGRAM [--rounds N] [--seed S] [--every K]

PROGRAM is the scorebook binary. Three commands are killed: append in batches, log compact, erase. First at
every K-th of their system calls that change the disk, by strace, where it may be used; then N times each at a
random moment. After each kill:

- every batch that was called durable is there, no batch is there in part, and no line twice;
- a compaction changed no line, an erasure no line of another lead;
- the same command again completes it, and leaves no file that the chain does not have.

Exit code 0 if all holds; else the seed and the step are printed and the book is kept.
"""

import argparse
import gzip
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

CALLS = "openat,write,fsync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,close"
LINES = 23
BATCH = 5


def line(number, lead):
    stamp = f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z"
    return json.dumps({"id": str(number), "time": stamp, "type": "page_view", "lead": lead})


def log_lines(book):
    """All lines of the log, as a reader that knows of swaps has them."""
    log = book / "log"
    names = sorted(
        (n for n in os.listdir(log) if n.endswith(".ndjson.gz") and not n.startswith(".")),
        key=os.fsencode)
    chain = log / "chain.ndjson"
    entries = []
    if chain.exists():
        text = chain.read_bytes()
        entries = [json.loads(l) for l in text[: text.rfind(b"\n") + 1].splitlines()]
    gone = set()
    for entry in reversed(entries):
        if entry["path"] in names or entry["path"] in gone:
            gone.update(entry.get("replaces", []))
    lines = []
    for name in names:
        if name not in gone:
            lines += gzip.decompress((log / name).read_bytes()).decode().splitlines()
    return lines, entries, [n for n in os.listdir(log)]


class Torture:
    def __init__(self, program, seed):
        self.program = program
        self.random = random.Random(seed)
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="scorebook-torture-"))
        self.book = self.root / "book"
        self.input = self.root / "input.ndjson"
        self.all = [line(n, "ab"[n % 2]) for n in range(LINES)]
        self.input.write_text("".join(l + "\n" for l in self.all))
        self.template = self.root / "template"
        self.run(["append", "--book", self.template, "--batch-events", str(BATCH), self.input])

    def run(self, arguments, prefix=(), seconds=None):
        """Runs the program to its end, or kills it after some seconds; returns its code and output."""
        process = subprocess.Popen(
            [*prefix, self.program, *map(str, arguments)], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        if seconds is not None:
            time.sleep(seconds)
            process.kill()
        out, _ = process.communicate()
        return process.returncode, out

    def commands(self):
        append = ["append", "--book", self.book, "--batch-events", str(BATCH), self.input]
        return [
            ("append", append, False), ("compact", ["log", "compact", "--book", self.book], True),
            ("erase", ["erase", "--book", self.book, "a"], True)]

    def begin(self, has_log):
        shutil.rmtree(self.book, ignore_errors=True)
        if has_log:
            shutil.copytree(self.template, self.book)

    def check(self, name, arguments, code, out):
        """Returns what is wrong after a kill; nothing where all is well."""
        lines = log_lines(self.book)[0] if (self.book / "log").exists() else []
        others = [l for l in self.all if '"lead": "b"' in l]
        if name == "append":
            durable = LINES if code == 0 else BATCH * out.count("committed ")
            if lines != self.all[: len(lines)]:
                return "lines are missing, or there twice"
            if len(lines) % BATCH and len(lines) != LINES:
                return "a batch is there in part"
            if len(lines) < durable:
                return f"{durable} lines were called durable, {len(lines)} are there"
        elif name == "compact" and lines != self.all:
            return "a compaction changed a line"
        elif name == "erase" and [l for l in lines if l in others] != others:
            return "an erasure took another lead's line"
        again, _ = self.run(arguments)
        if again != 0:
            return f"the same again ends with {again}"
        lines, entries, names = log_lines(self.book)
        expected = others if name == "erase" else self.all
        if [l for l in lines if "forget" not in l] != expected:
            return "the same again did not complete it"
        replaced = {p for e in entries for p in e.get("replaces", [])}
        current = {e["path"] for e in entries} - replaced | {"chain.ndjson"}
        if set(names) != current:
            return f"left behind or missing: {sorted(set(names) ^ current)}"
        return None

    def fail(self, step, wrong):
        print(f"FAILED {step}: {wrong}; the book is {self.book}", file=sys.stderr)
        sys.exit(1)

    def at_every_call(self, every):
        probe = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=close"]
        if not shutil.which("strace") or self.run(["--version"], probe)[0] != 0:
            print("skipped: kills at every system call need strace")
            return
        for name, arguments, has_log in self.commands():
            place, kills = 1, 0
            while True:
                self.begin(has_log)
                inject = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS}",
                          "-e", f"inject={CALLS}:signal=KILL:when={place}"]
                code, out = self.run(arguments, inject)
                wrong = self.check(name, arguments, code, out)
                if wrong:
                    self.fail(f"{name} killed at system call {place}", wrong)
                if code == 0:
                    break
                kills += 1
                place += every
            print(f"{name}: killed at {kills} of its {place} system calls")

    def at_random(self, rounds):
        for name, arguments, has_log in self.commands():
            self.begin(has_log)
            start = time.monotonic()
            self.run(arguments)
            took = time.monotonic() - start
            for round in range(rounds):
                self.begin(has_log)
                seconds = self.random.uniform(0, took * 1.1)
                code, out = self.run(arguments, seconds=seconds)
                wrong = self.check(name, arguments, code, out)
                if wrong:
                    self.fail(f"{name} killed after {seconds:.6f} s, round {round}", wrong)
            print(f"{name}: killed {rounds} times within {took * 1.1:.3f} s")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    torture = Torture(os.path.abspath(options.program), options.seed)
    torture.at_every_call(options.every)
    torture.at_random(options.rounds)
    shutil.rmtree(torture.root)


main()
