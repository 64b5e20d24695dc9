#!/usr/bin/env bash
# Bring the database up to date, build the demo district once, serve. Called by `make run`.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\033[1m[run]\033[0m %s\n' "$*" >&2; }
export GONGKAI_BASE_URL="${GONGKAI_BASE_URL:-http://127.0.0.1:${PORT:-8000}}"
say "bringing the database up to date"
.venv/bin/gongkai migrate --verbosity 0
.venv/bin/gongkai collectstatic --noinput --verbosity 0
if ! .venv/bin/gongkai demo --is-built; then
  say "building the demo district 云溪区 (fictional) through the real import, review and publication"
  .venv/bin/gongkai demo --scale district
fi
.venv/bin/gongkai demo --sign-ins
exec .venv/bin/gongkai serve --host 127.0.0.1 --port "${PORT:-8000}"
