# What the scripts of this folder that push to a CRM share; they read it with `.`.

answer=$(mktemp)
work=$(mktemp -d)
trap 'rm -rf "$answer" "$work"' EXIT
trap 'exit 1' HUP INT TERM

# Sets `token` to what the variable NAME says, or the file that NAME_FILE names, which only its owner may read.
read_token() {
  eval "token=\${$1:-}"
  [ -z "$token" ] || return 0
  eval "file=\${$1_FILE:-}"
  [ -n "$file" ] || { echo "set $1, or name a file with the token in $1_FILE" >&2; exit 1; }
  [ -f "$file" ] || { echo "$file: no such file" >&2; exit 1; }
  case $(ls -lLd -- "$file") in
    -r??------*) token=$(cat -- "$file") ;;
    *) echo "$file: others may read it; chmod 600 it" >&2; exit 1 ;;
  esac
}

# Sends a request, the rest of the arguments going to curl; sets `status`, and leaves the body in $answer.
#
# The token goes by standard input: arguments can be seen by everybody on the machine. curl waits as long as
# Retry-After says after a 429, and tries again after 5xx, a cut connection or no answer in time: what it sends may
# arrive twice, which an upsert does not mind.
request() {
  status=$(printf 'header = "Authorization: %s"\n' "$authorization" | curl --config - --silent --show-error \
    --output "$answer" --write-out '%{http_code}' --max-time "${PUSH_SECONDS:-120}" \
    --retry "${PUSH_TRIES:-8}" --retry-all-errors "$@")
}

# Tells what the CRM answered, and stops: nobody knows what became of the file.
stop() {
  echo "$1 answered $status: $(head -c 2000 "$answer")" >&2
  exit 1
}
