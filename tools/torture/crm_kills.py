#!/usr/bin/env python3
"""Exports to a pretended CRM that are killed at random moments: in the end it has what the snapshot says.

Nights bring new leads, moved accounts, merges and erasures. The CRM applies files, now and then refuses a
record, fails, or takes a file and says that it failed. What was acknowledged is not sent twice.

usage: crm_kills.py [PROGRAM]     KILLS=200
"""

import csv
import json
import os
import pathlib
import random
import signal
import sys
import tempfile
import time

from shared.books import Book

MAP = """\
name: crm
profile: hubspot
accounts:
  object: companies
  match: { key: account }
  create: true
  fields: { total: total.heat, ready: ready, date: { column: as_of, along: true } }
leads:
  object: contacts
  match: { key: lead }
  create: true
  fields:
    account: account
    heat: { column: score.heat, min_change: 2 }
    warmth: persona.warmth
    date: { column: as_of, along: true }
"""

# Takes a file as a request: what it applies, it has written down before it answers.
CRM = """\
import json, os, random, sys, time
path, folder = sys.argv[1], sys.argv[2]
dice = random.Random(os.urandom(8))
roll = dice.random() if os.path.exists(folder + "/failing") else 1
if roll < 0.1:
    sys.exit(1)
inputs = json.load(open(path))["inputs"]
rejected = [inputs.pop(dice.randrange(len(inputs)))["id"]] if roll < 0.3 else []
with open(folder + "/records", "a") as records:
    for record in inputs:
        row = [os.environ["SCOREBOOK_OBJECT"], record["id"], record["properties"]]
        records.write(json.dumps(row) + "\\n")
if rejected:
    open(path + ".rejected", "w").write("".join(key + "\\n" for key in rejected))
sys.exit(1 if roll < 0.4 else 0)
"""


def records(folder):
    found = {}
    for line in (folder / "records").read_text().splitlines():
        try:
            kind, key, fields = json.loads(line)
        except ValueError:  # the CRM was killed with the export, in the middle of a line
            continue
        fields.pop("date")
        found[kind, key] = fields
    return {key: fields for key, fields in found.items() if any(fields.values())}


def wanted(book):
    snapshot = book.snapshots / book.latest()
    found = {}
    with open(snapshot / "accounts.csv", newline="") as rows:
        for row in csv.DictReader(rows):
            found["companies", row["account"]] = {"total": row["total.heat"], "ready": row["ready"]}
    with open(snapshot / "leads.csv", newline="") as rows:
        for row in csv.DictReader(rows):
            found["contacts", row["lead"]] = {
                "account": row["account"], "heat": row["score.heat"], "warmth": row["persona.warmth"]}
    return found


def same(one, other):
    if one.keys() != other.keys():
        return False
    return all(
        name == "heat" and abs(int(value) - int(other[name])) < 2 or value == other[name]
        for name, value in one.items())


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else ".build/release/scorebook"
    kills = int(os.environ.get("KILLS", "200"))
    dice = random.Random(4)
    outcomes = {"killed": 0, "midway": 0, "ended": 0}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        book = Book(program, f"{name}/book", seed=4)
        (folder / "map.yaml").write_text(MAP)
        (folder / "crm.py").write_text(CRM)
        (folder / "records").touch()
        push = ["export", "crm", f"{name}/out", "--map", f"{name}/map.yaml", "--max-changed", "100%",
                "--push", f"{sys.executable} {name}/crm.py \"$1\" {name}"]
        usual = 1.0
        for count in range(kills):
            if count % 4 == 0:
                book.append_night(300 if count == 0 else 60)
                book.command("run", "-q", "--as-of", book.as_of, "--keep-last", "2")
            (folder / "failing").touch()
            (started, size) = (time.monotonic(), (folder / "records").stat().st_size)
            export = book.start(*push, start_new_session=True)
            time.sleep(dice.random() * usual * 1.2)
            if export.poll() is None:
                os.killpg(export.pid, signal.SIGKILL)
                outcomes["killed"] += 1
                outcomes["midway"] += (folder / "records").stat().st_size > size
            else:
                usual = time.monotonic() - started
                outcomes["ended"] += 1
            export.communicate()
            if count % 20 != 19:
                continue
            (folder / "failing").unlink()
            book.command(*push)
            has, wants = records(folder), wanted(book)
            assert has.keys() == wants.keys(), f"kill {count}: {has.keys() ^ wants.keys()}"
            wrong = [key for key in has if not same(has[key], wants[key])]
            assert not wrong, f"kill {count}: {[(key, has[key], wants[key]) for key in wrong[:3]]}"
            before = (folder / "records").read_text()
            book.command(*push)
            assert (folder / "records").read_text() == before, f"kill {count}: sent twice"
    assert outcomes["midway"] > kills / 10, f"too few were killed while they pushed: {outcomes}"
    print(f"{kills} exports, {outcomes['killed']} killed, {outcomes['midway']} of them while they pushed, "
          f"{outcomes['ended']} ended by themselves: "
          "the CRM had what the snapshot says each time")


if __name__ == "__main__":
    main()
