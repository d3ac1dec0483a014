#!/bin/sh
# Sends one file of `export crm` to HubSpot: --push 'sh push-hubspot.sh "$1"'.
#
# The token of a private app stands in HUBSPOT_TOKEN, or in the file that HUBSPOT_TOKEN_FILE names, which only
# its owner may read. HUBSPOT_URL is another server, for tests.
# https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/batch/upsert-contacts
set -eu

token=${HUBSPOT_TOKEN:-}
if [ -z "$token" ]; then
  file=${HUBSPOT_TOKEN_FILE:?name a file with the token, or set HUBSPOT_TOKEN}
  case $(ls -lLd -- "$file") in
    -r??------*) token=$(cat -- "$file") ;;
    *) echo "$file: others may read it; chmod 600 it" >&2; exit 1 ;;
  esac
fi

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# The token goes by standard input: arguments can be seen by everybody on the machine. curl waits as long as
# Retry-After says after a 429, and tries again after 5xx or a cut connection: an upsert may be sent twice.
status=$(printf 'header = "Authorization: Bearer %s"\n' "$token" | curl --config - \
  --silent --show-error --output "$answer" --write-out '%{http_code}' --max-time 120 \
  --retry 8 --retry-all-errors --header 'Content-Type: application/json' --data-binary "@$1" \
  "${HUBSPOT_URL:-https://api.hubapi.com}/crm/v3/objects/$SCOREBOOK_OBJECT/batch/$SCOREBOOK_OPERATION")

case $status in
  200 | 201) ;;
  # Some records were taken: an error names the ids of those that were not.
  207) python3 - "$answer" > "$1.rejected" <<'END'
import json, sys
for error in json.load(open(sys.argv[1])).get("errors", []):
    for key in error.get("context", {}).get("ids", [error.get("id")]):
        print(key)
END
    ;;
  # One wrong record refuses a whole batch.
  400) cat "$answer" >&2; exit 1 ;;
  *) echo "HubSpot answered $status" >&2; cat "$answer" >&2; exit 1 ;;
esac
