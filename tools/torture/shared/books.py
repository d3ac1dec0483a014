"""A small book that grows by a night at a time, and what must be true of it."""

import datetime
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess

DEFINITION = """\
name: torture
interactions:
  view: { type: page_view }
  demo: { type: form_fill }
scores:
  heat:
    range: [0, 100]
    half_life: 30d
    points: { view: { points: 3, limit: 3, per: day }, demo: 30 }
personas:
  warmth:
    - { name: hot, when: { score.heat: { min: 30 } } }
    - { name: cold }
lists:
  call: { score.heat: { min: 40 } }
accounts:
  ready: { total.heat: { min: 90 } }
"""


class Book:
    """A book in a folder of its own, and the program that works on it."""

    def __init__(self, program, root, seed):
        self.program = os.path.abspath(program)
        self.root = pathlib.Path(root)
        self.random = random.Random(seed)
        self.night = 0
        self.root.mkdir(parents=True)
        (self.root / "pipeline.yaml").write_text(DEFINITION)

    @property
    def snapshots(self):
        return self.root / "snapshots"

    @property
    def as_of(self):
        start = datetime.datetime(2026, 1, 1, 2, tzinfo=datetime.timezone.utc)
        return (start + datetime.timedelta(days=self.night)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def start(self, *arguments, **options):
        return subprocess.Popen(
            [self.program, *arguments, "--book", str(self.root)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)

    def command(self, *arguments, code=0, input=None, **options):
        done = subprocess.run(
            [self.program, *arguments, "--book", str(self.root)],
            capture_output=True, text=True, input=input, check=False, **options)
        assert done.returncode == code, f"{arguments}: {done.returncode}: {done.stderr}"
        return done

    def append_night(self, events=200):
        """Appends a night's events: some late, some twice, now and then a merge or a forget."""
        self.night += 1
        lines = []
        dice = self.random
        for index in range(events):
            day = self.night if dice.random() < 0.8 else dice.randint(0, self.night)
            moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
            moment += datetime.timedelta(days=day, seconds=dice.randrange(3600 * 2))
            event = {
                "id": f"{self.night}-{index}",
                "time": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "type": dice.choices(["page_view", "form_fill"], [9, 1])[0],
                "lead": f"lead-{dice.randrange(400)}",
                "account": f"account-{dice.randrange(40)}",
            }
            roll = dice.random()
            if roll < 0.01:
                event.update(type="merge", **{"from": f"lead-{dice.randrange(400)}"})
            elif roll < 0.015:
                event["type"] = "forget"
            lines += [json.dumps(event)] * (2 if dice.random() < 0.05 else 1)
        self.command("append", input="\n".join(lines) + "\n")

    def latest(self):
        return os.readlink(self.snapshots / "latest")

    def cold(self, program_options=()):
        """Runs the same night in a book without a past; returns its snapshot's files."""
        root = self.root.with_name(self.root.name + "-cold")
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        shutil.copytree(self.root / "log", root / "log")
        shutil.copy(self.root / "pipeline.yaml", root)
        subprocess.run(
            [self.program, "run", "-q", "--book", str(root), "--as-of", self.as_of], check=True)
        name = os.readlink(root / "snapshots" / "latest")
        files = contents(root / "snapshots" / name)
        shutil.rmtree(root)
        return name, files

    def leftovers(self):
        """What a finished command should not have left."""
        found = []
        for path in self.root.rglob("*"):
            if path.name.startswith(".") or path.name.endswith(".tmp") or ".sheet." in path.name:
                found.append(str(path.relative_to(self.root)))
        return found


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in pathlib.Path(folder).rglob("*") if path.is_file()
    }


def faults(name, files):
    """What is wrong with a snapshot's files; nothing if all of it is there and as it was written."""
    files = dict(files)
    manifest = files.pop("manifest.json", None)
    if manifest is None:
        return ["no manifest"]
    found = [] if name.endswith(digest(manifest)[:8]) else ["not the manifest it is named after"]
    for record in json.loads(manifest)["files"]:
        if digest(files.pop(record["path"], b"")) != record["sha256"]:
            found.append(record["path"])
    if "changes.json" in files:
        changes = json.loads(files.pop("changes.json"))
        if digest(files.pop("changes.csv", b"")) != changes["file"]["sha256"]:
            found.append("changes.csv")
    return found + sorted(files)


def digest(data):
    return hashlib.sha256(data).hexdigest()
