#!/usr/bin/env bash
# The whole suite: SQLite, PostgreSQL, browser journeys. Prints a summary; exit 1 when any part fails.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=() summary=()
part() { # part NAME COMMAND...
  local name=$1; shift
  local started=$SECONDS
  echo "== $name"
  if "$@"; then summary+=("  ok    $name $((SECONDS - started)) s"); else
    summary+=("  FAIL  $name $((SECONDS - started)) s"); failed+=("$name"); fi
}
workers=${TEST_WORKERS:-2}
part "suite on SQLite" .venv/bin/pytest -q -n "$workers" -m "not journey" --durations=15
dir=$(mktemp -d /tmp/gongkai-postgres-XXXXXX)
trap 'tools/postgres.sh stop "$dir" >/dev/null 2>&1' EXIT
if url=$(tools/postgres.sh start "$dir"); then
  part "suite on PostgreSQL" env GONGKAI_TEST_DATABASE_URL="$url" \
    .venv/bin/pytest -q -n "$workers" -m "not journey and not pure"
else
  failed+=("PostgreSQL could not be started")
fi
part "browser journeys" .venv/bin/pytest -q -n "$workers" -m journey
printf '%s\n' "== summary" "${summary[@]}"
if [ ${#failed[@]} -gt 0 ]; then echo "test: FAILED: ${failed[*]}"; exit 1; fi
echo "test: all ok"
