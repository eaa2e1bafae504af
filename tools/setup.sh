#!/bin/bash
# Sets the project up and runs it. Every step leaves its mark only once it is done, so that a stopped set-up starts again
# where it was; every expected failure is said in one sentence.
set -euo pipefail
cd "$(dirname "$0")/.."
ROOT=$PWD
PORT=${PORT:-8000}
export PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-lapinblanc.settings.dev} PYTHONPATH=$PWD/site:$PWD

fail() { echo "✗ $*" >&2; exit 1; }
say() { echo "· $*"; }

find_python() {
  for name in python3.11 python3.12 python3.13 python3; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
      echo "$name"; return
    fi
  done
  fail "Python 3.11 is needed and was not found: on Debian, apt install python3 python3-venv."
}

make_env() {
  local python wanted
  wanted=$(cat requirements.txt constraints.txt | sha256sum | cut -c1-16)
  if [ "$(cat .venv/.requirements 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c 'import django' 2>/dev/null; then return; fi
  python=$(find_python)
  if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    rm -rf .venv
    "$python" -m venv .venv 2>/dev/null || fail "The module venv of $python is missing: on Debian, apt install python3-venv."
  fi
  say "Installing the libraries (about a minute the first time)"
  rm -f .venv/.requirements
  .venv/bin/python -m pip install --quiet --disable-pip-version-check uv \
    || fail "The libraries could not be fetched: is there a network, or a mirror in PIP_INDEX_URL?"
  .venv/bin/python -m uv pip install --quiet --python .venv/bin/python -r requirements.txt -c constraints.txt \
    || .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt \
    || fail "A library could not be installed: see the lines above; every one comes as a wheel for Linux on x86-64 and arm64."
  echo "$wanted" > .venv/.requirements
}

port_is_free() {
  .venv/bin/python - "$PORT" <<'PY'
import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PY
}

prepare() {
  export LB_BASE_URL=${LB_BASE_URL:-http://127.0.0.1:$PORT}
  .venv/bin/python tools/prepare.py
}

show_accounts() {
  # Kept beside the marks: starting Django only to print five lines would cost seconds at every run.
  local kept
  kept=$(.venv/bin/python tools/prepare.py --where)/marks/accounts
  if [ ! "$kept" -nt site/lapinblanc/demo/people.py ]; then
    .venv/bin/python manage.py demo_accounts > "$kept.new" && mv "$kept.new" "$kept"
  fi
  cat "$kept"
}

close_all() {
  # Asked twice, since a second signal ends the worker's present job; whoever is still there after five seconds is ended.
  local turn
  trap - INT TERM EXIT
  for turn in $(seq 50); do
    [ -z "$(jobs -pr)" ] && break
    [ "$turn" = 1 ] || [ "$turn" = 20 ] && kill $(jobs -pr) 2>/dev/null
    sleep 0.1
  done
  [ -z "$(jobs -pr)" ] || kill -KILL $(jobs -pr) 2>/dev/null
  wait 2>/dev/null
}

run() {
  make_env
  port_is_free || fail "Port $PORT is in use: stop what listens there, or choose another one with PORT=8001 make run."
  prepare
  port_is_free || fail "Port $PORT was taken meanwhile: choose another one with PORT=8001 make run."
  trap close_all INT TERM EXIT
  .venv/bin/granian --interface wsgi --host 127.0.0.1 --port "$PORT" --workers 1 --blocking-threads 8 --workers-kill-timeout 2 --log-level warning \
    --working-dir "$ROOT/site" lapinblanc.wsgi:application &
  server=$!
  .venv/bin/python tools/wait_for.py "http://127.0.0.1:$PORT/" "$server" || fail "The server did not start: see the lines above."
  # After the server, which people wait for.
  .venv/bin/python manage.py run_worker &
  show_accounts
  echo "Lapin Blanc is open: http://127.0.0.1:$PORT  (Ctrl-C closes it)"
  wait "$server"
}

reset() {
  make_env
  folder=$(.venv/bin/python tools/prepare.py --where)
  if [ "${YES:-}" != "1" ]; then
    read -r -p "Empty $folder (database, pictures, mails)? Type yes: " answer
    [ "$answer" = "yes" ] || fail "Nothing was emptied."
  fi
  .venv/bin/python tools/prepare.py --reset
  say "Emptied: $folder"
}

case "${1:-run}" in
  env) make_env ;;
  run) run ;;
  worker) make_env; prepare; exec .venv/bin/python manage.py run_worker ;;
  reset) reset ;;
  *) fail "Unknown command: $1" ;;
esac
