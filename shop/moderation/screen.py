"""What is asked of every listing before it is shown, and when a live one changes: facts from the database, the sum from `risk`.

A picture known elsewhere raises the risk and condemns nobody: a person looks.
"""

from dataclasses import asdict
from datetime import timedelta
from statistics import median_low
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from lapinblanc import clock

from shop.catalogue.models import ListingState, Product, ProductImage
from shop.compliance import families
from shop.compliance.words import lint
from shop.moderation import targets
from shop.moderation.cases import drop_case, open_case
from shop.moderation.drawing import sampled
from shop.moderation.models import Decision, Measure, Origin
from shop.moderation.models.decisions import RESTRICTIONS
from shop.moderation.risk import Facts, Risk, risk_of

YEAR, HOUR = timedelta(days=365), timedelta(hours=1)
# Families that the law asks documents of (LAW G4, G5).
DOCUMENTED = frozenset({families.TOYS, families.BABY, families.COSMETICS, families.CANDLES, families.FOOD})
PRICES_LOOKED_AT = 400


class ListingScreen:
    """Registered with the catalogue, which asks it inside the transaction that publishes."""

    def holds(self, product: Any, *, before: str) -> bool:
        risk = risk_of(facts_of(product, was_hidden=before == ListingState.HIDDEN or _hidden_once(product)))
        if not risk.holds:
            return False
        _open(product, Origin.SCREENING, risk)
        return True

    def published(self, product: Any) -> None:
        risk = risk_of(facts_of(product))
        if sampled(settings.SECRET_KEY, f"published|{product.pk}|{product.revision}", risk.permille):
            _open(product, Origin.SAMPLE, risk)

    def changed(self, product: Any, *, since: int) -> None:
        """Risky boutiques' changes are compared; of the others' a sample."""
        risk = risk_of(facts_of(product))
        if risk.holds or sampled(settings.SECRET_KEY, f"changed|{product.pk}|{product.revision}", risk.permille // 4):
            _open(product, Origin.CHANGE, risk, revisions=(since, product.revision))

    def taken_back(self, product: Any) -> None:
        drop_case(kind="listing", number=product.pk, origins=(Origin.SCREENING, Origin.SAMPLE, Origin.CHANGE))


def facts_of(product: Any, *, was_hidden: bool = False) -> Facts:
    """Seven queries, whatever the size of the boutique."""
    now, vendor = clock.now(), product.vendor
    others = Product.objects.by(vendor).filter(published_at__isnull=False).exclude(pk=product.pk)
    return Facts(
        days_open=(clock.today() - vendor.since).days,
        listings_before=others.count(),
        reserved_words=_reserved(product),
        price_ratio_percent=_ratio(product),
        pictures_elsewhere=_elsewhere(product),
        documents_of_law=_documented(product),
        last_hour=others.filter(published_at__gte=now - HOUR).count(),
        restrictions=Decision.objects.filter(case__vendor=vendor, measure__in=RESTRICTIONS, decided_at__gte=now - YEAR).exclude(appeals__upheld=True).count(),
        was_hidden=was_hidden,
    )


def _hidden_once(product: Any) -> bool:
    """A decision to hide it stands, whatever its vendor did since: removed and put back, for one."""
    standing = {"measure": Measure.HIDE, "execution__applied_at__isnull": False, "execution__ended_at__isnull": True, "execution__cancelled_at__isnull": True}
    return Decision.objects.filter(case__kind="listing", case__number=product.pk, **standing).exists()


def _open(product: Any, origin: str, risk: Risk, *, revisions: tuple[int | None, int | None] = (None, None)) -> None:
    target = targets.find("listing", product.pk)
    if target is not None:
        open_case(target=target, origin=origin, risk=risk.points, reasons=[asdict(reason) for reason in risk.reasons], revisions=revisions)


def _reserved(product: Any) -> tuple[str, ...]:
    """Words that the law keeps, or that ask for a proof, in what buyers read."""
    texts = " \n ".join((product.title, product.summary, product.description, product.making, ", ".join(product.tags)))
    notes = lint(texts, artisan_proved=product.vendor.artisan_proved_at is not None)
    return tuple(dict.fromkeys(note.word.lower() for note in notes))


def _ratio(product: Any) -> int | None:
    """Its price in hundredths of the middle one of its category."""
    if not product.price_cents:
        return None
    prices = Product.objects.on_sale().filter(categories__in=product.categories.all(), price_cents__gt=0).exclude(pk=product.pk)
    known = list(prices.order_by("-pk").values_list("price_cents", flat=True)[:PRICES_LOOKED_AT])
    return product.price_cents * 100 // median_low(known) if len(known) >= 5 else None


def _elsewhere(product: Any) -> int:
    """Its pictures that another boutique sent byte for byte before."""
    same = ProductImage.objects.filter(digest=OuterRef("digest")).exclude(product__vendor=product.vendor_id).exclude(product__parent__vendor=product.vendor_id)
    return int(product.images.exclude(digest="").filter(Exists(same)).count())


def _documented(product: Any) -> bool:
    category = product.categories.first()
    path = "/".join((*category.get_ancestors().values_list("slug", flat=True), category.slug)) if category else ""
    return not DOCUMENTED.isdisjoint(families.families_of(path))
