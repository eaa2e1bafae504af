"""The boutique itself: identity, texts, policies, sections, fairs, shipping, leave, team by name, banner and portrait.

Nothing secret: no payment account, no e-mail address of a colleague.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from shop.exporting.book import Book
from shop.shipping.models import ShippingOption
from shop.vendors.models import Fair, Section, Vendor

PLAIN = (
    "slug", "name", "state", "tagline", "about", "announcement", "accent", "since", "legal_status", "legal_name", "siret", "vat_number", "vat_regime",
    "mediator", "declared_at", "certified_at", "charter_signed_at", "charter_version", "artisan_proved_at", "idu", "street", "postcode", "city",
    "department", "email", "phone", "policy_shipping", "policy_returns", "policy_custom", "leave_from", "leave_to", "leave_message",
)
FAIR = ("name", "place", "postcode", "stand", "starts_on", "ends_on", "url")
SHIPPING = (
    "code", "label", "kind", "zones", "base_cents", "per_extra_cents", "free_from_cents", "weight_steps", "min_days", "max_days", "is_active",
)
PICTURES = ("portrait", "banner")


class Boutique:
    name = "boutique"
    files: Sequence[str] = ("boutique.json",)
    about = _("Your boutique: identity, story, policies, sections, fairs, ways to send, leave, team.")

    def size(self, vendor: Vendor) -> int:
        return 1

    def write(self, book: Book) -> None:
        book.text("boutique.json", json.dumps(facts_of(book), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        book.step(1)


def facts_of(book: Book) -> dict[str, Any]:
    vendor = Vendor.objects.get(pk=book.vendor.pk)
    team = vendor.members.select_related("user").order_by("pk")
    return {
        "format": 1,
        **{name: getattr(vendor, name) for name in PLAIN},
        **{name: picture_of(vendor, name, book) for name in PICTURES},
        "sections": list(Section.objects.filter(vendor=vendor).values_list("name", flat=True)),
        "fairs": list(Fair.objects.filter(vendor=vendor).values(*FAIR)),
        "shipping": list(ShippingOption.objects.filter(vendor=vendor).order_by("position", "id").values(*SHIPPING)),
        "team": [{"name": member.user.get_full_name(), "role": member.role, "since": member.since} for member in team],
    }


def picture_of(vendor: Vendor, name: str, book: Book) -> dict[str, Any] | None:
    """The file and what was derived from it, as paths in the archive; other facts (size, alt) as they are."""
    original = book.media(getattr(vendor, name))
    facts: Mapping[str, Any] = getattr(vendor, f"{name}_facts")
    if not original:
        return None
    return {"file": original, "facts": {key: _in_archive(value, book) for key, value in facts.items()}}


def _in_archive(value: Any, book: Book) -> Any:
    """An address of a media file becomes its path in the archive."""
    if isinstance(value, str) and value.startswith(settings.MEDIA_URL):
        return book.media(value.removeprefix(settings.MEDIA_URL))
    return value
