"""Erasing an account: asked for, undone by signing in within seven days, then carried out room by room in one transaction.

The row of the user stays, without a name, an address or a way in: what the law keeps goes on pointing at it.
"""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from lapinblanc import clock
from lapinblanc.accounts.models import User
from lapinblanc.accounts.sessions import close_sessions
from lapinblanc.audit.journal import Event, record
from lapinblanc.privacy import registry
from lapinblanc.privacy.models import Erasure, ErasureState, Export
from lapinblanc.privacy.subject import Promise

log = logging.getLogger(__name__)
DELAY = timedelta(days=7)
LOOK_AGAIN = timedelta(days=1)


class CannotErase(Exception):
    """Something must end first; `sentences` say what, and what to do."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def promises() -> list[Promise]:
    """What goes and what stays, room by room, the account itself first."""
    return [promise for subject in reversed(registry.subjects()) for promise in subject.promises()]


def obstacles(user: User) -> list[str]:
    return [str(sentence) for subject in registry.subjects() for sentence in subject.obstacles(user)]


def ask_erasure(*, user: User, by: Any, reason: str = "") -> Erasure:
    """Begin the seven days: every session ends, a mail says how to undo it. Asked twice, the first stands. Raises CannotErase."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        waiting = Erasure.objects.filter(user=locked, state=ErasureState.WAITING).first()
        if waiting is not None:
            return waiting
        in_the_way = obstacles(locked)
        if in_the_way:
            raise CannotErase(in_the_way)
        erasure = Erasure.objects.create(user=locked, asked_by=by, asked_at=clock.now(), due_at=clock.now() + DELAY)
        close_sessions(locked)
        record(Event.ERASURE_ASKED, locked, by=by, reason=reason)
        transaction.on_commit(lambda: _mail(locked.email, _("Your account will be erased"), "erasure_asked", {"erasure": erasure}))
    return erasure


def undo_erasure(*, user: User) -> bool:
    """Signing in calls it off. False when nothing waited."""
    with transaction.atomic():
        erasure = Erasure.objects.select_for_update().filter(user=user, state=ErasureState.WAITING).first()
        if erasure is None:
            return False
        erasure.state, erasure.ended_at = ErasureState.UNDONE, clock.now()
        erasure.save(update_fields=["state", "ended_at"])
        record(Event.ERASURE_UNDONE, user, by=user)
    return True


def due() -> list[int]:
    return list(Erasure.objects.filter(state=ErasureState.WAITING, due_at__lte=clock.now()).order_by("due_at").values_list("pk", flat=True))


def carry_out(pk: int) -> bool:
    """Erase, all or nothing. False when it is not due, undone, already done, or must wait a day for what came in the way."""
    with transaction.atomic():
        erasure = Erasure.objects.select_for_update().filter(pk=pk, state=ErasureState.WAITING, due_at__lte=clock.now()).first()
        if erasure is None:
            return False
        user = User.objects.select_for_update().get(pk=erasure.user_id)
        if obstacles(user):
            erasure.due_at = clock.now() + LOOK_AGAIN
            erasure.save(update_fields=["due_at"])
            return False
        address = user.email
        files = _erase_rooms(erasure, user)
        record(Event.ERASED, user, rooms=erasure.report)
        transaction.on_commit(lambda: _after(address, files))
    return True


def _erase_rooms(erasure: Erasure, user: User) -> list[tuple[str, bool]]:
    """Returns files to remove, each with whether it is a copy made here rather than a media file."""
    files = [(name, True) for name in Export.objects.filter(user=user).exclude(file="").values_list("file", flat=True)]
    Export.objects.filter(user=user).delete()
    for subject in registry.subjects():
        outcome = subject.erase(user)
        erasure.report[subject.name] = {"erased": outcome.erased, "kept": outcome.kept}
        files += [(path, False) for path in outcome.files if path]
    erasure.state, erasure.ended_at = ErasureState.DONE, clock.now()
    erasure.save(update_fields=["state", "ended_at", "report"])
    return files


def _after(address: str, files: list[tuple[str, bool]]) -> None:
    for name, is_copy in files:
        if is_copy:
            (Path(settings.EXPORTS_ROOT) / Path(name).name).unlink(missing_ok=True)
        else:
            default_storage.delete(name)
    _mail(address, _("Your account has been erased"), "erased", {"promises": promises()})


def _mail(address: str, subject: str, template: str, context: dict[str, Any]) -> None:
    with translation.override("fr"):
        EmailMessage(str(subject), render_to_string(f"mails/{template}.txt", context), to=[address]).send()
