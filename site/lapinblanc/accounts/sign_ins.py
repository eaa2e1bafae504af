"""Whose sign-in is being guessed: the lock counts by the address that was typed, in one spelling, and by where it came from."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def typed_address(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str | None:
    """The e-mail address of an attempt, lower case; None when there is none. Allauth calls it `email`, our form `login`."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or given.get("login") or (request.POST.get("login") if request else None)
    return str(typed).strip().lower()[:255] if typed else None
