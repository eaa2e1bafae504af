"""Codes of the second step. Each is accepted once, whatever process it reaches: the row keeps the step it was good for."""

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapinblanc import clock

LAST_STEP = "last_step"


def step_of(secret: str, code: str) -> int | None:
    """The step of time (its number, of 30 s) that this code belongs to, among those accepted now."""
    now = int(clock.now().timestamp()) // app_settings.TOTP_PERIOD
    digits = "".join(code.split())
    accepted = range(now - app_settings.TOTP_TOLERANCE, now + app_settings.TOTP_TOLERANCE + 1)
    return next((step for step in accepted if format_hotp_value(hotp_value(secret, step)) == digits), None)


def use_step(authenticator: Authenticator, code: str) -> bool:
    """Take the code's step under the row's lock. False when it, or a later one, was taken before."""
    with transaction.atomic():
        locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        step = step_of(decrypt(locked.data["secret"]), code)
        if step is None or step <= locked.data.get(LAST_STEP, -1):
            return False
        locked.data = {**locked.data, LAST_STEP: step}
        locked.save(update_fields=["data"])
        authenticator.data = locked.data
    return True


class OneTimeCode:
    """A field for the code that telephones fill in, and the refusal of a code already used."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.Field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = _("Code")
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        found: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if found.type == Authenticator.Type.TOTP and not use_step(found, code):
            self._emit_authentication_failed(found)  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        return code


class SignInCodeForm(OneTimeCode, AuthenticateForm):
    pass


class ConfirmCodeForm(OneTimeCode, ReauthenticateForm):
    pass


class ActivateForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code shown by the application")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
