"""The tests: fast hashes, mails in memory, jobs run by hand, no network."""

import os

from lapinblanc.settings.base import *  # noqa: F403
from lapinblanc.settings.base import DATABASES, MIDDLEWARE, STORAGES

DEBUG = False
SECRET_KEY = "a-key-for-the-tests-only-0123456789-0123456789"
PAYMENT_WEBHOOK_SECRET = "webhook-secret-for-the-tests-only-0123456789"
ANYMAIL_WEBHOOK_SECRET = "courrier:webhook-secret-for-the-tests-only-0123456789"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES["default"]["TEST"] = {"NAME": f"test_{os.environ.get('LB_TEST_DB', 'lapinblanc')}"}
SERVE_MEDIA = True
STYLEGUIDE = True
# Static files come straight from the themes: what a checkout has collected elsewhere is nothing to the tests.
MIDDLEWARE = [layer for layer in MIDDLEWARE if "whitenoise" not in layer]
