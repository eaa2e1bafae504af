"""Entries that are no change of a field: what was decided or happened, to whom, by whom, why."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from lapinblanc.choices import TextChoices


class Event(TextChoices):
    FACTOR_ADDED = "factor_added", _("second step added")
    FACTOR_REMOVED = "factor_removed", _("second step removed")
    FACTOR_RENEWED = "factor_renewed", _("recovery codes renewed")
    FACTOR_FAILED = "factor_failed", _("wrong code at the second step")
    FACTOR_RESET = "factor_reset", _("second step taken off by an operator")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    ROLE_GIVEN = "role_given", _("role given")
    ROLE_TAKEN = "role_taken", _("role taken back")
    RIGHTS_CHANGED = "rights_changed", _("rights of a role changed")
    EXPORT_ASKED = "export_asked", _("copy of the data asked for")
    ERASURE_ASKED = "erasure_asked", _("erasure asked for")
    ERASURE_UNDONE = "erasure_undone", _("erasure called off")
    ERASED = "erased", _("account erased")


@dataclass(frozen=True, slots=True)
class Cause:
    reason: str
    by: Any


_cause: ContextVar[Cause | None] = ContextVar("audit_cause", default=None)


@contextmanager
def because(reason: str, *, by: Any) -> Iterator[None]:
    """Inside, every entry carries this reason and this actor, those of watched fields too."""
    token = _cause.set(Cause(reason, by))
    try:
        yield
    finally:
        _cause.reset(token)


def cause() -> Cause | None:
    return _cause.get()


def record(event: Event, subject: Model, *, by: Any = None, reason: str = "", **facts: Any) -> None:
    """Write an entry about `subject`; without `by`, whoever sent the request being answered. Facts are JSON, never secrets."""
    entry = LogEntry(
        content_type=ContentType.objects.get_for_model(subject),
        object_pk=str(subject.pk),
        object_id=subject.pk if isinstance(subject.pk, int) else None,
        object_repr=str(subject),
        action=LogEntry.Action.UPDATE,
        changes={},
        actor=by if getattr(by, "pk", None) else None,
        additional_data={"event": event.value, **({"reason": reason} if reason else {}), **facts},
    )
    entry.save()
