"""From the rows of a basket to its Quote, in a fixed number of queries: lines, listings, options."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lapinblanc import clock
from lapinblanc.money import Money

from shop.baskets.contents import page_of, personalisation_of, with_attributes
from shop.baskets.quote import CodeQuote, LineQuote, ParcelQuote, Quote, SellerFacts, weight_of
from shop.catalogue.choosing import with_variant
from shop.catalogue.freezing import picture_facts
from shop.catalogue.pictures import PictureFacts
from shop.catalogue.whole.reading import values_said
from shop.coupons.finding import Found, codes_given
from shop.coupons.terms import SHIPPING, Item, concerned, discounts, missing
from shop.coupons.words import taken_off, too_little
from shop.partner.strategy import Strategy, vat_rate_of
from shop.shipping.models import ShippingOption
from shop.shipping.rates import RateFacts, takes
from shop.vendors.legal import vat_mention

WITH_LINES = ("product__vendor", "product__parent__vendor", "product__picture", "stockrecord")


def quote_basket(basket: Any, *, choices: Mapping[int, str] | None = None, codes: Mapping[int, str] | None = None) -> Quote:
    """The quote of a basket; `choices` maps vendor id to the code of a shipping option, the first being the default.

    `codes` maps vendor id to the code that the buyer gave; those of boutiques that are not in the basket wait.
    """
    if basket.pk is None:
        return Quote(parcels=())
    rows = (
        basket.lines.select_related(*WITH_LINES)
        .prefetch_related(with_attributes(), "product__stockrecords__price_windows")
        .order_by("pk")
    )
    by_vendor: dict[int, list[Any]] = defaultdict(list)
    vendors: dict[int, Any] = {}
    for row in rows:
        whole = row.product.parent if row.product.is_child else row.product
        by_vendor[whole.vendor_id].append(row)
        vendors[whole.vendor_id] = whole.vendor
    rates = _rates_of(list(vendors))
    wanted, found = choices or {}, codes_given({pk: code for pk, code in (codes or {}).items() if pk in vendors})
    return Quote(
        parcels=tuple(
            _with_code(_parcel(vendors[vendor_id], lines, rates[vendor_id], wanted.get(vendor_id, "")), found.get(vendor_id), lines)
            for vendor_id, lines in by_vendor.items()
        )
    )


def _rates_of(vendor_ids: Sequence[int]) -> dict[int, tuple[RateFacts, ...]]:
    found: dict[int, list[RateFacts]] = {vendor_id: [] for vendor_id in vendor_ids}
    options = ShippingOption.objects.filter(vendor_id__in=vendor_ids, is_active=True)
    for option in options.order_by("position", "id"):
        found[option.vendor_id].append(option.rate)
    return {vendor_id: tuple(rates) for vendor_id, rates in found.items()}


def _parcel(vendor: Any, rows: Sequence[Any], rates: tuple[RateFacts, ...], wanted: str) -> ParcelQuote:
    taken: dict[int, int] = defaultdict(int)
    lines = tuple(_line(row, vendor, taken) for row in rows)
    possible = tuple(rate for rate in rates if takes(rate, weight_of(lines)))
    chosen = next((rate for rate in possible if rate.code == wanted), possible[0] if possible else None)
    leaves = add_working_days(clock.today(), max(line.lead_days for line in lines))
    return ParcelQuote(
        seller=seller_facts(vendor),
        lines=lines,
        rates=possible,
        chosen=chosen,
        dispatch_due=leaves,
        arrives_from=add_working_days(leaves, chosen.min_days if chosen else 0),
        arrives_until=add_working_days(leaves, chosen.max_days if chosen else 0),
        unsendable="" if chosen else _unsendable(rates),
    )


def _unsendable(rates: tuple[RateFacts, ...]) -> str:
    if rates:
        return _("Together these are too heavy for the ways in which this boutique sends: take fewer of them, or write to it.")
    return _("This boutique has no way to send at the moment: write to it, or come back later.")


def _with_code(parcel: ParcelQuote, found: Found | None, rows: Sequence[Any]) -> ParcelQuote:
    """The parcel with what the code takes off it, computed once over its lines; or with the reason why it takes nothing."""
    if found is None:
        return parcel
    terms = found.terms
    if terms is None:
        return replace(parcel, code=CodeQuote(found.code, problem=found.problem))
    listings = {row.pk: row.product.parent_id or row.product_id for row in rows}
    items = [Item(line.line_id, listings[line.line_id], line.gross) for line in parcel.lines]
    code = CodeQuote(found.code, terms.coupon_id, taken_off(terms))
    if not concerned(terms, items):
        return replace(parcel, code=replace(code, problem=_("This code is for other creations of the boutique.")))
    if lacking := missing(terms, items):
        return replace(parcel, code=replace(code, problem=too_little(lacking, terms.minimum)))
    if terms.kind == SHIPPING:
        if not parcel.shipping:
            return replace(parcel, code=replace(code, problem=_("Shipping is free already: keep this code for another time.")))
        return replace(parcel, code=replace(code, free_shipping=True))
    taken = discounts(terms, items)
    if not taken:
        return replace(parcel, code=replace(code, problem=_("This code takes nothing off so small an amount.")))
    lines = tuple(replace(line, discount=taken.get(line.line_id, line.discount)) for line in parcel.lines)
    return replace(parcel, code=code, lines=lines)


def _line(row: Any, vendor: Any, taken: dict[int, int]) -> LineQuote:
    product = row.product
    whole = product.parent if product.is_child else product
    bought = Strategy().fetch_for_product(product)
    left = getattr(bought.availability, "num_available", None)
    taken[row.stockrecord_id] += row.quantity
    price = bought.price.incl_tax if bought.price.exists else row.price_incl_tax
    return LineQuote(
        line_id=row.pk,
        product_id=product.pk,
        stockrecord_id=row.stockrecord_id,
        tracks_stock=not whole.made_to_order,
        title=whole.title,
        url=with_variant(whole.get_absolute_url(), product.pk if product.is_child else None),
        sku=row.stockrecord.partner_sku,
        variant=values_said(product, whole) if product.is_child else "",
        personalisation=personalisation_of(row),
        picture=picture_facts(product.picture) if product.picture else PictureFacts.thaw(whole.card.get("picture")),
        unit=Money.from_decimal(price),
        quantity=row.quantity,
        vat_rate=vat_rate_of(product),
        made_to_order=whole.made_to_order,
        lead_days=whole.lead_days,
        withdrawal=whole.withdrawal,
        grams=product.weight_g or whole.weight_g,
        most=left,
        problem=_problem(bought, vendor, left, taken[row.stockrecord_id]),
        read_in=page_of(row),
    )


def _problem(bought: Any, vendor: Any, left: int | None, asked: int) -> str:
    if vendor.is_on_leave:
        return _("The boutique is on leave until %(day)s: please remove this creation.") % {
            "day": vendor.leave_to.strftime("%d/%m/%Y")
        }
    if not bought.price.exists or (left is None and not bought.availability.is_available_to_buy):
        return _("This creation is no longer on sale: please remove it.")
    if left is not None and left <= 0:
        return _("This creation has just been sold: please remove it.")
    if left is not None and asked > left:
        return ngettext(
            "Only %(left)d piece is left: please lower the quantity.",
            "Only %(left)d pieces are left: please lower the quantity.",
            left,
        ) % {"left": left}
    return ""


def seller_facts(vendor: Any) -> SellerFacts:
    return SellerFacts(
        vendor_id=vendor.pk,
        slug=vendor.slug,
        name=vendor.name,
        url=vendor.get_absolute_url(),
        legal_name=vendor.legal_name,
        legal_status=vendor.legal_status,
        status_label=str(vendor.get_legal_status_display()),
        siret=vendor.siret,
        vat_regime=vendor.vat_regime,
        vat_number=vendor.vat_number,
        vat_mention=vat_mention(vendor.vat_regime),
        street=vendor.street,
        postcode=vendor.postcode,
        city=vendor.city,
        email=vendor.email,
        phone=vendor.phone,
        mediator=vendor.mediator,
        private=vendor.is_private,
        returns=vendor.policy_returns,
    )


def add_working_days(start: date, days: int) -> date:
    """The day `days` working days after `start`; carriers and workshops rest on Sundays and Saturdays."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return day
