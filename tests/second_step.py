"""A telephone for the tests: codes of the second step, and signing in with them."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from tests.factories import PASSWORD


def set_up(user: Any) -> str:
    """Give this person a second step and recovery codes; returns the secret of the telephone."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code(secret: str, *, steps: int = 0) -> str:
    """The code of now, or of some steps of 30 s later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def recovery_codes(user: Any) -> list[str]:
    return list(RecoveryCodes(Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)).get_unused_codes())


def password_given(user: Any, client: Client | None = None, **extra: str) -> Client:
    """A client that has typed the right password, and nothing else."""
    client = client or Client()
    client.post("/compte/login/", {"login": user.email, "password": PASSWORD, **extra})
    return client


def signed_in(user: Any, secret: str) -> Client:
    client = password_given(user)
    client.post("/compte/deuxieme-etape/authenticate/", {"code": code(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)
    return client
