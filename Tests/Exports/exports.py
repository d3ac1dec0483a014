#!/usr/bin/env python3
"""Exports that are read back by other programs: every cell is that of the snapshot's CSV.

usage: exports.py PROGRAM
"""

import csv
import datetime
import decimal
import glob
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading

import duckdb
import psycopg
import pyarrow.parquet

AS_OF = "2026-03-01T00:00:00Z"
ORIGIN = ["as_of", "known_at", "definition", "definition_sha256"]
DEFINITION = """
name: exports
journey: [first, second]
interactions:
  view: { type: page_view, stage: first }
  paper: { type: download, stage: second }

columns: [attribute.title, attribute.crm.id]
scores:
  small: { range: [0, 100], half_life: 33d, points: { view: 0.000001, paper: 12.345678 } }
  large: { points: { view: 999999.999999, paper: -999999.5 } }
grades:
  fit:
    letters: { A: 50, F: 0 }
    criteria: [ { attribute: title, weight: 1, values: [ { is: "vp*", value: 100 } ] } ]
personas:
  warmth:
    - { name: hot, when: { score.small: { min: 10 } } }
    - { name: cold, when: { score.small: { below: 10 } } }
lists:
  to-call: { score.small: { min: 1 } }
  nobody: { score.small: { min: 1000 } }
"""
NAMES = [
    "ada@example.com", 'quo"ted, with comma', "two\nlines", "=1+1", "-2", "@at", "+3", "\t tab", "'quoted'",
    "ünï©ode \u202e\u200b", "<script>", "x" * 256, "0012", "1e5", "null", "NULL", "true", "\\N", "\\.", "",
]


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        for name, count in [("none", 0), ("one", 1), ("many", 3000)]:
            book = make_book(program, pathlib.Path(folder) / name, count)
            cells = check(program, book)
            print(f"{name}: {cells} cells are the same by each reader", flush=True)
        with Server() as server:
            for name in ["none", "many", "one"]:
                check_postgres(program, pathlib.Path(folder) / name, server)
            check_nights(program, pathlib.Path(folder) / "many", server)


def make_book(program, root, count):
    """A book of so many leads, whose names and numbers are those that are hard to pass on."""
    root.mkdir()
    (root / "pipeline.yaml").write_text(DEFINITION, encoding="utf-8")
    events = [] if count else [event(0, "page_view", "gone", {}), {"id": "f", "time": AS_OF.replace("03", "02", 1),
                                                                   "type": "forget", "lead": "gone"}]
    for lead in range(count):
        key = NAMES[lead] if lead < len(NAMES) - 1 else f"lead {lead}"
        fields = {"title": NAMES[lead % len(NAMES)], "crm.id": str(lead) if lead % 3 else ""}
        events.append(event(f"{lead}-p", "profile", key, {"fields": fields}))
        if lead % 5:
            events.append(event(f"{lead}-a", "page_view", key, {"account": f"acme, {lead // 7}", "path": "/"}, lead))
        for paper in range(lead % 4):
            events.append(event(f"{lead}-{paper}", "download", key, {"asset": "a"}, paper))
    log = root / "events.ndjson"
    log.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    command(program, "append", str(log), "--book", str(root))
    command(program, "run", "--book", str(root), "--as-of", AS_OF, "--quiet")
    return root


def event(name, kind, lead, more, minutes=0):
    time = datetime.datetime(2026, 1, 5) + datetime.timedelta(minutes=int(minutes))
    return {"id": str(name), "time": time.isoformat() + "Z", "type": kind, "lead": lead, **more}


def command(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}: {done.returncode}: {done.stderr}"
    return done.stdout


def check(program, book):
    snapshot = book / "snapshots" / "latest"
    manifest = json.loads((snapshot / "manifest.json").read_text(encoding="utf-8"))
    cells = 0
    for form, read in [("parquet", read_pyarrow), ("parquet", read_duckdb), ("ndjson", read_ndjson),
                       ("spreadsheet", read_spreadsheet), ("sqlite", read_sqlite)]:
        target = book / f"out-{form}"
        command(program, "export", form, str(target), "--book", str(book))
        description = describe(program, target, form, book)
        names = {table["source"] for table in description["tables"]}
        assert names == {file["path"] for file in manifest["files"] if is_table(file["path"])}, names
        for table in description["tables"]:
            wanted = read_snapshot(snapshot / table["source"], table)
            found = read(target, table)
            assert len(found) == len(wanted) == table["rows"], (form, table["name"], len(found), len(wanted))
            columns = [column for column in table["columns"] if "source" in column]
            for number, (one, other) in enumerate(zip(found, wanted)):
                for column in columns:
                    name = column["name"]
                    assert same(one[name], other[name], column["type"]), (
                        form, table["name"], number, name, one[name], other[name])
                if form != "spreadsheet" and "as_of" in one:
                    assert one["definition"] == manifest["definition"]["name"]
                    assert one["definition_sha256"] == manifest["definition"]["sha256"]
            cells += len(found) * len(columns)
    return cells


def is_table(path):
    return path.endswith(".csv") and path not in ("changes.csv", "ledger.csv")


class Server:
    """A PostgreSQL server of our own, behind a socket in a folder of its own."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        os.chmod(self.folder, 0o755)
        self.programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1] + "/"
        self.data = f"{self.folder}/data"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "-D", self.data, "-A", "trust", "-U", "scores", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()
        self.target = f"host={self.folder} dbname=postgres user=scores"
        return self

    def __exit__(self, *_):
        self.stop("fast")
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, name, *arguments):
        # The server's programs do not run as root.
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*prefix, self.programs + name, *arguments], check=True, cwd=self.folder,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self):
        self.run("pg_ctl", "-D", self.data, "-w", "-l", f"{self.folder}/log",
                 "-o", f"-k {self.folder} -c listen_addresses=''", "start")

    def stop(self, mode):
        self.run("pg_ctl", "-D", self.data, "-m", mode, "stop")

    def query(self, sql):
        with psycopg.connect(self.target) as connection:
            cursor = connection.execute(sql)
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row)) for row in cursor.fetchall()]

    def do(self, sql):
        with psycopg.connect(self.target) as connection:
            connection.execute(sql)


def check_postgres(program, book, server, schema="scorebook"):
    """Exports, and compares each cell."""
    text = command(program, "export", "postgres", server.target, "--schema", schema, "--book", str(book), "--json")
    description = json.loads(text)
    for table in description["tables"]:
        wanted = read_snapshot(book / "snapshots" / "latest" / table["source"], table)
        names = ", ".join(f'"{column["name"]}"' for column in table["columns"] if "source" in column)
        rows = server.query(f'SELECT {names} FROM {schema}."{table["name"]}"')
        assert len(rows) == len(wanted) == table["rows"], (table["name"], len(rows), len(wanted))
        keys = table["key"]
        found = {tuple(row[key] for key in keys): row for row in rows}
        for row in wanted:
            other = found[tuple(row[key] for key in keys)]
            for column in table["columns"]:
                name = column["name"]
                assert same(other[name], row[name], column["type"]), (table["name"], name, row, other)
        if table["name"].startswith("list_"):
            ordered = server.query(f'SELECT {names} FROM {schema}."{table["name"]}" ORDER BY place')
            assert [row[keys[0]] for row in ordered] == [row[keys[0]] for row in wanted]
    return description


def check_nights(program, book, server):
    """One night after the other: what is the same is not touched, and what others made goes on working."""
    check_postgres(program, book, server)
    before = server.query("SELECT lead, xmin::text AS x FROM scorebook.leads ORDER BY lead")
    server.do("CREATE VIEW best AS SELECT lead, attribute_title FROM scorebook.leads WHERE score_small > 0")
    server.do("CREATE ROLE reader; GRANT SELECT ON scorebook.leads TO reader")
    check_postgres(program, book, server)
    assert server.query("SELECT lead, xmin::text AS x FROM scorebook.leads ORDER BY lead") == before

    # A reader sees one night or the other while the next is exported, and a killed server leaves the one before.
    command(program, "run", "--book", str(book), "--as-of", "2026-06-01T00:00:00Z", "--quiet")
    sights, done = set(), threading.Event()

    def read():
        while not done.is_set():
            row = server.query("SELECT (SELECT as_of FROM scorebook.scorebook_snapshot) AS as_of, "
                               "(SELECT sum(raw_small) FROM scorebook.leads) AS points")[0]
            sights.add((row["as_of"], row["points"]))

    reader = threading.Thread(target=read)
    reader.start()
    check_postgres(program, book, server)
    done.set()
    reader.join()
    assert len({as_of for as_of, _ in sights}) == len(sights) <= 2, sights

    definition = DEFINITION.replace("columns: [attribute.title, attribute.crm.id]", "")
    (book / "pipeline.yaml").write_text(definition, encoding="utf-8")
    command(program, "run", "--book", str(book), "--as-of", "2026-06-02T00:00:00Z", "--quiet")
    server.stop("immediate")
    failed = subprocess.run([program, "export", "postgres", server.target, "--book", str(book)],
                            capture_output=True, text=True, check=False)
    assert failed.returncode == 74, failed
    server.start()
    check_postgres(program, book, server)
    assert {row["attribute_title"] for row in server.query("SELECT * FROM best")} == {None}
    server.do("SET ROLE reader; SELECT count(*) FROM scorebook.leads")
    secret = subprocess.run([program, "export", "postgres", "postgres://scores:secret@nowhere/x", "--book", str(book)],
                            capture_output=True, text=True, check=False)
    assert secret.returncode == 73 and "secret" not in secret.stderr, secret
    print("postgres: the same cells, nothing touched that is the same, nothing lost", flush=True)


def describe(program, target, form, book):
    if form == "sqlite":
        return json.loads(command(program, "export", form, str(target), "--book", str(book), "--json"))
    return json.loads((target / "export.json").read_text(encoding="utf-8"))


def read_snapshot(path, table):
    names = {column["source"]: column["name"] for column in table["columns"] if "source" in column}
    with open(path, encoding="utf-8", newline="") as file:
        return [{names[name]: text for name, text in row.items()} for row in csv.DictReader(file)]


def read_pyarrow(target, table):
    return pyarrow.parquet.read_table(target / f"{table['name']}.parquet").to_pylist()


def read_duckdb(target, table):
    found = duckdb.sql(f"SELECT * FROM read_parquet('{target}/{table['name']}.parquet')")
    return [dict(zip(found.columns, row)) for row in found.fetchall()]


def read_ndjson(target, table):
    with open(target / f"{table['name']}.ndjson", encoding="utf-8") as file:
        return [json.loads(line, parse_float=decimal.Decimal) for line in file]


def read_spreadsheet(target, table):
    with open(target / f"{table['name']}.csv", encoding="utf-8-sig", newline="") as file:
        return [{name: unguarded(text) for name, text in row.items()} for row in csv.DictReader(file)]


def unguarded(text):
    """Without the apostrophe that stands before what would be a formula."""
    is_guarded = text.startswith("'") and text[1:2] in tuple("=+-@\t\n\r\uff1d\uff0b\uff0d\uff20")
    return text[1:] if is_guarded else text


def read_sqlite(target, table):
    with sqlite3.connect(target) as base:
        base.row_factory = sqlite3.Row
        rows = base.execute(f'SELECT * FROM "{table["name"]}" ORDER BY rowid').fetchall()
        return [dict(row) for row in rows]


def same(found, text, kind):
    """Whether a value is what a cell of a CSV says; an empty cell is none."""
    if text == "":
        return found in (None, "")
    if isinstance(found, str) and kind != "text":
        return found == text
    if kind == "integer":
        return found == int(text)
    if kind.startswith("decimal"):
        if isinstance(found, float):
            return decimal.Decimal(repr(found)) == decimal.Decimal(text)
        return decimal.Decimal(found) == decimal.Decimal(text)
    if kind == "timestamp":
        wanted = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
        return found.astimezone(datetime.timezone.utc) == wanted
    if kind == "boolean":
        return bool(found) == (text == "true")
    return found == text


main()
