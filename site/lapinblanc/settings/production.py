"""Production: everything from the environment; refuses to start without its secrets."""

from django.core.exceptions import ImproperlyConfigured

from lapinblanc.settings.base import *  # noqa: F403
from lapinblanc.settings.env import env_bool, env_group, env_int, env_list, env_secret, env_str

if not env_str("DATABASE_URL"):
    raise ImproperlyConfigured("DATABASE_URL must name the PostgreSQL server: the embedded one is for laptops and tests")
DEBUG = False
SECRET_KEY = env_secret("LB_SECRET_KEY", minimum=50)
SECRET_KEY_FALLBACKS = env_list("LB_SECRET_KEY_FALLBACKS")
PAYMENT_WEBHOOK_SECRET = env_secret("LB_PAYMENT_WEBHOOK_SECRET")
ALLOWED_HOSTS = env_list("LB_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env_list("LB_TRUSTED_ORIGINS")
REQUIRE_TWO_FACTOR = env_bool("LB_REQUIRE_TWO_FACTOR", default=True)
TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = env_int("LB_TRUSTED_PROXIES", 1)
SERVE_MEDIA = env_bool("LB_SERVE_MEDIA", default=False)

SECURE_SSL_REDIRECT = env_bool("LB_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env_int("LB_HSTS_SECONDS", 31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
OSCAR_BASKET_COOKIE_SECURE = True

if env_str("LB_CACHE_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env_str("LB_CACHE_URL")}}

# What mail services tell us (bounces, complaints) is believed with this secret alone, « name:password » of HTTP basic authentication.
ANYMAIL_WEBHOOK_SECRET = env_secret("ANYMAIL_WEBHOOK_SECRET")
# A service of django-anymail by name (brevo, mailjet, postmark, …) with its own variables ANYMAIL_*, or a plain SMTP server.
MAIL_SERVICE = env_str("LB_MAIL_SERVICE")
EMAIL_BACKEND = f"anymail.backends.{MAIL_SERVICE}.EmailBackend" if MAIL_SERVICE else "django.core.mail.backends.smtp.EmailBackend"
ANYMAIL = env_group("ANYMAIL_")
EMAIL_HOST, EMAIL_PORT = env_str("LB_EMAIL_HOST", "localhost"), env_int("LB_EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env_str("LB_EMAIL_USER"), env_str("LB_EMAIL_PASSWORD")
EMAIL_USE_TLS = env_bool("LB_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 10
