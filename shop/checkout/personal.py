"""Checkouts and baskets, for copies and erasures; and the end of the archive, when contracts have been kept long enough."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lapinblanc import clock
from lapinblanc.privacy.rows import OwnRows, Table, any_address, flat
from lapinblanc.privacy.subject import Attachment, Fate, Outcome, Promise, Sheet

from shop.checkout.models import CheckoutSession, SessionState
from shop.order.models import BillingAddress, Line, Order, ShippingAddress

# C. conso. L213-1 and D213-1: contracts of 120 € and more for ten years from delivery; others for five (C. civ. 2224).
CONTRACT_FROM_CENTS = 12_000
LONG, SHORT = timedelta(days=3653), timedelta(days=1827)
NOBODY = {"first_name": "", "last_name": "", "line1": "", "line2": "", "line3": "", "line4": "", "postcode": "", "search_text": ""}


def sessions_of(user: Any) -> QuerySet[CheckoutSession]:
    return CheckoutSession.objects.filter(Q(buyer=user) | any_address("email", user))


class Checkouts:
    name = "paiements"
    models = ("checkout.CheckoutSession",)

    def promises(self) -> Sequence[Promise]:
        return [
            Promise(gettext_lazy("Payments begun and not finished"), Fate.GOES, gettext_lazy("They became no contract.")),
            Promise(gettext_lazy("What the page showed you when you paid"), Fate.STAYS, gettext_lazy("It is the proof of the contract, and goes with it.")),
        ]

    def obstacles(self, user: Any) -> Sequence[str]:
        if sessions_of(user).filter(state=SessionState.OPEN).exists():
            return [_("A payment is under way: finish it, or wait half an hour.")]
        return []

    def export(self, user: Any) -> Iterable[Sheet | Attachment]:
        yield Sheet("paiements-commences", _("Each time you went to pay, with what the page showed."), flat(sessions_of(user), "created_at", "state", "total_cents", "email", "snapshot"))

    def erase(self, user: Any) -> Outcome:
        mine = CheckoutSession.objects.filter(pk__in=list(sessions_of(user).values_list("pk", flat=True)))
        kept = mine.filter(state=SessionState.PLACED).update(buyer=None, email="")
        return Outcome(erased=mine.exclude(state=SessionState.PLACED).update(buyer=None, email="", snapshot={}), kept=kept)


BASKETS = OwnRows(
    "paniers",
    gettext_lazy("Your baskets"),
    gettext_lazy("They were for you alone."),
    (Table("basket.Basket", "paniers", gettext_lazy("Your baskets, present and past."), ("status", "date_created", "date_submitted"), owner="owner"),),
)


def forget_old_contracts() -> int:
    """Name and address leave the contracts of guests and of erased accounts once they were kept long enough; how many orders.

    Running twice is harmless: what is empty is not found again.
    """
    total, now = F("goods_cents") + F("shipping_cents"), clock.now()
    over = Order.objects.alias(total=total).filter(purchase__buyer=None, shipping_address__line1__gt="")
    over = over.filter(Q(state_changed_at__lt=now - LONG) | Q(total__lt=CONTRACT_FROM_CENTS, state_changed_at__lt=now - SHORT))
    forgotten = 0
    for order in over.exclude(status__in=("placed", "making", "shipped")).order_by("pk")[:1000]:
        with transaction.atomic():
            ShippingAddress.objects.filter(pk=order.shipping_address_id).update(**NOBODY, phone_number="", notes="")
            BillingAddress.objects.filter(pk=order.billing_address_id).update(**NOBODY)
            Line.objects.filter(order=order).update(personalisation={})
            Order.objects.filter(pk=order.pk).update(guest_email="", buyer_note="", relay_point="")
            _forget_proof(order.purchase_id)
        forgotten += 1
    return forgotten


def _forget_proof(purchase_id: int | None) -> None:
    """What the page showed goes with the last contract of its purchase."""
    if not Order.objects.filter(purchase_id=purchase_id, shipping_address__line1__gt="").exists():
        CheckoutSession.objects.filter(payment__purchase__pk=purchase_id).update(snapshot={}, email="")
