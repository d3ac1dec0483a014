"""Batches of events, and the proof that a log has each of them whole or not at all."""

import gzip
import json
import os
import pathlib
import random
import re
import shutil
import subprocess

from shared.books import Book, contents

AS_OF = "2026-06-01T00:00:00Z"


def seed():
    """The seed of this run: SEED in the environment, or one that is printed so that it can be used again."""
    number = int(os.environ.get("SEED") or random.SystemRandom().randrange(1 << 31))
    print(f"seed {number}", flush=True)
    return number


def write_batches(folder, dice, count, events):
    """Writes files of events; returns their paths. The ids of batch 3 are 3-0, 3-1, …"""
    paths = []
    for batch in range(count):
        path = pathlib.Path(folder) / f"batch-{batch}.ndjson"
        with open(path, "w", encoding="utf-8") as file:
            for index in range(events):
                day = 1 + dice.randrange(28)
                file.write(json.dumps({
                    "id": f"{batch}-{index}",
                    "time": f"2026-0{1 + batch % 5}-{day:02}T{dice.randrange(24):02}:00:00Z",
                    "type": dice.choice(["page_view", "page_view", "form_fill"]),
                    "lead": f"lead-{dice.randrange(50)}",
                    "account": f"account-{dice.randrange(9)}",
                    "note": "".join(dice.choices("abcdefghij", k=40)),
                }) + "\n")
        paths.append(path)
    return paths


def log_counts(book):
    """How often each batch's events stand in the log, as any reader of gzip sees it."""
    counts = {}
    listed = json.loads(book.command("log", "--json").stdout)
    for segment in listed["segments"]:
        with gzip.open(book.root / "log" / segment["path"], "rt", encoding="utf-8") as lines:
            for line in lines:
                key = json.loads(line)["id"]
                counts[key] = counts.get(key, 0) + 1
    batches = {}
    for key, count in counts.items():
        batch = int(key.split("-")[0])
        assert count == 1, f"event {key} stands {count} times in the log"
        batches[batch] = batches.get(batch, 0) + 1
    return batches


def check_log(book, confirmed, possible, events):
    """Checks that confirmed batches are whole, the possible one is whole or absent, and no other is there."""
    batches = log_counts(book)
    for batch in confirmed:
        assert batches.get(batch) == events, f"batch {batch} was confirmed: {batches.get(batch)} events"
    for batch, count in batches.items():
        assert batch in confirmed or batch in possible, f"batch {batch} came from nowhere"
        assert count == events, f"batch {batch} is there in part: {count} of {events}"


def verify(book, *options):
    """Runs verify, which must find the book sound."""
    done = subprocess.run(
        [book.program, "verify", *options, "--book", str(book.root)], capture_output=True, text=True,
        check=False)
    assert done.returncode == 0, f"verify {done.returncode}: {done.stdout}{done.stderr}"


def snapshot(book):
    """Publishes; returns the snapshot's name and files."""
    book.command("run", "--as-of", AS_OF)
    name = book.latest()
    return name, contents(book.snapshots / name)


def results(files):
    """What a snapshot says, without which files of the log say so."""
    said = {path: data for path, data in files.items() if path not in ("manifest.json", "changes.json")}
    said["changes.csv"] = re.sub(rb" at \S+\.ndjson\.gz:\d+", b"", said["changes.csv"])
    return said


def copy(book, root):
    """A copy of a book in another folder, in the place of what stands there."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(book.root, root, symlinks=True)
    other = Book.__new__(Book)
    other.__dict__.update(book.__dict__)
    other.root = pathlib.Path(root)
    return other


def have_strace():
    """Whether strace can be used here; says so where it cannot."""
    try:
        works = subprocess.run(
            ["strace", "-qq", "-e", "inject=fsync:signal=KILL:when=9", "true"],
            capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        works = False
    if not works:
        print("SKIPPED: system calls one by one (strace is not here, or may not trace)")
    return works


def inject(book, calls, what, number, *arguments):
    """Runs a command; its NUMBER-th call of CALLS is hit by WHAT. Returns the exit code and whether it was hit."""
    trace = book.root.with_name("trace")
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={calls}",
         "-e", f"inject={calls}:{what}:when={number}",
         book.program, *arguments, "--book", str(book.root)],
        capture_output=True, text=True, check=False)
    said = trace.read_text(errors="replace")
    return done, "(INJECTED)" in said or "SIGKILL" in said
