"""The price of a stock record by the clock, and its facts frozen for cards: decided when they are read, as leave is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lapinblanc import clock
from lapinblanc.money import Money

from shop.prices.codes import codes_of
from shop.prices.lowest import Change, Reduction, Window, in_force, prior_price, reduction
from shop.prices.models import PriceChange


@dataclass(frozen=True, slots=True)
class Offer:
    """What one piece (a listing or a variant) costs now, in cents, and the reduction that may be announced."""

    id: int
    cents: int
    reduction: Reduction | None


def price_in_force(stockrecord: Any) -> Money:
    """What is charged now. Asks for `price_windows`: prefetch them where there are many."""
    windows = windows_of(stockrecord)
    return Money(in_force(base=Money.from_decimal(stockrecord.price).cents, windows=windows, at=clock.now()))


def windows_of(stockrecord: Any) -> list[Window]:
    """The agreed windows of a record that nobody left, in the order of time."""
    rows = [row for row in stockrecord.price_windows.all() if row.left_at is None]
    return sorted((Window(row.starts_at, row.ends_at, row.price_cents, row.campaign) for row in rows), key=lambda row: row.starts_at)


def freeze_windows(records: Iterable[Any]) -> dict[int, list[list[Any]]]:
    """By stock record: [start, end, cents, prior or None] of each window that is not over; two queries when there are any."""
    now = clock.now()
    known = {record.pk: windows_of(record) for record in records if record.price is not None}
    live = {pk: windows for pk, windows in known.items() if any(window.ends_at > now for window in windows)}
    history, codes = changes_of(list(live)), codes_of(list(live))
    return {
        pk: [
            [window.starts_at.isoformat(), window.ends_at.isoformat(), window.cents, prior_price(changes=history[pk], windows=windows, window=window, codes=codes.get(pk, ()))]
            for window in windows
            if window.ends_at > now
        ]
        for pk, windows in live.items()
    }


def read_offers(frozen: Iterable[Mapping[str, Any]], *, private: bool) -> list[Offer]:
    """What frozen offers {"id", "base", "windows"} come to at this instant; cents."""
    return [_read(offer, private) for offer in frozen]


def changes_of(stockrecord_ids: Sequence[int]) -> dict[int, list[Change]]:
    """The history of records, each in the order of time; one query, none without records."""
    found: dict[int, list[Change]] = defaultdict(list)
    if stockrecord_ids:
        for row in PriceChange.objects.filter(stockrecord_id__in=stockrecord_ids).order_by("at", "id"):
            found[row.stockrecord_id].append(Change(row.at, row.price_cents))
    return found


def _read(offer: Mapping[str, Any], private: bool) -> Offer:
    now = clock.now()
    cents, announced = int(offer["base"]), None
    for starts, ends, lowered, prior in offer["windows"]:
        if datetime.fromisoformat(starts) <= now < datetime.fromisoformat(ends) and lowered < cents:
            cents, announced = lowered, reduction(price=lowered, prior=prior, private=private)
    return Offer(id=offer["id"], cents=cents, reduction=announced)
