"""Ending the sessions of a person, wherever they are open."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import F

from lapinblanc.accounts.models import User


def close_sessions(user: User) -> None:
    """From the next request on, every session of this person is a visitor's. One guarded UPDATE; twice is harmless."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


def delete_sessions(user: User) -> int:
    """Remove the rows themselves, which hold the address typed at sign-in. Reads every session: for jobs alone."""
    mine = []
    for session in Session.objects.only("session_key", "session_data").iterator():
        facts: dict[str, Any] = session.get_decoded()
        if facts.get(SESSION_KEY) == str(user.pk) or facts.get("account_authentication_methods_user") == str(user.pk):
            mine.append(session.pk)
    deleted, _models = Session.objects.filter(pk__in=mine).delete()
    return deleted
