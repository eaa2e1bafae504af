"""Writing listings: create, change, and move between draft, published, paused and removed. Cards are frozen again each time.

A listing is published when nothing is missing; what is missing is said in sentences.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.money import Money

from shop.catalogue import screening
from shop.catalogue.freezing import freeze_listings, freeze_vendor
from shop.catalogue.gates import closed_gates
from shop.catalogue.models import ListingState, Product, ProductClass, ProductImage
from shop.partner.models import StockRecord
from shop.vendors.models import Vendor

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
    ListingState.REMOVED: frozenset(),
}


class NotReady(Exception):
    """Something is missing; `missing` holds sentences."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


class ImpossibleState(Exception):
    """Not a move that a vendor may make."""


class StockBelowReserved(Exception):
    """Fewer pieces than are set aside for orders under way."""


@dataclass(frozen=True, slots=True)
class ListingFacts:
    """What a vendor says of a listing. `price` and `stock` are None where variants or making to order hold them."""

    title: str
    summary: str
    category_id: int
    description: str
    price: Money | None
    stock: int | None
    made_to_order: bool
    lead_days: int
    materials: tuple[str, ...]
    colours: tuple[str, ...]
    technique: str
    making: str
    care: str
    weight_g: int | None
    sizes_mm: tuple[int | None, ...]
    withdrawal: str


@transaction.atomic
def create_listing(*, vendor: Vendor, facts: ListingFacts) -> Product:
    """A draft of this vendor's."""
    product = Product(vendor=vendor, structure=Product.STANDALONE, state=ListingState.DRAFT)
    _write(product, facts)
    StockRecord.objects.create(
        product=product,
        partner_id=vendor.partner_id,
        partner_sku=f"{vendor.slug}-{product.pk}",
        price=facts.price.decimal if facts.price else None,
        num_in_stock=facts.stock,
    )
    freeze_listings([product.pk])
    return product


@transaction.atomic
def change_listing(*, product: Product, facts: ListingFacts) -> None:
    """Write what was typed. Raises StockBelowReserved."""
    _write(product, facts)
    if not product.is_parent and facts.price is not None:
        rows = StockRecord.objects.filter(product=product)
        try:
            with transaction.atomic():
                rows.update(price=facts.price.decimal, num_in_stock=facts.stock)
        except IntegrityError as refused:
            raise StockBelowReserved from refused
    freeze_listings([product.pk])


@transaction.atomic
def move_listing(*, product: Product, state: str) -> str:
    """Publish, pause, put back or remove; returns the state it has now: what is to be read first waits « in review ».

    Raises NotReady, ImpossibleState.
    """
    locked = Product.objects.select_for_update(of=["self"]).get(pk=product.pk)
    before = str(locked.state)
    if state not in MOVES[before]:
        raise ImpossibleState(f"{before} → {state}")
    if state == ListingState.PUBLISHED:
        state = _publishable(locked, before)
    elif before == ListingState.IN_REVIEW:
        screening.taken_back(locked)
    locked.state = state
    locked.save(update_fields=["state", "published_at", "date_updated"])
    freeze_listings([locked.pk])
    freeze_vendor(locked.vendor)
    if state == ListingState.PUBLISHED:
        screening.published(locked)
    return state


@transaction.atomic
def remove_picture(*, product: Product, image: ProductImage) -> None:
    image.delete()
    for position, left in enumerate(product.images.order_by("display_order", "pk")):
        ProductImage.objects.filter(pk=left.pk).update(display_order=position)
    freeze_listings([product.pk])


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
        (product.description.strip(), _("Write a description.")),
        (product.materials, _("Name the materials: buyers ask, and the law does too.")),
        (product.categories.exists(), _("Choose a category.")),
        (_priced(product), _("Give it a price.")),
        (product.vendor.state == "approved", _("Your boutique must be open first.")),
        (
            product.withdrawal != "personalised" or product.personalisation_fields.exclude(kind="choice").exists(),
            _("« Made to specifications » needs a field that the buyer fills in freely."),
        ),
    )
    return [*(sentence for fine, sentence in checks if not fine), *closed_gates(product.vendor)]


def facts_of(product: Any) -> dict[str, Any]:
    """The initial values of the form."""
    record = next(iter(product.stockrecords.all()), None)
    sizes = zip(("length", "width", "height", "diameter"), (product.length_mm, product.width_mm, product.height_mm, product.diameter_mm), strict=True)
    return {
        "title": product.title, "summary": product.summary, "description": product.description,
        "category": product.categories.first(), "price": record.price if record else None,
        "stock": record.num_in_stock if record else None, "made_to_order": product.made_to_order,
        "lead_days": product.lead_days, "materials": ", ".join(product.materials), "colours": product.colours,
        "technique": product.technique, "making": product.making, "care": product.care, "weight_g": product.weight_g,
        "withdrawal": product.withdrawal,
        **{f"{name}_cm": Decimal(size) / 10 if size else None for name, size in sizes},
    }


def _write(product: Product, facts: ListingFacts) -> None:
    kind = "made-to-order" if facts.made_to_order else "stocked"
    product.product_class = ProductClass.objects.get(slug=kind)
    product.title, product.summary, product.description = facts.title, facts.summary, facts.description
    product.slug = slugify(facts.title)[:120] or "creation"
    product.made_to_order, product.lead_days = facts.made_to_order, facts.lead_days
    product.materials, product.colours = list(facts.materials), list(facts.colours)
    product.technique, product.making, product.care = facts.technique, facts.making, facts.care
    product.weight_g, product.withdrawal = facts.weight_g, facts.withdrawal
    product.length_mm, product.width_mm, product.height_mm, product.diameter_mm = facts.sizes_mm
    product.save()
    product.categories.set([facts.category_id])


def _priced(product: Product) -> bool:
    return StockRecord.objects.filter(product__in=[product.pk, *product.children.values_list("pk", flat=True)], price__gt=0).exists()
