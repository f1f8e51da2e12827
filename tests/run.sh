#!/usr/bin/env bash
# All tests: formatting, lints, licences, every Rust test, the real editors. Exit code 0 when all passed.
#
#   tests/run.sh [--no-editors]
#
# Goes on after a failure, so that one run shows everything, and ends with a summary, one line a step.
set -uo pipefail
cd "$(dirname "$0")/.."

editors=yes
case "${1:-}" in
  '') ;;
  --no-editors) editors=no ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac

summary=()
failed=0

note() { # RESULT NAME SECONDS
  summary+=("$(printf '%-7s %-12s %5d s' "$1" "$2" "$3")")
}

step() { # NAME COMMAND…
  local name=$1 started=$SECONDS
  shift
  printf '\n== %s: %s\n' "$name" "$*"
  if "$@"; then
    note passed "$name" $((SECONDS - started))
  else
    failed=1
    note FAILED "$name" $((SECONDS - started))
  fi
}

skip() { # NAME WHY
  printf '\n== %s: left out, %s\n' "$1" "$2"
  note skipped "$1" 0
}

# The lexicon's compiler lists every mistake in its sources; none may be waved through here.
unset UNSPIN_LEXICON_LENIENT

# Lints and tests share the development profile; the release profile builds the one program that the editors run.
step format cargo fmt --all --check
step lints cargo clippy --workspace --all-targets -- --deny warnings
export PATH=$PATH:$PWD/target/tools/bin
if command -v cargo-deny >/dev/null; then
  # Advisories change from day to day and need the network; `cargo deny check` asks for them, too.
  step licences cargo deny check licenses bans sources
else
  skip licences "there is no cargo-deny: cargo install --locked cargo-deny, or .ci/run"
fi
if rustup target list --installed 2>/dev/null | grep -qx wasm32-unknown-unknown; then
  step wasm cargo check --target wasm32-unknown-unknown -p unspin-core -p unspin-lm
else
  skip wasm "the target is missing: rustup target add wasm32-unknown-unknown"
fi
step rust cargo test --workspace
step program cargo build --release -p unspin
if [ "$editors" = yes ]; then
  step editors tests/editors/run.sh
else
  skip editors "as asked"
fi

printf '\n== summary\n'
printf '%s\n' "${summary[@]}"
if [ "$failed" = 0 ]; then echo "all passed in $SECONDS s"; else echo "some FAILED, after $SECONDS s"; fi
exit "$failed"
