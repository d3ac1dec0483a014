#!/bin/sh
# Lets libFuzzer make up input for our readers, each for SECONDS; what breaks one is kept in .build/fuzz-found.
#
# usage: fuzz.sh [SECONDS]     SEED=… TARGETS="json gzip yaml chain csv calls"
set -eu

seconds="${1:-60}"
targets="${TARGETS:-json gzip yaml chain csv calls}"
found=.build/fuzz-found
export SCOREBOOK_FUZZ=1
build="swift build --scratch-path .build/fuzz --product Fuzz --sanitize=fuzzer --sanitize=address
  -Xswiftc -sanitize-coverage=edge,inline-8bit-counters,pc-table,trace-cmp"
# The linker warns of a thousand symbols that nobody exports.
if ! $build > .build/fuzz.log 2>&1; then
  if grep -q "libclang_rt.fuzzer" .build/fuzz.log; then
    echo "SKIPPED: fuzzing (this toolchain comes without libFuzzer)"
    exit 0
  fi
  grep -v "Cannot export local symbol" .build/fuzz.log
  exit 1
fi

for target in $targets; do
  mkdir -p "$found/$target"
  echo "fuzzing $target for $seconds s"
  # No leaks: what Foundation keeps for ever is no leak of ours, and the sanitizer cannot tell.
  ASAN_OPTIONS=detect_leaks=0 FUZZ_TARGET=$target .build/fuzz/debug/Fuzz \
    -max_total_time="$seconds" ${SEED:+-seed="$SEED"} -timeout=20 -rss_limit_mb=3000 \
    -verbosity=0 -print_final_stats=1 -artifact_prefix="$found/$target-" \
    "$found/$target" "Tests/Fuzz/corpus/$target" 2> "$found/$target.log" ||
    { cat "$found/$target.log"; exit 1; }
  grep -E "executed_units|new_units|peak_rss" "$found/$target.log"
done
echo "nothing broke"
