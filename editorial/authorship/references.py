"""What a body points to, and what a creator may point to: numbers inside a form are not believed (FAULTS S2)."""

from collections.abc import Iterable
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from editorial.authorship.access import creator_of, stories_of
from editorial.cards import open_pages
from shop import api

Reference = tuple[type[Any], str]


def references(page: Any, names: Iterable[str]) -> set[Reference]:
    """(model, number) of everything that these fields of a page point to, inside running text too."""
    found: set[Reference] = set()
    for name in names:
        field, value = page._meta.get_field(name), getattr(page, name, None)
        if hasattr(field, "extract_references"):
            found |= {(model, str(number)) for model, number, *_where in field.extract_references(value)}
        elif field.many_to_one and value is not None:
            found.add((type(value), str(value.pk)))
    return found


def foreign(user: Any, pointed: set[Reference]) -> set[Reference]:
    """Those of `pointed` that this creator may not point to: another's creations and pictures, closed pages, unknown things."""
    vendors = creator_of(user) or frozenset()
    allowed: set[Reference] = set()
    for model in {model for model, _number in pointed}:
        numbers = {number for of, number in pointed if of is model}
        allowed |= {(model, str(number)) for number in _allowed(user, vendors, model, numbers)}
    return pointed - allowed


def _allowed(user: Any, vendors: frozenset[int], model: type[Any], numbers: set[str]) -> Iterable[Any]:
    if model in (get_image_model(), get_document_model()):
        rows = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, ["choose"])
        return [row.pk for row in rows.filter(pk__in=numbers)]
    if issubclass(model, Page):
        return [*open_pages(Page.objects.filter(pk__in=numbers)).values_list("pk", flat=True), *stories_of(user)]
    if model is api.LISTING_MODEL:
        return api.listings_of_vendors(vendors)
    if model is api.VENDOR_MODEL:
        return vendors
    return ()
