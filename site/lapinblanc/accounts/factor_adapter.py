"""What the second step's library asks of us: its secrets are kept encrypted with a key made from the site's own."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _


def cipher() -> MultiFernet:
    """The current key first; former ones (SECRET_KEY_FALLBACKS) still read."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second-step:{key}".encode()).digest())) for key in keys])


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or was used before: wait for the next one."),
        "add_email_blocked": _("Take off the second step before you add an address, then set it up again."),
        "unverified_email": _("Confirm your e-mail address first: the link is in your mails."),
    }

    def get_totp_issuer(self) -> str:
        return "Lapin Blanc"

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()
