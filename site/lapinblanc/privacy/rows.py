"""Rows that are a person's alone: copied field by field, deleted whole. Most rooms need nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import Q, QuerySet

from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet


def addresses_of(user: Any) -> list[str]:
    """The e-mail addresses that are proved to be this person's: what is said to an unproved one stays its owner's."""
    known = dict(EmailAddress.objects.filter(user=user).values_list("email", "verified"))
    proved = {address.lower() for address, verified in known.items() if verified}
    if known.get(user.email, True):
        proved.add(user.email.lower())
    return sorted(proved)


def any_address(field: str, user: Any) -> Q:
    """Rows whose `field` is one of the person's addresses, whatever the case."""
    found = Q(pk__in=())
    for address in addresses_of(user):
        found |= Q(**{f"{field}__iexact": address})
    return found


def flat(queryset: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    """Rows as plain values, in the order of their keys."""
    return list(queryset.order_by("pk").values(*fields))


@dataclass(frozen=True, slots=True)
class Table:
    """`owner` is a relation to the user; `address` a column of e-mail addresses; one of both finds the rows."""

    label: str
    sheet: str
    about: Any
    fields: tuple[str, ...]
    owner: str = ""
    address: str = ""

    def rows(self, user: Any) -> QuerySet[Any]:
        model = apps.get_model(self.label)
        found = Q(**{self.owner: user}) if self.owner else Q(pk__in=())
        if self.address:
            found |= any_address(self.address, user)
        return model._default_manager.filter(found)


@dataclass(frozen=True, slots=True)
class OwnRows:
    name: str
    what: Any
    why: Any
    tables: tuple[Table, ...]

    @property
    def models(self) -> tuple[str, ...]:
        return tuple(table.label for table in self.tables)

    def promises(self) -> Sequence[Promise]:
        return [Promise(self.what, Fate.GOES, self.why)]

    def obstacles(self, user: Any) -> Sequence[str]:
        return ()

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        for table in self.tables:
            yield Sheet(table.sheet, str(table.about), flat(table.rows(user), *table.fields))

    def erase(self, user: Any) -> Outcome:
        outcome = Outcome()
        for table in self.tables:
            deleted, _by_model = table.rows(user).delete()
            outcome.erased += deleted
        return outcome
