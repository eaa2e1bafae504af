"""Signals of the journal's library and of Django's own rights, which no verb of ours stands before.

An entry names persons by number alone: names and addresses are looked up when the journal is read, and go with their account.
"""

from typing import Any

from auditlog.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, pre_save

from lapinblanc import clock
from lapinblanc.audit.addresses import client_address
from lapinblanc.audit.journal import Event, cause, record
from lapinblanc.audit.middleware import current_request

# What these rows call themselves is no person's name.
NAMED = {"vendor", "group", "commissionrate"}


def connect() -> None:
    pre_save.connect(_complete, sender=LogEntry, dispatch_uid="audit-complete")
    user = get_user_model()
    m2m_changed.connect(_roles_moved, sender=user.groups.through, dispatch_uid="audit-roles")
    m2m_changed.connect(_rights_moved, sender=user.user_permissions.through, dispatch_uid="audit-user-rights")
    m2m_changed.connect(_rights_moved, sender=Group.permissions.through, dispatch_uid="audit-group-rights")


def _complete(instance: LogEntry, **_kwargs: Any) -> None:
    """Who, from where and when, for an entry about to be written; an entry is never written twice."""
    if instance.pk is not None:
        return
    instance.timestamp, instance.actor_email, instance.cid = clock.now(), None, None
    if instance.content_type.model not in NAMED:
        instance.object_repr = ""
    why = cause()
    if why is not None:
        instance.additional_data = {**(instance.additional_data or {}), "reason": why.reason}
        instance.actor = instance.actor or why.by
    request = current_request()
    if request is None:
        return
    user = getattr(request, "user", None)
    if instance.actor_id is None and user is not None and user.is_authenticated:
        instance.actor = user
    instance.remote_addr = client_address(request)


def _roles_moved(action: str, instance: Any, pk_set: set[int] | None, reverse: bool, **_kwargs: Any) -> None:
    """A role given or taken, from whichever side: an entry for each person."""
    event = {"post_add": Event.ROLE_GIVEN, "post_remove": Event.ROLE_TAKEN, "pre_clear": Event.ROLE_TAKEN}.get(action)
    if event is None:
        return
    if reverse:
        people = instance.user_set.all() if action == "pre_clear" else get_user_model().objects.filter(pk__in=pk_set or ())
        pairs = [(person, instance) for person in people]
    else:
        groups = instance.groups.all() if action == "pre_clear" else Group.objects.filter(pk__in=pk_set or ())
        pairs = [(instance, group) for group in groups]
    for person, group in pairs:
        record(event, person, role=group.name)


def _rights_moved(action: str, instance: Any, model: type, pk_set: set[int] | None, reverse: bool, **_kwargs: Any) -> None:
    """Single rights of a role or of a person."""
    if action not in ("post_add", "post_remove", "pre_clear") or reverse:
        return
    rights = model.objects.filter(pk__in=pk_set or ()) if pk_set else []  # type: ignore[attr-defined]
    names = [f"{right.content_type.app_label}.{right.codename}" for right in rights]
    how = {"post_add": "given", "post_remove": "taken", "pre_clear": "all_taken"}[action]
    record(Event.RIGHTS_CHANGED, instance, **{how: ", ".join(names)})
