"""Renditions are made by jobs: when a picture arrives, when its focal point moves, and hourly for what is missing.

A reader's request only reads those that exist. `SPECS` names every rendition that a public page may show.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Q
from wagtail.images.models import Filter, SourceImageIOError

from editorial.images.models import Picture

WIDE, SMALL = "width-1200", "width-400"
WIDE_WEBP, WIDE_AVIF = f"{WIDE}|format-webp", f"{WIDE}|format-avif"
SMALL_WEBP, SMALL_AVIF = f"{SMALL}|format-webp", f"{SMALL}|format-avif"
# What other sites show when a page is shared: cut around the focal point.
SHARED = "fill-1200x630|format-jpeg"
SPECS = (WIDE_WEBP, WIDE_AVIF, SMALL_WEBP, SMALL_AVIF, SHARED)


def wanted(picture: Picture) -> dict[tuple[str, str], str]:
    """(specification, focal point's key) of each rendition that this picture should have."""
    return {(spec, Filter(spec).get_cache_key(picture)): spec for spec in SPECS}


def existing(picture: Picture) -> dict[str, Any]:
    """Renditions that are there and right, by specification; one query, none when `renditions` is prefetched."""
    keys = wanted(picture)
    return {
        keys[key]: rendition for rendition in picture.renditions.all() if (key := (rendition.filter_spec, rendition.focal_point_key)) in keys
    }


def make_renditions(picture: Picture) -> int:
    """Make what is missing and drop what was cut around an older focal point. Returns how many were made; none the second time.

    A file that is gone from the storage is no error here: the report of pictures tells it.
    """
    keys = wanted(picture)
    stale = [row for row in picture.renditions.all() if row.filter_spec in SPECS and (row.filter_spec, row.focal_point_key) not in keys]
    missing = set(SPECS) - existing(picture).keys()
    made = 0
    for spec in sorted(missing):
        try:
            picture.get_rendition(spec)
        except (SourceImageIOError, OSError):
            break
        made += 1
    for row in stale:
        row.delete()
    return made


def incomplete() -> Any:
    """Pictures that lack a rendition, by number of rows; those cut around an older focal point count as there."""
    return Picture.objects.annotate(
        there=Count("renditions__filter_spec", filter=Q(renditions__filter_spec__in=SPECS), distinct=True)
    ).filter(there__lt=len(SPECS)).order_by("pk")


def make_missing(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Make the renditions of these pictures one after the other; yields (number, made)."""
    for number in numbers:
        picture = Picture.objects.filter(pk=number).first()
        if picture is not None:
            yield number, make_renditions(picture)
