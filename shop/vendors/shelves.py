"""Verbs on a boutique's sections and fairs. The boutique's row is locked, so that two windows never give two things one place."""

from typing import Any

from django.db import transaction
from lapinblanc import clock

from shop.vendors.models import Fair, Section, Vendor

MOST_SECTIONS = 20
MOST_FAIRS = 30


class SectionExists(Exception):
    """The boutique has a section of this name."""


class TooMany(Exception):
    """As many as a page can show are there already."""


@transaction.atomic
def add_section(*, vendor: Vendor, name: str) -> Section:
    """At the end. Raises SectionExists, TooMany."""
    rows = _locked(vendor)
    _free(rows, name)
    if len(rows) >= MOST_SECTIONS:
        raise TooMany
    return Section.objects.create(vendor=vendor, name=name, position=len(rows))


@transaction.atomic
def rename_section(*, section: Section, name: str) -> None:
    """Raises SectionExists."""
    _free([row for row in _locked(section.vendor) if row.pk != section.pk], name)
    Section.objects.filter(pk=section.pk).update(name=name)


@transaction.atomic
def move_section(*, section: Section, up: bool) -> None:
    """One place up or down; at the end of the row nothing happens."""
    rows = _locked(section.vendor)
    place = next((number for number, row in enumerate(rows) if row.pk == section.pk), None)
    if place is None:
        return
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    _renumber(rows)


@transaction.atomic
def remove_section(*, section: Section) -> None:
    """Its creations stay, without section."""
    rows = [row for row in _locked(section.vendor) if row.pk != section.pk]
    Section.objects.filter(pk=section.pk).delete()
    _renumber(rows)


@transaction.atomic
def add_fair(*, vendor: Vendor, facts: dict[str, Any]) -> Fair:
    """Raises TooMany."""
    Vendor.objects.select_for_update().get(pk=vendor.pk)
    if len(coming_fairs(vendor)) >= MOST_FAIRS:
        raise TooMany
    known = Fair.objects.filter(vendor=vendor, **facts).first()
    return known or Fair.objects.create(vendor=vendor, **facts)


def coming_fairs(vendor: Vendor) -> list[Fair]:
    """Those that are not over, the next one first: past ones fall off by themselves."""
    return list(Fair.objects.filter(vendor=vendor, ends_on__gte=clock.today())[:MOST_FAIRS])


def _locked(vendor: Vendor) -> list[Section]:
    Vendor.objects.select_for_update().get(pk=vendor.pk)
    return list(Section.objects.filter(vendor=vendor))


def _free(rows: list[Section], name: str) -> None:
    if any(row.name.casefold() == name.casefold() for row in rows):
        raise SectionExists(name)


def _renumber(rows: list[Section]) -> None:
    for place, row in enumerate(rows):
        row.position = place
    Section.objects.bulk_update(rows, ["position"])
