#!/usr/bin/env python3
"""Measures Scorebook beside DuckDB, chDB, Polars and, where there is Java, Spark on the same log and job.

    python3 Benchmarks/bench.py                     five million events, five rounds
    python3 Benchmarks/bench.py --linear            ten times the events beside these, cold
    python3 Benchmarks/bench.py --tiny --no-peers   a check that this still works, in seconds

All run as whole processes, in turn, round by round. Every contender's results are compared lead by
lead. The table goes to Benchmarks/results/<date>.md; quote medians and ratios, not seconds.
"""

import argparse
import csv
import datetime
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PEERS = {"duckdb": "duckdb==2.0.0", "chdb": "chdb==4.4.0", "polars": "polars==2.1.0"}
if shutil.which("java"):
    PEERS["spark"] = "pyspark==4.3.0"
PACKAGES = [*PEERS.values(), "isal==1.9.1"]
AS_OF = "2026-11-01T00:00:00Z"
NEXT_DAY = "2026-11-02T00:00:00Z"
FLOOR = """
import sys, glob
from concurrent.futures import ProcessPoolExecutor
from isal import igzip
def inflate(path):
    with igzip.open(path) as file:
        return sum(len(piece) for piece in iter(lambda: file.read(1 << 20), b''))
if __name__ == '__main__':
    with ProcessPoolExecutor() as pool:
        print(sum(pool.map(inflate, sorted(glob.glob(sys.argv[1] + '/*.gz')))))
"""


class Run:
    """One whole process: seconds on the wall and on the processors, and its peak memory."""

    def __init__(self, command):
        output = tempfile.TemporaryFile()
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.PIPE)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.perf_counter() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / 1000
        output.seek(0)
        self.output = output.read().decode()
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}: exit {process.returncode}\n{errors.decode()}")


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = Path(tempfile.mkdtemp()) if options.tiny else HERE / "data"
        self.book = self.folder / f"{options.events}"
        self.night = self.folder / f"{options.events}-night"
        self.tenfold = self.folder / f"{options.events * 10}"
        self.python = HERE / ".venv" / "bin" / "python"
        self.definition = HERE / "bench.yaml"
        self.other_points = self.folder / "other-points.yaml"
        self.runs = {}
        self.results = {}

    def tool(self, name):
        built = ROOT / ".build" / self.options.build / name
        if not built.exists():
            sys.exit(f"{built}: not built; run: swift build -c {self.options.build}")
        return str(built)

    def prepare(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        days = 730
        for place, events, seed in [
            (self.book, self.options.events, 7),
            (self.night, max(1, self.options.events // days), 8),
        ] + ([(self.tenfold, self.options.events * 10, 7)] if self.options.linear else []):
            if not (place / "log").exists():
                segments = 1 if place == self.night else 24
                leads = max(1, (events if place == self.tenfold else self.options.events) // 10)
                Run([self.tool("samplebook"), "bulk", place, "--events", str(events), "--leads",
                     str(leads), "--seed", str(seed), "--segments", str(segments)])
        text = self.definition.read_text()
        # Points that no gate and no condition depends on, each one more than it was.
        changed = re.sub(r"(compare-view|white-paper|webinar|demo-request): (\d+)",
                         lambda m: f"{m[1]}: {int(m[2]) + 1}", text)
        assert changed != text
        self.other_points.write_text(changed)
        if self.options.peers:
            if not self.python.exists():
                venv.create(HERE / ".venv", with_pip=True)
            subprocess.run([self.python, "-m", "pip", "install", "-q", *PACKAGES], check=True)

    def scorebook(self, name, definition=None, jobs=None, book=None, as_of=AS_OF):
        book = book or self.book
        if as_of == AS_OF:
            # What is published again under its own name is looked at first, which no night does.
            shutil.rmtree(book / "snapshots", ignore_errors=True)
        command = [self.tool("scorebook"), "run", "--book", book, "-p",
                   definition or self.definition, "--as-of", as_of, "--json"]
        run = Run(command + (["--jobs", str(jobs)] if jobs else []))
        report = json.loads(run.output)
        if name.startswith("warm"):
            # Nothing is to be published here, so what publishing took is left out.
            publishing = ("write", "compare", "publish")
            run.wall = sum(
                s["seconds"] for s in report["stages"] if s["name"] not in publishing)
        self.keep(name, run)
        # Its name has the digest of all its bytes.
        return Path(report["snapshot"])

    def keep(self, name, run):
        self.runs.setdefault(name, []).append(run)
        print(f"  {name:34} {run.wall:8.3f} s {run.cpu:8.2f} cpu {run.megabytes:7.0f} MB", flush=True)

    @staticmethod
    def fetch(book):
        """Brings the log into the page cache: what waits for a disk says nothing about an engine."""
        for segment in (book / "log").iterdir():
            segment.read_bytes()

    def linear(self):
        """Both sizes cold, in turn."""
        for book, name in [(self.book, "scorebook, cold"), (self.tenfold, "ten times the events")]:
            shutil.rmtree(book / "cache", ignore_errors=True)
            self.fetch(book)
            self.scorebook(name, book=book)

    def round(self, is_last):
        if self.options.linear:
            return self.linear()
        added = self.book / "log" / "night.ndjson.gz"
        added.unlink(missing_ok=True)
        shutil.rmtree(self.book / "cache", ignore_errors=True)
        self.fetch(self.book)
        cold = self.scorebook("scorebook, cold")
        self.results["cold"] = cold
        time.sleep(0.1)
        # Sheets that are met a second time are merged.
        self.scorebook("scorebook, first warm run", self.other_points)
        self.scorebook("warm, other points, not published", self.other_points)
        self.results["warm"] = self.scorebook("scorebook, warm, all of it")
        # A file that has just changed is not taken from the cache, so the night is old enough.
        shutil.copy(next((self.night / "log").glob("*.gz")), added)
        time.sleep(0.1)
        # With what changed since the snapshot of the day before, which stands there.
        self.scorebook("scorebook, a night", as_of=NEXT_DAY)
        added.unlink()
        self.results["one worker"] = self.scorebook("scorebook, warm, one worker", jobs=1)
        if not self.options.peers:
            return
        self.keep("inflating alone (ISA-L, all cores)",
                  Run([self.python, "-c", FLOOR, self.book / "log"]))
        for peer in PEERS:
            if peer == "spark" and not is_last:
                # It takes longer than all others together, and leaves the disk busy for the next round.
                continue
            out = self.folder / peer
            out.mkdir(exist_ok=True)
            self.keep(peer, Run([self.python, HERE / "peers" / f"{peer}_job.py",
                                 self.book / "log", out, AS_OF]))
            self.results[peer] = out

    def check(self):
        """Compares all results; returns a sentence for each comparison, or stops."""
        said = []
        if self.options.linear:
            return said
        cold = self.results["cold"]
        for name in ["warm", "one worker"]:
            if self.results[name] != cold:
                sys.exit(f"{name} came to another snapshot than cold: {self.results[name]}")
        said.append("Scorebook cold, warm and with one worker: the same snapshot, byte for byte.")
        if self.options.peers:
            ours = self.leads(cold / "leads.csv")
            for peer in PEERS:
                said.append(self.compare(peer, ours, self.leads(self.results[peer] / "leads.csv")))
        return said

    @staticmethod
    def leads(path):
        with open(path, newline="") as file:
            return {row["lead"]: row for row in csv.DictReader(file)}

    @staticmethod
    def compare(peer, ours, theirs):
        columns = {"score.engagement": "score", "tally.awareness": "awareness",
                   "tally.consideration": "consideration", "tally.decision": "decision",
                   "grade.fit": "grade", "percent.fit": "percent", "persona.role": "persona",
                   "account": "account"}
        if ours.keys() != theirs.keys():
            sys.exit(f"{peer} knows other leads: {len(theirs)}, not {len(ours)}")
        last_digit = 0
        for lead, row in ours.items():
            other = theirs[lead]
            for mine, name in columns.items():
                found = "" if other[name] == "\\N" else other[name]
                # A sum over nothing is 0, or absent, as each engine likes it.
                if row[mine] != found and not (row[mine] == "0" and found == ""):
                    sys.exit(f"{peer}: {lead}: {name} is {found!r}, not {row[mine]!r}")
            raw = round(float(row["raw.engagement"]) * 1e6)
            difference = abs(raw - int(other["raw"] or 0))
            if difference > 20:
                sys.exit(f"{peer}: {lead}: raw is {other['raw']}, not {raw}")
            last_digit += difference > 0
        return (f"{peer}: the same score, tallies, grade, persona and account for all "
                f"{len(ours):,} leads; {last_digit} leads differ in the last digit of their raw "
                f"score, where 2^x of a C library and ours round otherwise.")

    def table(self):
        median = {name: statistics.median(run.wall for run in runs)
                  for name, runs in self.runs.items()}
        cold = median["scorebook, cold"]
        lines = ["| what | median s | least | most | × cold | CPU s | peak MB |",
                 "|---|---|---|---|---|---|---|"]
        for name, runs in self.runs.items():
            walls = [run.wall for run in runs]
            lines.append(
                f"| {name} | {median[name]:.2f} | {min(walls):.2f} | {max(walls):.2f} "
                f"| {median[name] / cold:.2f} | {statistics.median(r.cpu for r in runs):.1f} "
                f"| {max(r.megabytes for r in runs):.0f} |")
        return lines, median

    def bars(self, median):
        cold = median["scorebook, cold"]
        if self.options.linear:
            return self.linear_bars(median)
        peak = max(run.megabytes for run in self.runs["scorebook, cold"])
        rows = [
            ("other points on warm sheets, not published, to cold", "at most 0.125",
             median["warm, other points, not published"] / cold),
            ("a night, publishing included, to cold", "at most 0.25",
             median["scorebook, a night"] / cold),
            ("peak memory of cold, MB", "at most 700", peak)]
        if self.options.peers:
            best = min(median[peer] for peer in PEERS)
            rows = [
                ("best peer to cold", "at least 6", best / cold),
                ("cold to inflating alone", "at most 2",
                 cold / median["inflating alone (ISA-L, all cores)"])] + rows
        return ["| bar | wanted | found |", "|---|---|---|"] + [
            f"| {name} | {wanted} | {found:.2f} |" for name, wanted, found in rows]

    def linear_bars(self, median):
        name = "ten times the events"
        peak = max(run.megabytes for run in self.runs[name])
        allowed = self.options.events * 10 * (64 + 512 / 10) / 1e6
        return ["| bar | wanted | found |", "|---|---|---|",
                f"| ten times the events, to cold | at most 11 "
                f"| {median[name] / median['scorebook, cold']:.2f} |",
                f"| its peak memory, MB: 64 bytes an event and 512 a lead | at most {allowed:.0f} "
                f"| {peak:.0f} |"]

    def machine(self):
        cpu = platform.processor() or platform.machine()
        try:
            for line in open("/proc/cpuinfo"):
                if line.startswith("model name"):
                    cpu = line.split(":", 1)[1].strip()
                    break
        except OSError:
            pass
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        return (f"{os.cpu_count()} cores ({cpu}), {memory:.0f} GiB, {platform.system()} "
                f"{platform.release().split('-')[0]}, {', '.join(PACKAGES)}")

    def report(self, checks):
        lines, median = self.table()
        text = "\n".join(
            [f"# {self.options.events:,} events, {self.options.rounds} rounds", "",
             f"{datetime.date.today()}; {self.machine()}.", "", *lines, "", *self.bars(median), ""]
            + [f"- {said}" for said in checks]) + "\n"
        print("\n" + text)
        if not self.options.tiny:
            results = HERE / "results"
            results.mkdir(exist_ok=True)
            kind = "-linear" if self.options.linear else ""
            (results / f"{datetime.date.today()}{kind}.md").write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    parser.add_argument("--linear", action="store_true", help="only ten times the events beside these")
    parser.add_argument("--tiny", action="store_true", help="20,000 events, one round, the debug build")
    options = parser.parse_args()
    options.build = "debug" if options.tiny else "release"
    if options.tiny:
        options.events, options.rounds = 20_000, 1
    bench = Bench(options)
    try:
        bench.prepare()
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds}", flush=True)
            bench.round(is_last=number + 1 == options.rounds)
        bench.report(bench.check())
    finally:
        if options.tiny:
            shutil.rmtree(bench.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
