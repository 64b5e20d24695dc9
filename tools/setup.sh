#!/usr/bin/env bash
# Install what Gongkai needs: `setup.sh run` for running, `setup.sh test` for the suite as well.
# Safe to run again: a step whose input did not change is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
say() { printf '\033[1m[setup]\033[0m %s\n' "$*" >&2; }
fail() { printf '\033[31m[setup] %s\033[0m\n' "$*" >&2; exit 1; }

# Debian packages: installed where missing and permitted, else named with the command to run.
install_debian() { # install_debian REASON PACKAGE...
  local reason=$1; shift
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' \
      || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  command -v apt-get >/dev/null || { say "no apt-get here; needed for $reason: ${missing[*]}"; return 1; }
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || {
      say "needed for $reason, and this account may not install packages. Please run:"
      say "    sudo apt-get install ${missing[*]}"
      return 1
    }
    as_root=(sudo -n)
  fi
  say "installing for $reason: ${missing[*]}"
  if [ ! -e /tmp/.gongkai-apt-updated-"$(id -u)" ]; then
    "${as_root[@]}" apt-get update -qq || say "apt-get update failed; trying with the lists at hand"
    touch /tmp/.gongkai-apt-updated-"$(id -u)"
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >/tmp/gongkai-apt.log 2>&1 || { tail -5 /tmp/gongkai-apt.log >&2; return 1; }
}

python=""
for candidate in python3.11 python3.12 python3.13 python3; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate; break
  fi
done
[ -n "$python" ] || fail "Python 3.11 or newer is needed: sudo apt-get install python3"

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    install_debian "the Python environment" python3-venv || fail "without python3-venv nothing can be installed"
  fi
  say "making the Python environment .venv with $($python --version)"
  rm -rf .venv
  "$python" -m venv .venv
fi

lock=requirements/base.txt
[ "$purpose" = test ] && lock=requirements/dev.txt
stamp=.venv/.installed-$(basename "$lock" .txt)
digest=$(cat "$lock" pyproject.toml | sha256sum | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null)" != "$digest" ]; then
  say "installing $(grep -cE '^[a-zA-Z0-9]' "$lock") Python packages from $lock, each checked by its hash (about a minute)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
  echo "$digest" > "$stamp"
  [ "$purpose" = test ] && cat requirements/base.txt pyproject.toml | sha256sum | cut -d' ' -f1 > .venv/.installed-base
fi

install_debian "printed sheets (PDF) and Chinese text in pictures" fonts-noto-cjk \
  || say "going on without: the site offers no PDF until the fonts are there"

if [ "$purpose" = test ]; then
  install_debian "the browser journeys" chromium || fail "the browser journeys need Chromium"
  if ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then
    install_debian "the suite on PostgreSQL" postgresql || fail "the suite runs on PostgreSQL as well"
  fi
fi

.venv/bin/python tools/compile_messages.py
say "ready"
