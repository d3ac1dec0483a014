#!/bin/sh
# Sends one file of `export crm` to Salesforce as a job of the Bulk API 2.0: --push 'sh push-salesforce.sh "$1"'.
#
# SALESFORCE_URL is the instance, as https://acme.my.salesforce.com. An access token stands in SALESFORCE_TOKEN, or
# in the file that SALESFORCE_TOKEN_FILE names. Needs curl and python3.
# https://developer.salesforce.com/docs/platform/api-asynch/guide/bulk-api-2-0-ingest.html
# https://developer.salesforce.com/docs/platform/api-asynch/guide/get-job-failed-results.html
set -eu
. "$(dirname "$0")/push-common.sh"
read_token SALESFORCE_TOKEN
authorization="Bearer $token"
jobs="${SALESFORCE_URL:?which instance of Salesforce?}/services/data/v60.0/jobs/ingest"

member() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1])).get(sys.argv[2], ""))' "$answer" "$1"; }

# There is no update by an External ID. An upsert of one that is not there fails, for want of its name.
operation=upsert
if [ "$SCOREBOOK_MATCH" = Id ]; then operation=update; fi

python3 - "$operation" > "$work/job" <<'END'
import json, os, sys
job = {"object": os.environ["SCOREBOOK_OBJECT"], "operation": sys.argv[1], "contentType": "CSV", "lineEnding": "LF"}
if sys.argv[1] == "upsert":
    job["externalIdFieldName"] = os.environ["SCOREBOOK_MATCH"]
json.dump(job, sys.stdout)
END
request --header 'Content-Type: application/json' --data-binary "@$work/job" "$jobs"
[ "$status" = 200 ] || stop Salesforce
job=$(member id)

request --request PUT --header 'Content-Type: text/csv' --data-binary "@$1" "$jobs/$job/batches"
[ "$status" = 201 ] || stop Salesforce
request --request PATCH --header 'Content-Type: application/json' --data '{"state":"UploadComplete"}' "$jobs/$job"
# Sent twice because an answer was lost, the second is refused: what it has come to, the job tells.
case $status in 200 | 400 | 409) ;; *) stop Salesforce ;; esac

pause=1
while :; do
  request "$jobs/$job"
  [ "$status" = 200 ] || stop Salesforce
  case $(member state) in
    JobComplete) break ;;
    Failed | Aborted | Open) stop Salesforce ;;
  esac
  sleep "$pause"
  if [ "$pause" -lt 32 ]; then pause=$((pause * 2)); fi
done
[ "$(member numberRecordsFailed)" != 0 ] || exit 0

request "$jobs/$job/failedResults/"
[ "$status" = 200 ] || stop Salesforce
python3 - "$answer" > "$work/rejected" <<'END'
import csv, os, sys
for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")):
    key, error = row[os.environ["SCOREBOOK_MATCH"]], row["sf__Error"]
    print(key, error, file=sys.stderr)
    # A record that is not there has nothing left to clear.
    gone = ("REQUIRED_FIELD_MISSING", "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY")
    if not (os.environ.get("SCOREBOOK_CLEARS") and error.startswith(gone)):
        csv.writer(sys.stdout, lineterminator="\n").writerow([key])
END
if [ -s "$work/rejected" ]; then cp "$work/rejected" "$1.rejected"; fi
