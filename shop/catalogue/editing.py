"""Writing listings: create, change, and move between draft, published, paused and removed. Cards are frozen again each time.

A listing is published when nothing is missing; what is missing is said in sentences.
"""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from lapinblanc import clock

from shop.catalogue import screening
from shop.catalogue.freezing import freeze_listings, freeze_vendor
from shop.catalogue.gates import closed_gates
from shop.catalogue.lawful import unlawful
from shop.catalogue.models import ListingState, Product
from shop.partner.models import StockRecord

Listings = QuerySet[Any]
COLOURS = (
    "blanc", "beige", "brun", "noir", "gris", "bleu", "vert", "jaune", "orange", "rouge", "rose", "violet", "doré",
    "argenté", "multicolore", "naturel",
)
MOVES: dict[str, frozenset[str]] = {
    ListingState.DRAFT: frozenset({ListingState.PUBLISHED, ListingState.REMOVED}),
    ListingState.IN_REVIEW: frozenset({ListingState.DRAFT, ListingState.REMOVED}),
    ListingState.PUBLISHED: frozenset({ListingState.PAUSED, ListingState.REMOVED}),
    ListingState.PAUSED: frozenset({ListingState.PUBLISHED, ListingState.REMOVED}),
    ListingState.HIDDEN: frozenset({ListingState.PUBLISHED, ListingState.REMOVED}),
    ListingState.REMOVED: frozenset({ListingState.PAUSED}),
}


class NotReady(Exception):
    """Something is missing; `missing` holds sentences."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


class ImpossibleState(Exception):
    """Not a move that a vendor may make."""


@transaction.atomic
def move_listing(*, product: Product, state: str) -> str:
    """Publish, pause, put back or remove; returns the state it has now: what is to be read first waits « in review ».

    What was removed comes back as paused, or as a draft when nobody ever saw it.
    Raises NotReady, ImpossibleState.
    """
    locked = Product.objects.select_for_update(of=["self"]).get(pk=product.pk)
    before = str(locked.state)
    if state not in MOVES[before]:
        raise ImpossibleState(f"{before} → {state}")
    if state == ListingState.PUBLISHED:
        state = _publishable(locked, before)
    elif before == ListingState.REMOVED and locked.published_at is None:
        state = ListingState.DRAFT
    elif before == ListingState.IN_REVIEW:
        screening.taken_back(locked)
    locked.state, locked.publish_at = state, None
    locked.save(update_fields=["state", "published_at", "publish_at", "date_updated"])
    freeze_listings([locked.pk])
    freeze_vendor(locked.vendor)
    if state == ListingState.PUBLISHED:
        screening.published(locked)
    return state


def _publishable(product: Product, before: str) -> str:
    """The state of a listing that its vendor publishes: live, or waiting to be read."""
    gaps = missing(product)
    if gaps:
        raise NotReady(gaps)
    if screening.holds(product, before=before):
        return str(ListingState.IN_REVIEW)
    product.published_at = product.published_at or clock.now()
    return str(ListingState.PUBLISHED)


def missing(product: Product) -> list[str]:
    """What keeps a listing from being published, as sentences."""
    checks = (
        (product.images.exists(), _("Add at least one picture.")),
        (not product.images.filter(alt="").exists(), _("Say in a few words what each picture shows, for those who do not see it.")),
        (product.description.strip(), _("Write a description.")),
        (product.materials, _("Name the materials: buyers ask, and the law does too.")),
        (product.categories.exists(), _("Choose a category.")),
        (_priced(product), _("Give it a price, or one to each variant that is shown.")),
        (product.vendor.state == "approved", _("Your boutique must be open first.")),
        (
            product.withdrawal != "personalised" or product.personalisation_fields.exclude(kind="choice").exists(),
            _("« Made to specifications » needs a field that the buyer fills in freely."),
        ),
    )
    return [*(sentence for fine, sentence in checks if not fine), *unlawful(product), *closed_gates(product.vendor)]


def _priced(product: Product) -> bool:
    if not product.is_parent:
        return StockRecord.objects.filter(product=product, price__gt=0).exists()
    shown = product.children.filter(is_public=True)
    return shown.exists() and not shown.exclude(stockrecords__price__gt=0).exists()
