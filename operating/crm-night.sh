#!/bin/sh
# One night: append what came in, run, send the CRM what changed, and tell the monitor what became of it.
#
#   crm-night.sh BOOK MAP METRICS-FOLDER 'PUSH COMMAND' [APPEND ARGUMENTS]
#
# It ends as the run does if that fails, else as the export: 0 all was taken, 1 the CRM refused rows, 65 much more
# changed than a night changes and nothing was sent, 74 the push failed, the next night goes on where it ended.
set -u
book=$1 map=$2 metrics=$3 push=$4
shift 4

# What is sound of a bad file is in the log, and the metrics tell of the rest.
if [ $# -gt 0 ]; then
  scorebook append --book "$book" --wait 1h --max-refused 0.01 --metrics-file "$metrics/scorebook.prom" "$@" > /dev/null
fi
scorebook run --book "$book" --wait 1h --keep 30d --metrics-file "$metrics/scorebook.prom" || exit

report=$(scorebook export crm "$book/crm" --book "$book" --map "$map" --push "$push" --json)
code=$?

# A number of the report; nothing where the export failed before it had one.
count() { printf '%s\n' "$report" | sed -n "s/^  \"$1\" *: *\([0-9]*\),*\$/\1/p"; }
sent=$(count acknowledgedRows) refused=$(count rejectedRows) rows=$(count rows)
{
  echo '# HELP scorebook_crm_last_exit_code How the last export to the CRM ended.'
  echo '# TYPE scorebook_crm_last_exit_code gauge'
  echo "scorebook_crm_last_exit_code{book=\"$book\"} $code"
  if [ -n "$rows" ]; then
    echo '# HELP scorebook_crm_last_rows Rows of the last export by what became of them.'
    echo '# TYPE scorebook_crm_last_rows gauge'
    echo "scorebook_crm_last_rows{book=\"$book\",fate=\"taken\"} $sent"
    echo "scorebook_crm_last_rows{book=\"$book\",fate=\"refused\"} $refused"
    echo "scorebook_crm_last_rows{book=\"$book\",fate=\"left\"} $((rows - sent - refused))"
  fi
} > "$metrics/scorebook-crm.prom.new" && chmod 644 "$metrics/scorebook-crm.prom.new" &&
  mv "$metrics/scorebook-crm.prom.new" "$metrics/scorebook-crm.prom"
exit "$code"
