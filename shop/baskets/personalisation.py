"""Checks what a buyer tells the maker against the fields of the listing. Nothing typed is lost: errors name the field."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from shop.baskets.exceptions import PersonalisationMissing


def check_personalisation(*, product: Any, values: Mapping[str, str]) -> dict[str, str]:
    """The values of known fields, trimmed, empty ones left out. Raises PersonalisationMissing with errors by label."""
    whole = product.parent if product.is_child else product
    kept: dict[str, str] = {}
    errors: dict[str, str] = {}
    for field in whole.personalisation_fields.all():
        value = _tidy(str(values.get(field.label, "")))
        if field.kind == "choice":
            # A proposal may hold a no-break space that the form or the buyer wrote as a plain one.
            value = next((choice for choice in field.choices if _tidy(choice) == value), value)
        problem = _problem(field, value)
        if problem:
            errors[field.label] = problem
        elif value:
            kept[field.label] = value
    if errors:
        raise PersonalisationMissing(_("Please complete the personalisation."), errors=errors)
    return kept


def _tidy(text: str) -> str:
    """One plain space wherever there is white space."""
    return " ".join(text.split())


def _problem(field: Any, value: str) -> str:
    if not value:
        return _("Please fill in « %(label)s ».") % {"label": field.label} if field.required else ""
    if field.kind == "choice" and value not in field.choices:
        return _("Please choose one of the proposals.")
    if field.kind != "choice" and len(value) > field.max_length:
        return _("At most %(count)d characters, please.") % {"count": field.max_length}
    return ""
