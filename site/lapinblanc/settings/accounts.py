"""Signing in: e-mail by django-allauth, Argon2, a second step, throttled by axes. Part of `base`."""

from django.urls import reverse_lazy

from lapinblanc.settings.env import env_bool, env_int

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A second step for whoever may enter the back offices: asked in production, offered everywhere.
REQUIRE_TWO_FACTOR = env_bool("LB_REQUIRE_TWO_FACTOR", default=False)
MFA_ADAPTER = "lapinblanc.accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# One step (30 s) before and after: clocks of telephones drift.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "lapinblanc.accounts.factor_forms.SignInCodeForm",
    "reauthenticate": "lapinblanc.accounts.factor_forms.ConfirmCodeForm",
    "activate_totp": "lapinblanc.accounts.factor_forms.ActivateForm",
}
# How many proxies of ours stand before the site: X-Forwarded-For is believed that far and no further.
TRUSTED_PROXY_COUNT = env_int("LB_TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
AXES_CLIENT_IP_CALLABLE = "lapinblanc.audit.addresses.client_address"
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("account")
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "lapinblanc.accounts.sign_ins.typed_address"
# What was typed is not kept beside the attempt.
AXES_SENSITIVE_PARAMETERS = ["login", "password", "username", "ip_address"]
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
