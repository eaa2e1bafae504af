"""Signals of signing in. The rule: a person with a second step has no session that went past it, whichever view opened it."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from lapinblanc.accounts.two_factor import has_second_factor, took_second_step
from lapinblanc.audit.journal import Event, record


def connect() -> None:
    user_logged_in.connect(_refuse_without_second_step, dispatch_uid="accounts-second-step")
    authenticator_added.connect(_added, dispatch_uid="accounts-factor-added")
    authenticator_removed.connect(_removed, dispatch_uid="accounts-factor-removed")
    authenticator_reset.connect(_renewed, dispatch_uid="accounts-factor-renewed")
    authenticator_used.connect(_used, dispatch_uid="accounts-factor-used")
    authentication_failed.connect(_failed, dispatch_uid="accounts-factor-failed")
    for signal in (password_changed, password_reset, password_set):
        signal.connect(_password, dispatch_uid="accounts-password")


def _refuse_without_second_step(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """Allauth's stages ask for the code before they sign in; any other door that does not ends as a visitor."""
    if has_second_factor(user) and not took_second_step(request, user):
        logout(request)


def _added(request: HttpRequest, user: Any, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Whoever sets it up has just shown a code: the session counts as having taken the step, under a new key."""
    record(Event.FACTOR_ADDED, user, kind=authenticator.type)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        request.session.cycle_key()


def _removed(user: Any, authenticator: Authenticator, **_kwargs: Any) -> None:
    record(Event.FACTOR_REMOVED, user, kind=authenticator.type)


def _renewed(user: Any, authenticator: Authenticator, **_kwargs: Any) -> None:
    record(Event.FACTOR_RENEWED, user, kind=authenticator.type)


def _used(request: HttpRequest, user: Any, **_kwargs: Any) -> None:
    """A session that confirms itself changes its key; a sign-in changes it by itself."""
    if request.user.is_authenticated:
        request.session.cycle_key()


def _failed(user: Any, authenticator: Authenticator, **_kwargs: Any) -> None:
    record(Event.FACTOR_FAILED, user, by=user, kind=authenticator.type)


def _password(user: Any, **_kwargs: Any) -> None:
    record(Event.PASSWORD_CHANGED, user, by=user)
