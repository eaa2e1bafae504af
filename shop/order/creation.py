"""Writes a Purchase and one Oscar Order per vendor from the frozen snapshot of a checkout, and books the sale.

Prices, VAT and shipping come from the snapshot alone: what was shown is what is written. Call inside a transaction.
Oscar's `order_placed` is not sent: its counters update shared rows in basket order, and twenty buyers at once deadlock.
"""

import secrets
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.sites.models import Site
from django.db import connection, transaction
from lapinblanc import clock
from lapinblanc.ids import order_reference, purchase_reference
from lapinblanc.money import Money, exclude_vat
from oscar.core.loading import get_model

from shop.commissions.amounts import Commission, commission_on
from shop.commissions.models import CommissionRate
from shop.ledger import journal
from shop.order import mails
from shop.order.models import Line, Order, OrderState, Purchase
from shop.psp.models import Payment


def create_purchase(
    *,
    checkout_key: UUID,
    buyer: Any,
    email: str,
    language: str,
    payment: Payment,
    snapshot: dict[str, Any],
    evidence: str,
) -> Purchase:
    """The purchase with its orders, lines, addresses and ledger entries; mails leave when the transaction commits.

    An empty address in the snapshot is a purchase of which nothing is sent by post.
    """
    now = clock.now()
    purchase = Purchase.objects.create(
        number=purchase_reference(year=clock.today().year, number=_next_number()),
        checkout_key=checkout_key,
        token=secrets.token_urlsafe(32),
        buyer=buyer,
        email=email,
        payment=payment,
        total_cents=snapshot["total_cents"],
        language=language,
        evidence=evidence,
        placed_at=now,
    )
    rate = CommissionRate.objects.at(now)
    for position, parcel in enumerate(snapshot["parcels"], start=1):
        order = _create_order(purchase, parcel, snapshot["address"], position, rate)
        _book(order)
    purchase_id = purchase.pk
    transaction.on_commit(lambda: mails.announce_purchase(purchase_id=purchase_id))
    return purchase


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('purchase_number')")
        return int(cursor.fetchone()[0])


def _create_order(
    purchase: Purchase, parcel: dict[str, Any], address: dict[str, str], position: int, rate: CommissionRate
) -> Order:
    goods, shipping = Money(parcel["goods_cents"]), Money(parcel["shipping"]["cents"])
    total, vat = goods + shipping, Money(parcel["vat_cents"])
    shipping_vat = Money(parcel["shipping"]["vat_cents"])
    commission = commission_on(goods=goods, rate=rate.rate, vat_rate=rate.vat_rate)
    order = Order.objects.create(
        number=order_reference(purchase=purchase.number, position=position),
        site=Site.objects.get_current(),
        user=purchase.buyer,
        guest_email=purchase.email,
        purchase=purchase,
        vendor_id=parcel["seller"]["vendor_id"],
        position=position,
        status=OrderState.PLACED,
        currency="EUR",
        total_incl_tax=total.decimal,
        total_excl_tax=(total - vat).decimal,
        shipping_incl_tax=shipping.decimal,
        shipping_excl_tax=(shipping - shipping_vat).decimal,
        shipping_method=parcel["shipping"]["label"],
        shipping_code=parcel["shipping"]["code"],
        shipping_kind=parcel["shipping"]["kind"],
        relay_point=parcel["relay"],
        shipping_address=_address(address),
        buyer_note=parcel["note"],
        goods_cents=goods.cents,
        shipping_cents=shipping.cents,
        vat_cents=vat.cents,
        **_code(parcel),
        commission_rate=rate.rate,
        commission_cents=commission.excl.cents,
        commission_vat_cents=commission.vat.cents,
        seller_facts=parcel["seller"],
        dispatch_due=date.fromisoformat(parcel["dispatch_due"]),
        date_placed=purchase.placed_at,
        state_changed_at=purchase.placed_at,
    )
    for line in parcel["lines"]:
        _create_line(order, line)
    return order


def _code(parcel: dict[str, Any]) -> dict[str, Any]:
    """The code's part, for the order's own columns; a funding's parcel knows none."""
    facts = parcel.get("coupon") or {"code": "", "goods_cents": 0, "shipping_cents": 0}
    return {"coupon_code": facts["code"], "discount_cents": facts["goods_cents"], "shipping_discount_cents": facts["shipping_cents"]}


def _create_line(order: Order, line: dict[str, Any]) -> None:
    total, vat, unit = Money(line["total_cents"]), Money(line["vat_cents"]), Money(line["unit_cents"])
    before = total + Money(line.get("discount_cents", 0))
    excl = (total - vat).decimal
    # What one piece costs before tax, for Oscar's columns; the line's own sums are the ones that count.
    unit_excl = (total - vat).allocate([1] * line["quantity"])[0].decimal
    vendor = order.vendor
    assert vendor is not None  # noqa: S101  every order that we create has one
    written = Line.objects.create(
        order=order,
        partner_id=vendor.partner_id,
        partner_name=vendor.name,
        partner_sku=line["sku"],
        stockrecord_id=line["stockrecord_id"],
        product_id=line["product_id"],
        title=line["title"],
        quantity=line["quantity"],
        line_price_incl_tax=total.decimal,
        line_price_excl_tax=excl,
        line_price_before_discounts_incl_tax=before.decimal,
        line_price_before_discounts_excl_tax=exclude_vat(before, line["vat_rate"]).decimal,
        unit_price_incl_tax=unit.decimal,
        unit_price_excl_tax=unit_excl,
        status=OrderState.PLACED,
        num_allocated=line["quantity"] if line["tracks_stock"] else 0,
        vat_rate=line["vat_rate"],
        vat_cents=vat.cents,
        variant=line["variant"],
        personalisation=line["personalisation"],
        picture=line["picture"],
        made_to_order=line["made_to_order"],
        withdrawal=line["withdrawal"],
        read_in=line.get("read_in"),
    )
    written.prices.create(
        order=order, quantity=line["quantity"], price_incl_tax=unit.decimal, price_excl_tax=unit_excl
    )


def _address(address: dict[str, str]) -> Any:
    """A copy per order: each contract keeps its own."""
    if not address:
        return None
    fields = {name: value for name, value in address.items() if name != "country"}
    return get_model("order", "ShippingAddress").objects.create(country_id=address["country"], **fields)


def _book(order: Order) -> None:
    about = about_order(order)
    journal.record_sale(about=about, total=Money(order.total_cents))
    journal.record_commission(about=about, commission=charged_commission(order))


def about_order(order: Order) -> journal.About:
    purchase = order.purchase
    return journal.About(
        vendor_id=int(order.vendor_id or 0),
        order_number=order.number,
        purchase_number=purchase.number if purchase is not None else "",
    )


def charged_commission(order: Order) -> Commission:
    """The commission as it was voted on the day of the sale."""
    return Commission(excl=Money(order.commission_cents), vat=Money(order.commission_vat_cents))
