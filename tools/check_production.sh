#!/bin/bash
# Django's own deployment checks, with the production settings; then: they refuse to start without their secrets.
set -euo pipefail
export LB_SECRET_KEY=0123456789012345678901234567890123456789-of-this-check-alone-abcdef LB_PAYMENT_WEBHOOK_SECRET=0123456789012345678901234567890123456789 LB_ALLOWED_HOSTS=lapinblanc.example
DJANGO_SETTINGS_MODULE=lapinblanc.settings.production .venv/bin/python manage.py check --deploy --fail-level WARNING
if env -u LB_SECRET_KEY DJANGO_SETTINGS_MODULE=lapinblanc.settings.production .venv/bin/python manage.py check 2>/dev/null; then
  echo "production settings start without a secret"; exit 1
fi
