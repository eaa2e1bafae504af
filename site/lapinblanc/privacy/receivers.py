"""Django's signal of signing in: whoever comes back keeps the account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lapinblanc.accounts.two_factor import has_second_factor, took_second_step
from lapinblanc.privacy.erasing import undo_erasure


def connect() -> None:
    user_logged_in.connect(_came_back, dispatch_uid="privacy-came-back")


def _came_back(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """The password alone does not count for a person with a second step."""
    if has_second_factor(user) and not took_second_step(request, user):
        return
    if undo_erasure(user=user):
        messages.success(request, _("You have signed in: the erasure of your account is called off, nothing was erased."), fail_silently=True)
