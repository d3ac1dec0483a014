#!/bin/sh
# Sends one file of `export crm` to Mautic: --push 'sh push-mautic.sh "$1"'.
#
# MAUTIC_URL is where it stands, as https://mautic.example.com. USER:PASSWORD of a user of the API stands in
# MAUTIC_USER, or in the file that MAUTIC_USER_FILE names. Needs curl and python3.
# https://devdocs.mautic.org/en/latest/rest_api/contacts.html
set -eu
. "$(dirname "$0")/push-common.sh"
read_token MAUTIC_USER
authorization="Basic $(printf %s "$token" | base64 | tr -d '\n')"
api="${MAUTIC_URL:?where does Mautic stand?}/api/$SCOREBOOK_OBJECT"

# Notes which records of a batch were refused: an error stands at the record's place in it.
note_errors() {
  python3 - "$1" "$answer" "$SCOREBOOK_MATCH" "${SCOREBOOK_CLEARS:-}" >> "$work/rejected" <<'END' || stop Mautic
import json, sys
sent = json.load(open(sys.argv[1]))
answer = json.load(open(sys.argv[2]))
errors = answer.get("errors") or {}
if isinstance(errors, list):
    errors = dict(enumerate(errors))
if len(answer.get("statusCodes", {})) != len(sent):
    sys.exit("the answer does not speak of every record")
for place, error in errors.items():
    key = str(sent[int(place)][sys.argv[3]])
    print(key, error.get("message", ""), file=sys.stderr)
    if not (sys.argv[4] and error.get("code") == 404):
        print(json.dumps(key, ensure_ascii=False) if '"' in key or "\n" in key else key)
END
}

batch() {
  request --request "$1" --header 'Content-Type: application/json' --data-binary "@$2" "$3"
  case $status in
    200 | 201) note_errors "$2" ;;
    *) stop Mautic ;;
  esac
}

# By another field than its id Mautic makes the contacts that it does not find. One that is only to be cleared must
# not come back, so its id is looked up.
find_ids() {
  python3 -c 'import json, sys
for record in json.load(open(sys.argv[1])): print(record[sys.argv[2]])' "$1" "$SCOREBOOK_MATCH" > "$work/keys"
  : > "$work/found"
  while IFS= read -r key; do
    request --get --data-urlencode "where[0][col]=$SCOREBOOK_MATCH" --data-urlencode 'where[0][expr]=eq' \
      --data-urlencode "where[0][val]=$key" --data 'minimal=1' "$api"
    [ "$status" = 200 ] || stop Mautic
    tr -d '\n' < "$answer" >> "$work/found"
    echo >> "$work/found"
  done < "$work/keys"
  python3 - "$1" "$work/found" "$SCOREBOOK_OBJECT" > "$2" <<'END'
import json, sys
records = json.load(open(sys.argv[1]))
found = [json.loads(line)[sys.argv[3]] for line in open(sys.argv[2])]
json.dump([
    {**record, "id": each["id"]} for record, there in zip(records, found, strict=True)
    for each in (there.values() if isinstance(there, dict) else there)], sys.stdout)
END
}

if [ -n "${SCOREBOOK_CLEARS:-}" ] && [ "$SCOREBOOK_MATCH" != id ]; then
  find_ids "$1" "$work/batch"
  if [ "$(cat "$work/batch")" != "[]" ]; then batch PATCH "$work/batch" "$api/batch/edit"; fi
elif [ "$SCOREBOOK_OPERATION" = update ]; then
  batch PATCH "$1" "$api/batch/edit"
else
  batch POST "$1" "$api/batch/new"
fi
if [ -s "$work/rejected" ]; then cp "$work/rejected" "$1.rejected"; fi
