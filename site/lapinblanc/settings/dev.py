"""A founder's laptop and `make run`: mails in a folder, no HTTPS."""

from lapinblanc.settings.base import *  # noqa: F403
from lapinblanc.settings.base import DATA_DIR
from lapinblanc.settings.env import env_bool, env_list, env_str

DEBUG = env_bool("LB_DEBUG", default=False)
SECRET_KEY = env_str("LB_SECRET_KEY", "a-key-for-this-laptop-only-never-in-production-0123456789")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mails"
ALLOWED_HOSTS = env_list("LB_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
PAYMENT_WEBHOOK_SECRET = env_str("LB_PAYMENT_WEBHOOK_SECRET", "webhook-secret-for-this-laptop-only-0123456789")
ANYMAIL_WEBHOOK_SECRET = env_str("ANYMAIL_WEBHOOK_SECRET", "courrier:webhook-secret-for-this-laptop-only-0123456789")
SERVE_MEDIA = True
STYLEGUIDE = True
