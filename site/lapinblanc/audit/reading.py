"""The journal as it is read: entries with the names of today, newest first, a page by its key.

Five queries however many entries: entries, kinds, people, and what each page adds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from auditlog.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from lapinblanc import clock
from lapinblanc.audit.journal import Event
from lapinblanc.audit.watching import watched
from lapinblanc.numbers import whole

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """An entry for people: who did what to whom. `details` are pairs of a name and what changed."""

    pk: int
    when: datetime
    who: str
    who_pk: int | None
    what: str
    subject: str
    subject_pk: int | None
    details: tuple[tuple[str, str], ...]
    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the page. `who` an address or a number, `what` an event or a kind, days included."""

    who: str = ""
    what: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


def kinds() -> list[tuple[str, str]]:
    """What can be filtered by: events, then watched kinds of rows."""
    rows = [(f"{model._meta.app_label}.{model._meta.model_name}", str(model._meta.verbose_name).capitalize()) for model in watched()]
    return [*((value, str(label).capitalize()) for value, label in Event.choices), *rows]


def entries(asked: Asked) -> QuerySet[LogEntry]:
    found = LogEntry.objects.order_by("-pk")
    if asked.who:
        people = get_user_model().objects.filter(pk=whole(asked.who)) if whole(asked.who) is not None else get_user_model().objects.filter(email__icontains=asked.who)
        numbers = list(people.values_list("pk", flat=True)[:200])
        about = Q(content_type__app_label="accounts", content_type__model="user", object_id__in=numbers)
        found = found.filter(Q(actor_id__in=numbers) | about)
    if asked.what in Event.values:
        found = found.filter(additional_data__event=asked.what)
    elif "." in asked.what:
        app, model = asked.what.split(".", 1)
        found = found.filter(content_type__app_label=app, content_type__model=model)
    if asked.since:
        found = found.filter(timestamp__gte=datetime.combine(asked.since, time.min, clock.PARIS))
    if asked.until:
        found = found.filter(timestamp__lt=datetime.combine(asked.until, time.min, clock.PARIS) + timedelta(days=1))
    return found.filter(pk__lt=asked.before) if asked.before else found


def page(asked: Asked) -> tuple[list[Line], int | None]:
    """The lines of a page, and the key of the next one."""
    rows = list(entries(asked)[: PER_PAGE + 1])
    return lines(rows[:PER_PAGE]), rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None


def entries_about(person: Any) -> list[Line]:
    """The last thirty entries about a person, or made by them."""
    about = Q(content_type=ContentType.objects.get_for_model(person), object_id=person.pk)
    return lines(LogEntry.objects.filter(about | Q(actor=person)).order_by("-pk")[:30])


def lines(rows: Iterable[LogEntry]) -> list[Line]:
    rows = list(rows)
    types = ContentType.objects.get_for_models(*watched(), get_user_model())
    models = {kind.pk: model for model, kind in types.items()}
    user_type = types[get_user_model()].pk
    numbers = {row.object_id for row in rows if row.content_type_id == user_type} | {row.actor_id for row in rows}
    names = dict(get_user_model().objects.filter(pk__in=numbers - {None}).values_list("pk", "email"))
    return [_line(row, models.get(row.content_type_id), user_type, names) for row in rows]


def _line(row: LogEntry, model: type[Model] | None, user_type: int, names: dict[int, str]) -> Line:
    extra: dict[str, Any] = row.additional_data or {}
    about_person = row.content_type_id == user_type
    kind = str(model._meta.verbose_name) if model else row.object_repr
    named = names.get(row.object_id or 0, "") if about_person else row.object_repr
    event = extra.get("event", "")
    done = {0: _("row created"), 1: _("row changed"), 2: _("row deleted")}
    what = str(Event(event).label) if event in Event.values else f"{kind} : {done.get(row.action, '')}"
    facts = tuple((_fact(name), _shown(value)) for name, value in extra.items() if name not in ("event", "reason"))
    return Line(
        pk=row.pk, when=row.timestamp, who=names.get(row.actor_id or 0, "") if row.actor_id else _("the site itself"), who_pk=row.actor_id,
        what=what, subject=named or f"{kind} {row.object_pk}", subject_pk=row.object_id if about_person else None,
        details=(*_changes(row, model), *facts), address=row.remote_addr or "", reason=str(extra.get("reason", "")),
    )


def _changes(row: LogEntry, model: type[Model] | None) -> list[tuple[str, str]]:
    shown = []
    for name, values in sorted((row.changes or {}).items()):
        if isinstance(values, list) and len(values) == 2:
            try:
                label = str(model._meta.get_field(name).verbose_name) if model else name
            except FieldDoesNotExist:
                label = name
            shown.append((label, f"{_shown(values[0])} → {_shown(values[1])}"))
    return shown


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return {"None": "–", "True": _("yes"), "False": _("no"), "": "–"}.get(str(value), str(value))


def _fact(name: str) -> str:
    return {"role": _("role"), "kind": _("sort"), "given": _("given rights"), "taken": _("rights taken"), "all_taken": _("all rights taken"), "rooms": _("rooms")}.get(name, name)
