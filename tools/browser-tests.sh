#!/bin/sh
# Runs the explorer's tests in a real browser; installs what they need where it is missing.
# usage: browser-tests.sh PROGRAM [SCREENSHOTS]
set -eu
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null 2>&1 || ! command -v chromedriver >/dev/null 2>&1; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "error: there is no chromium, or no chromedriver" >&2
    echo "hint: install both, then try again" >&2
    exit 69
  fi
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-driver >/dev/null
fi
tools=.build/browser-tests
if ! [ -x "$tools/bin/python" ]; then
  python3 -m venv "$tools" 2>/dev/null || {
    sudo=""
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    $sudo apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    python3 -m venv "$tools"
  }
fi
"$tools/bin/pip" install -q 'selenium>=4.20' 'axe-selenium-python==2.1.6'
exec "$tools/bin/python" Tests/Browser/explorer.py "$@"
