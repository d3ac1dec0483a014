#!/bin/sh
# Installs the C libraries that Scorebook is built with, where they are missing.
set -eu

missing=""
has_header() { printf '#include <%s>\n' "$1" | "${CC:-clang}" -E -x c - >/dev/null 2>&1; }
has_header zlib.h || missing="$missing zlib1g-dev"
has_header openssl/evp.h || missing="$missing libssl-dev"
has_header sqlite3.h || missing="$missing libsqlite3-dev"
if [ "${ISAL:-yes}" != no ]; then
  has_header isa-l/igzip_lib.h || missing="$missing libisal-dev"
fi

if [ "${POSTGRES:-yes}" != no ]; then
  pkg-config --exists libpq 2>/dev/null || has_header postgresql/libpq-fe.h || missing="$missing libpq-dev"
fi

if ! command -v swift >/dev/null 2>&1; then
  echo "error: there is no 'swift' here; Scorebook needs Swift 6.2 or later" >&2
  echo "hint: https://www.swift.org/install has it for this system" >&2
  exit 69
fi
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "error: C libraries are missing:$missing" >&2
  echo "hint: install what your system calls these, with headers, then try again; ISAL=no does without libisal" >&2
  exit 69
fi
sudo=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "error: C libraries are missing:$missing" >&2
    echo "hint: as root, run: apt-get install$missing" >&2
    exit 69
  fi
  sudo="sudo"
fi
echo "installing:$missing" >&2
$sudo apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing
