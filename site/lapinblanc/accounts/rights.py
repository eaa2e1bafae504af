"""Changes of somebody's rights by an operator: each has a reason, an entry in the journal, and bounds.

Nobody changes their own rights; nobody but a superuser touches a superuser, or hands out a role that could hand out roles.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from lapinblanc.accounts.models import User
from lapinblanc.accounts.sessions import close_sessions
from lapinblanc.audit.journal import Event, because, record

# A role with one of these could change rights in its turn.
POWERS = ("change_user", "add_user", "delete_user", "change_group", "add_group", "change_permission")


class NotAllowed(Exception):
    """A change that this operator may not make, or without a reason; says which."""


def may_change(*, by: Any, person: User) -> bool:
    """Whether `by` may change this person's rights at all."""
    return bool(by.has_perm("accounts.change_user") and by.pk != person.pk and (by.is_superuser or not person.is_superuser))


def roles_to_give(*, by: Any) -> QuerySet[Group]:
    """The roles that this operator may give and take back."""
    roles = Group.objects.order_by("name")
    if by.is_superuser:
        return roles
    powerful = Group.objects.filter(permissions__codename__in=POWERS, permissions__content_type__app_label__in=("accounts", "auth"))
    return roles.exclude(pk__in=powerful)


def check(*, by: Any, person: User, reason: str) -> None:
    """Raises NotAllowed unless `by` may act on this person, and says why."""
    if not may_change(by=by, person=person):
        raise NotAllowed(_("You may not change this person’s rights: ask somebody with more of them."))
    if not reason:
        raise NotAllowed(_("Write the reason: it is kept in the journal."))


def _change(*, person: User, by: Any, reason: str, change: Callable[[User], None]) -> None:
    """Access, lock, change: in one transaction. Raises NotAllowed."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        check(by=by, person=locked, reason=reason)
        with because(reason, by=by):
            change(locked)


def set_active(*, person: User, by: Any, reason: str, active: bool) -> None:
    """Close an account, with all its sessions, or open it again. Raises NotAllowed."""

    def change(locked: User) -> None:
        if locked.is_active == active:
            return
        locked.is_active = active
        locked.save(update_fields=["is_active"])
        close_sessions(locked)

    _change(person=person, by=by, reason=reason, change=change)


def set_operator(*, person: User, by: Any, reason: str, operator: bool) -> None:
    """Let somebody into the operators' back office, or out of it; a superuser alone may. Raises NotAllowed."""

    def change(locked: User) -> None:
        if not by.is_superuser:
            raise NotAllowed(_("A superuser alone makes somebody an operator."))
        locked.is_staff = operator
        locked.save(update_fields=["is_staff"])

    _change(person=person, by=by, reason=reason, change=change)


def give_role(*, person: User, by: Any, reason: str, role: Group) -> None:
    """Raises NotAllowed, also for a role beyond the operator's reach."""
    _move_role(person=person, by=by, reason=reason, role=role, given=True)


def take_role(*, person: User, by: Any, reason: str, role: Group) -> None:
    """Raises NotAllowed, also for a role beyond the operator's reach."""
    _move_role(person=person, by=by, reason=reason, role=role, given=False)


def _move_role(*, person: User, by: Any, reason: str, role: Group, given: bool) -> None:
    def change(locked: User) -> None:
        if not roles_to_give(by=by).filter(pk=role.pk).exists():
            raise NotAllowed(_("This role hands out rights: a superuser alone may give it or take it back."))
        (locked.groups.add if given else locked.groups.remove)(role)

    _change(person=person, by=by, reason=reason, change=change)


def reset_second_factor(*, person: User, by: Any, reason: str) -> None:
    """Take off a lost second step: every session ends and the person is told by mail. Raises NotAllowed."""

    def change(locked: User) -> None:
        removed, _models = Authenticator.objects.filter(user=locked).delete()
        if not removed:
            raise NotAllowed(_("This person has no second step."))
        close_sessions(locked)
        record(Event.FACTOR_RESET, locked)
        transaction.on_commit(lambda: _tell(locked))

    _change(person=person, by=by, reason=reason, change=change)


def _tell(person: User) -> None:
    with translation.override("fr"):
        text = render_to_string("mails/second_step_off.txt", {"person": person})
        EmailMessage(_("The second step of your account was taken off"), text, to=[person.email]).send()
