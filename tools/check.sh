#!/bin/bash
# Everything that must hold besides the tests. Each check speaks for itself; all run, then the verdict.
set -uo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=site:. PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=lapinblanc.settings.dev
bin=.venv/bin
bad=()
step() { local name=$1; shift; echo "· $name"; "$@" || bad+=("$name"); }
step "ruff" $bin/ruff check --no-cache .
step "types" $bin/mypy --cache-dir=/dev/null
step "imports" $bin/lint-imports --no-cache
step "templates" $bin/djlint --quiet --lint themes
step "migrations" $bin/python manage.py makemigrations --check --dry-run
step "messages" $bin/python tools/messages.py check
step "deployment" tools/check_production.sh
if [ ${#bad[@]} -gt 0 ]; then echo "✗ ${bad[*]}"; exit 1; fi
echo "✓ all checks hold"
