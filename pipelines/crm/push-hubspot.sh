#!/bin/sh
# Sends one file of `export crm` to HubSpot: --push 'sh push-hubspot.sh "$1"'.
#
# The token of a private app stands in HUBSPOT_TOKEN, or in the file that HUBSPOT_TOKEN_FILE names.
# HUBSPOT_URL is another server, for tests. Needs curl and python3.
# https://developers.hubspot.com/docs/api-reference/legacy/crm/objects/contacts/batch/upsert-contacts
# https://developers.hubspot.com/docs/api-reference/error-handling
set -eu
. "$(dirname "$0")/push-common.sh"
read_token HUBSPOT_TOKEN
authorization="Bearer $token"
url="${HUBSPOT_URL:-https://api.hubapi.com}/crm/v3/objects/$SCOREBOOK_OBJECT/batch/$SCOREBOOK_OPERATION"

# Sends a batch. One wrong record may refuse all of it: then each half is sent by itself, down to that record.
send() {
  request --header 'Content-Type: application/json' --data-binary "@$1" "$url"
  case $status in
    200 | 201) ;;
    207) python3 - "$1" "$answer" "${SCOREBOOK_CLEARS:-}" >> "$work/rejected" <<'END' || stop HubSpot
import json, sys
sent = {record["id"] for record in json.load(open(sys.argv[1]))["inputs"]}
for error in json.load(open(sys.argv[2])).get("errors", []):
    context = error.get("context", {})
    keys = context.get("objectWriteTraceId") or context.get("ids") or [error.get("id")]
    if not sent.issuperset(keys):
        sys.exit("an error does not say which records it is about")
    print(error.get("message", ""), *keys, file=sys.stderr)
    # A record that is not there has nothing left to clear.
    if not (sys.argv[3] and error.get("category") == "OBJECT_NOT_FOUND"):
        print(*(json.dumps(key, ensure_ascii=False) if '"' in key or "\n" in key else key for key in keys), sep="\n")
END
      ;;
    400)
      # What HubSpot does not know at all is wrong in the map, and no record's fault.
      if grep -q PROPERTY_DOESNT_EXIST "$answer"; then stop HubSpot; fi
      python3 - "$1" "$work/rejected" <<'END'
import json, sys
inputs = json.load(open(sys.argv[1]))["inputs"]
if len(inputs) == 1:
    open(sys.argv[2], "a").write(inputs[0]["id"] + "\n")
else:
    for name, half in ("a", inputs[: len(inputs) // 2]), ("b", inputs[len(inputs) // 2 :]):
        json.dump({"inputs": half}, open(sys.argv[1] + name, "w"))
END
      if [ -f "$1a" ]; then
        send "$1a"
        send "$1b"
      else
        head -c 500 "$answer" >&2
      fi
      ;;
    *) stop HubSpot ;;
  esac
}

cp -- "$1" "$work/batch"
send "$work/batch"
if [ -s "$work/rejected" ]; then cp "$work/rejected" "$1.rejected"; fi
