#!/usr/bin/env bash
# All tests in real editors: sets up what is missing, runs them, prints a summary line; exit code 0 when all passed.
#
#   tests/editors/run.sh [--more] [TEST.mjs …]     the server is $UNSPIN_BIN, or else target/release/unspin
#
# --more also installs and tests Debian's Neovim, Emacs and Vim. Pictures of what was seen: target/screenshots.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export UNSPIN_TEST_CACHE=${UNSPIN_TEST_CACHE:-$root/target/editors}
export UNSPIN_BIN=${UNSPIN_BIN:-$root/target/release/unspin}
more=()
if [ "${1:-}" = --more ]; then
  more=(--more)
  shift
fi
if [ ! -x "$UNSPIN_BIN" ]; then
  echo "editor tests: there is no server at $UNSPIN_BIN; build it with: cargo build --release" >&2
  exit 2
fi
started=$SECONDS
"$here/setup.sh" "${more[@]}"
export PATH=$UNSPIN_TEST_CACHE/node/bin:$PATH
set_up=$((SECONDS - started))

mkdir -p "$root/target/screenshots"
rm -f "$root/target/screenshots/"*.png
cd "$here"
tests=("$@")
[ ${#tests[@]} -gt 0 ] || tests=(*.test.mjs)
log=$root/target/editor-tests.log
status=0
# One after the other: each VS Code takes half a gigabyte and both cores. A machine that is busy with something else can be too slow for
# an editor's own time limits, so what fails has a second try; it is said when one was needed.
: >"$log"
passed=0 failed=0 skipped=0 again=""
for test in "${tests[@]}"; do
  one=$(mktemp)
  for try in first second; do
    result=0
    node --test --test-concurrency=1 --test-reporter=spec "$test" >"$one" 2>&1 || result=$?
    tee -a "$log" <"$one"
    [ "$result" = 0 ] && break
    [ "$try" = first ] && again+=" $test"
  done
  count() { sed -n "s/^ℹ $1 \([0-9]*\)$/\1/p" "$one"; }
  passed=$((passed + $(count pass))) failed=$((failed + $(count fail))) skipped=$((skipped + $(count skipped)))
  [ "$result" = 0 ] || status=$result
  rm -f "$one"
done
[ -z "$again" ] || echo "editor tests: needed a second try:$again"
echo "editor tests: $passed passed, $failed failed, $skipped skipped; set-up $set_up s, tests $((SECONDS - started - set_up)) s; pictures in target/screenshots"
exit "$status"
