#!/bin/sh
# Reads exports back by programs of others; installs these where they are missing.
# usage: export-tests.sh PROGRAM
set -eu
cd "$(dirname "$0")/.."

sudo=""
[ "$(id -u)" -eq 0 ] || sudo=sudo
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "error: there is no PostgreSQL server" >&2
    echo "hint: install one, then try again" >&2
    exit 69
  fi
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
fi
tools=.build/export-tests
if ! [ -x "$tools/bin/python" ]; then
  python3 -m venv "$tools" 2>/dev/null || {
    $sudo apt-get install -y -qq python3-venv >/dev/null
    python3 -m venv "$tools"
  }
fi
"$tools/bin/pip" install -q pyarrow duckdb pytz 'psycopg[binary]'
exec "$tools/bin/python" Tests/Exports/exports.py "$@"
