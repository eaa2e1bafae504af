"""A boutique joins a campaign with some of its creations at a lower price, and may leave again until it starts.

Nothing is lowered without the vendor's agreement: the window holds who gave it and when. What buyers will see is computed
before, from the same history that will decide it then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.money import Money

from shop.catalogue.freezing import freeze_listings
from shop.catalogue.models import ListingState
from shop.catalogue.whole.reading import values_in_order
from shop.partner.models import StockRecord
from shop.prices.clocked import changes_of, windows_of
from shop.prices.codes import codes_of
from shop.prices.invitations import Invitation
from shop.prices.lowest import Reduction, Silence, Window, prior_price, reduction, silence
from shop.prices.models import LEAST_CENTS, PriceWindow
from shop.vendors.models import Vendor

LEAST = Money(LEAST_CENTS)


class TooLate(Exception):
    """The campaign has started: what was agreed holds until its end."""


class RefusedPrices(Exception):
    """`problems` holds a sentence by stock record; nothing was written."""

    def __init__(self, problems: Mapping[int, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Piece:
    """A creation, or a variant of one, that may join: its usual price and the one agreed for this campaign."""

    stockrecord_id: int
    title: str
    usual: Money
    agreed: Money | None
    section_id: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a lower price would look like: the lowest of thirty days, what may be announced, or why nothing."""

    prior: Money | None
    said: Reduction | None
    silence: Silence | None


def pieces_of(*, vendor: Vendor, invitation: Invitation) -> list[Piece]:
    """What this boutique has on sale, by title; two queries."""
    return [
        Piece(
            record.pk, titled(record.product), Money.from_decimal(record.price), _agreed(record, invitation.key),
            (record.product.parent or record.product).section_id,
        )
        for record in _records(vendor).prefetch_related("price_windows").order_by("product__parent__title", "product__title", "pk")
    ]


def looks(*, vendor: Vendor, invitation: Invitation, prices: Mapping[int, Money]) -> dict[int, Reduction | None]:
    """What buyers would see struck beside these prices, by stock record; None where nothing may be struck (LAW P7)."""
    return {pk: look.said for pk, look in looks_closely(vendor=vendor, invitation=invitation, prices=prices).items()}


def looks_closely(*, vendor: Vendor, invitation: Invitation, prices: Mapping[int, Money]) -> dict[int, Look]:
    """The same with the lowest price of thirty days, and the reason where nothing may be struck."""
    records = list(_records(vendor).filter(pk__in=list(prices)).prefetch_related("price_windows"))
    ids = [record.pk for record in records]
    history, codes = changes_of(ids), codes_of(ids)
    found = {}
    for record in records:
        asked = Window(invitation.starts_at, invitation.ends_at, prices[record.pk].cents, invitation.key)
        others = [window for window in windows_of(record) if window.campaign != invitation.key]
        prior = prior_price(changes=history[record.pk], windows=others, window=asked, codes=codes.get(record.pk, ()))
        found[record.pk] = Look(
            prior=Money(prior) if prior is not None else None,
            said=reduction(price=asked.cents, prior=prior, private=vendor.is_private),
            silence=silence(changes=history[record.pk], price=asked.cents, prior=prior, starts_at=asked.starts_at, private=vendor.is_private),
        )
    return found


def problems_of(*, vendor: Vendor, invitation: Invitation, prices: Mapping[int, Money | None]) -> dict[int, str]:
    """What keeps these prices from being agreed to, a sentence by stock record; two queries."""
    return _problems(list(_records(vendor).filter(pk__in=list(prices)).prefetch_related("price_windows")), invitation, prices)


@transaction.atomic
def join(*, vendor: Vendor, invitation: Invitation, prices: Mapping[int, Money | None], by: Any) -> None:
    """Agree to these prices, by stock record; None takes a piece out again. Raises TooLate, RefusedPrices.

    Sending the same prices twice changes nothing. Foreign stock records are left alone.
    """
    now = clock.now()
    if invitation.starts_at <= now:
        raise TooLate
    records = list(_records(vendor).filter(pk__in=list(prices)).select_for_update(of=["self"]).order_by("pk"))
    problems = _problems(records, invitation, prices)
    if problems:
        raise RefusedPrices(problems)
    for record in records:
        wanted = prices[record.pk]
        if wanted == _agreed(record, invitation.key):
            continue
        PriceWindow.objects.filter(stockrecord=record, campaign=invitation.key, left_at=None).update(left_at=now)
        if wanted is not None:
            PriceWindow.objects.create(
                stockrecord=record, price_cents=wanted.cents, starts_at=invitation.starts_at, ends_at=invitation.ends_at,
                campaign=invitation.key, agreed_by=by, agreed_at=now,
            )
    freeze_listings({record.product.parent_id or record.product_id for record in records})


def refreeze_joined(key: str) -> int:
    """Cards of everything that joined a campaign, after it started, ended or was called off; may run twice."""
    rows = PriceWindow.objects.filter(campaign=key).values_list("stockrecord__product__parent_id", "stockrecord__product_id")
    return freeze_listings({parent or product for parent, product in rows})


@transaction.atomic
def call_off(key: str) -> None:
    """The campaign will not be, or is over sooner: agreed prices are given up, those in force end now."""
    now = clock.now()
    windows = PriceWindow.objects.filter(campaign=key, left_at=None)
    windows.filter(starts_at__gt=now).update(left_at=now)
    windows.filter(starts_at__lt=now, ends_at__gt=now).update(ends_at=now)
    refreeze_joined(key)


def titled(product: Any) -> str:
    """The title of a creation, with what tells a variant from the others."""
    if not product.is_child:
        return str(product.title)
    return f"{product.parent.title} · {', '.join(values_in_order(product, product.parent).values())}"


def _records(vendor: Vendor) -> Any:
    mine = Q(product__vendor=vendor, product__state=ListingState.PUBLISHED) | Q(
        product__parent__vendor=vendor, product__parent__state=ListingState.PUBLISHED, product__is_public=True
    )
    return StockRecord.objects.filter(mine, price__isnull=False).select_related("product__parent")


def _problems(records: Iterable[Any], invitation: Invitation, prices: Mapping[int, Money | None]) -> dict[int, str]:
    return {record.pk: problem for record in records if (problem := _problem(record, invitation, prices[record.pk]))}


def _problem(record: Any, invitation: Invitation, price: Money | None) -> str:
    if price is None:
        return ""
    if price >= Money.from_decimal(record.price):
        return _("The price during the campaign must be below the usual one.")
    if price < LEAST:
        return _("The lowest price is 0.50 €.")
    others = [window for window in windows_of(record) if window.campaign != invitation.key]
    if any(window.starts_at < invitation.ends_at and window.ends_at > invitation.starts_at for window in others):
        return _("This creation already has another lower price agreed on these days.")
    return ""


def _agreed(record: Any, key: str) -> Money | None:
    found = next((row for row in record.price_windows.all() if row.campaign == key and row.left_at is None), None)
    return Money(found.price_cents) if found else None
