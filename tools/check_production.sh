#!/bin/bash
# Django's own deployment checks, with the production settings; then: they refuse to start without their secrets.
set -euo pipefail
export LB_SECRET_KEY=0123456789012345678901234567890123456789-of-this-check-alone-abcdef LB_PAYMENT_WEBHOOK_SECRET=0123456789012345678901234567890123456789 ANYMAIL_WEBHOOK_SECRET=courrier:0123456789012345678901234567890123456789 LB_ALLOWED_HOSTS=lapinblanc.example DATABASE_URL=postgres://nobody@127.0.0.1:5432/checks-do-not-connect
DJANGO_SETTINGS_MODULE=lapinblanc.settings.production .venv/bin/python manage.py check --deploy --fail-level WARNING
for needed in LB_SECRET_KEY LB_PAYMENT_WEBHOOK_SECRET ANYMAIL_WEBHOOK_SECRET DATABASE_URL; do
  if env -u "$needed" DJANGO_SETTINGS_MODULE=lapinblanc.settings.production .venv/bin/python manage.py check 2>/dev/null; then
    echo "production settings start without $needed"; exit 1
  fi
done
