"""The second step of signing in: who has one, whether this session took it, and the one door that asks.

Behind the door lie the operators' pages and the editors' admin. Sessions opened past the second step never live at all
(`receivers.py`); the door holds by itself, were one to exist.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
DOOR = re.compile(r"^/(?:[a-z]{2}/)?(?:cms|gestion)(?:/|$)")


def has_second_factor(user: Any) -> bool:
    return is_mfa_enabled(user, FACTORS)


def took_second_step(request: HttpRequest, user: Any) -> bool:
    """Whether this session, for this person, gave a code or a recovery code."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def may_enter(user: Any) -> bool:
    """Operators, and whoever may open the editors' admin."""
    return bool(user.is_staff or user.has_perm("wagtailadmin.access_admin"))


class TwoFactorMiddleware:
    """Sends those who may enter the back offices to take, or to set up, their second step first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not DOOR.match(request.path_info):
            return self.get_response(request)
        return self._ask(request) or self.get_response(request)

    def _ask(self, request: HttpRequest) -> HttpResponse | None:
        """None for visitors and for those without rights: the page itself answers them."""
        user = request.user
        if not user.is_authenticated or took_second_step(request, user) or not may_enter(user):
            return None
        if has_second_factor(user):
            return redirect_to_login(request.get_full_path(), login_url=reverse("mfa_reauthenticate"))
        if not settings.REQUIRE_TWO_FACTOR:
            return None
        messages.info(request, _("Your role opens the back office: first protect your account with a second step."))
        return redirect("mfa_index")


def confirmed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that changes who gets the money or works for a boutique: a person with a second step confirms it is they."""
    asked = reauthentication_required(allow_get=True)(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = asked if request.user.is_authenticated and has_second_factor(request.user) else view
        return chosen(request, *args, **kwargs)

    return guarded
