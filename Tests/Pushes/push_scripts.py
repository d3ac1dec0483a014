"""Pushes files by the scripts of pipelines/crm to a server on the loopback interface that behaves as the CRMs'
documentation says; each script cites it.

usage: push_scripts.py FOLDER
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

FIELDS = {"score": int, "grade": str}


class Server(ThreadingHTTPServer):
    def handle_error(self, *about):
        """Who asked has gone away: that is meant."""


class CRM(BaseHTTPRequestHandler):
    """Each request meets the next trouble first: a status, `cut` (taken, but not answered) or `slow`."""

    troubles, records, jobs, requests = [], {}, {}, []

    def log_message(self, *words):
        pass

    def answer(self, status, body="", headers=()):
        body = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        CRM.requests.append((self.command, self.path))
        if self.headers["Authorization"] not in ("Bearer secret", "Basic dTpw"):
            return self.answer(401)
        trouble = CRM.troubles.pop(0) if CRM.troubles else None
        if trouble == 429:
            return self.answer(429, "{}", [("Retry-After", "1")])
        if isinstance(trouble, int):
            return self.answer(trouble, "{}")
        if trouble == "slow":
            time.sleep(1.5)
        result = self.result(urlsplit(self.path), body)
        if trouble == "cut":
            self.close_connection = True
            return self.connection.close()
        return self.answer(*result)

    do_GET = do_POST = do_PUT = do_PATCH = handle_request

    def result(self, url, body):
        if url.path.startswith("/crm/v3/"):
            return self.hubspot(url.path.split("/"), json.loads(body)["inputs"])
        if url.path.startswith("/api/"):
            return self.mautic(url, body)
        return self.salesforce(url.path.split("/jobs/ingest")[1].strip("/").split("/"), body)

    def fault(self, key, fields):
        unknown = fields.keys() - FIELDS
        if unknown:
            return "PROPERTY_DOESNT_EXIST " + unknown.pop()
        if key.startswith("bad"):
            return "INVALID_EMAIL"
        score = str(fields.get("score", ""))
        return "" if score in ("", "#N/A") or score.isdigit() else "score is no number"

    def hubspot(self, path, inputs):
        keys = [record["id"] for record in inputs]
        if len(keys) > 100 or len(set(keys)) < len(keys):
            return 400, {"category": "VALIDATION_ERROR", "message": "too many, or twice"}
        errors, taken = [], []
        for record in inputs:
            key, fields = record["id"], record["properties"]
            fault = self.fault(key, fields)
            if fault and not record.get("objectWriteTraceId") or "PROPERTY" in fault or key.startswith("bad-all"):
                return 400, {"category": "VALIDATION_ERROR", "message": fault}
            if fault:
                errors.append({"status": "error", "category": "VALIDATION_ERROR", "message": fault,
                               "context": {"objectWriteTraceId": [key]}})
            elif path[-1] == "update" and key not in CRM.records:
                errors.append({"status": "error", "category": "OBJECT_NOT_FOUND", "message": "no such record",
                               "context": {"ids": [key]}})
            else:
                CRM.records.setdefault(key, {}).update(fields)
                taken.append({"id": key})
        answer = {"status": "COMPLETE", "results": taken}
        if errors:
            return 207, {**answer, "numErrors": len(errors), "errors": errors}
        return 200, answer

    def mautic(self, url, body):
        if self.command == "GET":
            value = parse_qs(url.query)["where[0][val]"][0]
            number = len(CRM.jobs) + 1
            CRM.jobs[number] = value
            there = {str(number): {"id": number}} if value in CRM.records else []
            return 200, {"total": len(there), "contacts": there}
        records = json.loads(body)
        if len(records) > 200:
            return 500, {"errors": [{"code": 500, "message": "too many"}]}
        codes, errors = {}, {}
        for place, record in enumerate(records):
            key = CRM.jobs[record["id"]] if url.path.endswith("edit") else record["email"]
            fields = {name: value for name, value in record.items() if name in FIELDS}
            fault = self.fault(key, fields)
            codes[place] = 400 if fault else 200
            if fault:
                errors[place] = {"code": 400, "message": fault}
            else:
                there = CRM.records.setdefault(key, {})
                there.update({name: value for name, value in fields.items()
                              if value != "" or record.get("overwriteWithBlank")})
        return 201, {"contacts": [], "statusCodes": codes, **({"errors": errors} if errors else {})}

    def salesforce(self, path, body):
        if path == [""]:
            job = json.loads(body)
            if job["lineEnding"] != "LF" or job["contentType"] != "CSV":
                return 400, [{"errorCode": "INVALIDJOB"}]
            CRM.jobs["j"] = {**job, "id": "j", "state": "Open", "polls": 0}
            return 200, CRM.jobs["j"]
        job = CRM.jobs[path[0]]
        if path[1:] == ["batches"]:
            job["rows"] = list(csv.DictReader(io.StringIO(body.decode())))
            return 201, ""
        if self.command == "PATCH":
            if job["state"] != "Open":
                return 400, [{"errorCode": "INVALIDJOBSTATE"}]
            job["state"] = "UploadComplete"
            return 200, job
        if path[1:] == []:
            job["polls"] += 1
            if job["polls"] == (1 if CRM.records else 2):
                self.work(job)
            return 200, {name: value for name, value in job.items() if name not in ("rows", "failed")}
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(["sf__Id", "sf__Error", *job["rows"][0]])
        for error, row in job["failed"]:
            rows.writerow(["", error, *row.values()])
        return 200, text.getvalue()

    def work(self, job):
        job["failed"] = []
        for row in job["rows"]:
            fields = {name: value for name, value in row.items() if name != job["externalIdFieldName"]}
            key = row[job["externalIdFieldName"]]
            fault = self.fault(key, fields)
            if not fault and key.startswith("gone"):
                fault = "REQUIRED_FIELD_MISSING:LastName"
            if fault:
                job["failed"].append((fault, row))
            else:
                there = CRM.records.setdefault(key, {})
                there.update({name: "" if value == "#N/A" else value for name, value in fields.items() if value})
        job.update(state="JobComplete", numberRecordsFailed=len(job["failed"]))


class Push:
    """Files as `export crm` writes them, and the script that sends them."""

    def __init__(self, profile, scripts, folder, port):
        self.profile, self.folder = profile, folder
        self.script = f"{scripts}/push-{profile}.sh"
        self.match = "Key__c" if profile == "salesforce" else "email"
        url = f"http://127.0.0.1:{port}"
        token = "u:p" if profile == "mautic" else "secret"
        name = "MAUTIC_USER" if profile == "mautic" else f"{profile.upper()}_TOKEN"
        self.token = name, token
        self.environment = {
            **os.environ, f"{profile.upper()}_URL": url, "SCOREBOOK_OBJECT": "contacts",
            "SCOREBOOK_MATCH": self.match, name: token, "PUSH_SECONDS": "1", "PUSH_TRIES": "3"}

    def body(self, rows):
        if self.profile == "hubspot":
            return json.dumps({"inputs": [
                {"id": key, "idProperty": "email", "objectWriteTraceId": key, "properties": fields}
                for key, fields in rows]})
        if self.profile == "mautic":
            return json.dumps([{"email": key, "overwriteWithBlank": True, **fields} for key, fields in rows])
        names = list(rows[0][1])
        lines = [",".join([self.match, *names])]
        lines += [",".join([key, *(fields[name] or "#N/A" for name in names)]) for key, fields in rows]
        return "".join(line + "\n" for line in lines)

    def __call__(self, rows, troubles=(), clears=False, **environment):
        CRM.troubles[:] = troubles
        CRM.requests.clear()
        file = self.folder / "000001-leads-0123abcd"
        file.write_text(self.body(rows))
        answer = pathlib.Path(f"{file}.rejected")
        answer.unlink(missing_ok=True)
        done = subprocess.run(
            ["sh", self.script, file], capture_output=True, text=True,
            env={**self.environment, "SCOREBOOK_OPERATION": "update" if clears else "upsert",
                 "SCOREBOOK_CLEARS": "1" if clears else "", **environment})
        refused = answer.read_text().splitlines() if answer.exists() else []
        return done.returncode, refused, done.stderr


def check(push, folder):
    def same(*pair):
        assert pair[0] == pair[1], f"{push.profile}: {pair[0]!r} is not {pair[1]!r}"

    CRM.records.clear()
    rows = [(f"a{index}@x.io", {"score": str(index), "grade": "A"}) for index in range(4)]
    same(push(rows)[:2], (0, []))
    same(CRM.records, dict(rows))

    for troubles in ([429], [503], ["cut"], ["slow"]):
        CRM.records.clear()
        code, refused, _ = push(rows, troubles)
        same((code, refused, CRM.records), (0, [], dict(rows)))
        assert len(CRM.requests) > 1, f"{push.profile}: {troubles} was not tried again"

    CRM.records.clear()
    code, refused, told = push([*rows, ("bad@x.io", {"score": "1", "grade": "A"})])
    same((code, refused, CRM.records), (0, ["bad@x.io"], dict(rows)))
    assert "INVALID_EMAIL" in told

    # All of a batch is refused for one of its records.
    if push.profile == "hubspot":
        CRM.records.clear()
        code, refused, _ = push([*rows, ("bad-all@x.io", {"score": "1", "grade": "A"})])
        same((code, refused, CRM.records), (0, ["bad-all@x.io"], dict(rows)))
        code, refused, told = push([(key, {**fields, "shoe": "44"}) for key, fields in rows])
        same((code, refused), (1, []))
        assert "PROPERTY_DOESNT_EXIST" in told

    CRM.records.clear()
    CRM.records[rows[0][0]] = {"score": "9", "grade": "B"}
    nothing = {"score": "", "grade": ""}
    same(push([(rows[0][0], nothing), ("gone@x.io", nothing)], clears=True)[:2], (0, []))
    same(CRM.records, {rows[0][0]: nothing})

    name, token = push.token
    same(push(rows, [503] * 9, PUSH_TRIES="1")[:2], (1, []))
    same(push(rows, **{name: "wrong"})[0], 1)
    file = folder / "token"
    file.write_text(token)
    for mode, code in ((0o644, 1), (0o600, 0)):
        file.chmod(mode)
        same(push(rows, **{name: "", f"{name}_FILE": str(file)})[0], code)


def main():
    server = Server(("127.0.0.1", 0), CRM)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for profile in ("hubspot", "mautic", "salesforce"):
            check(Push(profile, sys.argv[1], folder, server.server_port), folder)
    print("all three scripts do what they say")


if __name__ == "__main__":
    main()
