"""The register of members: entering, changing college, leaving. Nobody is ever taken off it; numbers are the database's."""

from datetime import date
from typing import Any

from django.db import transaction

from lapinblanc import clock
from lapinblanc.cooperative import groups
from lapinblanc.cooperative.models import Member


class AlreadyMember(Exception):
    """This person is a member already."""


class NotMember(Exception):
    """This person is no member, or has left."""


def membership_of(user: Any) -> Member | None:
    """The line of the register of somebody who is a member today."""
    return Member.objects.current().filter(user=user).first() if user.is_authenticated else None


def enrol(*, user: Any, college: str, joined: date | None = None) -> Member:
    """Write somebody in the register; who comes back keeps their number. Raises AlreadyMember."""
    with transaction.atomic():
        known = Member.objects.select_for_update().filter(user=user).first()
        if known is not None and (known.left is None or known.left > clock.today()):
            raise AlreadyMember
        if known is None:
            known = Member.objects.create(user=user, college=college, joined=joined or clock.today())
            known.refresh_from_db(fields=["number"])
        else:
            known.college, known.joined, known.left = college, joined or clock.today(), None
            known.save(update_fields=["college", "joined", "left"])
        groups.keep_in_step()
    return known


def leave(*, member: Member, day: date | None = None) -> None:
    """Mark as left from that day on (today): rights of members end with it. Raises NotMember, and ValueError before the entry."""
    _change(member, left=day or clock.today())


def move(*, member: Member, college: str) -> None:
    """To another college: what is reserved to the former one is closed at once. Raises NotMember."""
    _change(member, college=college)


def _change(member: Member, **facts: Any) -> None:
    with transaction.atomic():
        row = Member.objects.select_for_update().get(pk=member.pk)
        if row.left is not None and row.left <= clock.today():
            raise NotMember
        if facts.get("left") is not None and facts["left"] < row.joined:
            raise ValueError("left before joining")
        for name, value in facts.items():
            setattr(row, name, value)
            setattr(member, name, value)
        row.save(update_fields=[*facts])
        groups.keep_in_step()
