#!/usr/bin/env bash
# Every check that needs no test run; each prints its name and goes on, the sum decides.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()
step() { # step NAME COMMAND...
  local name=$1; shift
  local started=$SECONDS
  if output=$("$@" 2>&1); then
    printf '  ok    %-12s %3ss\n' "$name" $((SECONDS - started))
  else
    printf '  FAIL  %-12s %3ss\n%s\n' "$name" $((SECONDS - started)) "$(tail -60 <<<"$output")"
    failed+=("$name")
  fi
}
step ruff .venv/bin/ruff check .
step format .venv/bin/ruff format --check .
step mypy .venv/bin/mypy gongkai
step layers .venv/bin/lint-imports
step migrations .venv/bin/gongkai --data-dir /tmp/gongkai-check-$$ makemigrations --check --dry-run
step django .venv/bin/gongkai --data-dir /tmp/gongkai-check-$$ check
rm -rf /tmp/gongkai-check-$$
if [ ${#failed[@]} -gt 0 ]; then
  echo "check: FAILED: ${failed[*]}"; exit 1
fi
echo "check: all ok"
