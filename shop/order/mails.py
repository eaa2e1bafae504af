"""Mails about purchases and parcels, HTML and text, in the buyer's language. Sent after the commit, by a job.

A mail that could not be sent is tried again by the job; the key in `MailSent` makes the second a no-op.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import css_inline
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.mailing import one_line
from lapinblanc.money import Money

from shop.order.models import MailSent, Order, Parcel, Purchase, Removal, Withdrawal
from shop.order.withdrawal_term import REFUND_DAYS

log = logging.getLogger(__name__)
# Where income is declared: at each sale (LAW 4.2).
DECLARING = (("impots.gouv.fr", "https://www.impots.gouv.fr/"), ("urssaf.fr", "https://www.urssaf.fr/"))
_others: dict[str, Callable[[str], object]] = {}
_instead: list[Callable[[int], bool]] = []


def resends(kind: str, again: Callable[[str], object]) -> None:
    """Another room's mails, by the first word of their keys: `again(rest of the key)` makes the mail anew from the rows."""
    _others[kind] = again


def announces_instead(told: Callable[[int], bool]) -> None:
    """A room above that announces some purchases in its own words: `told(purchase id)` says whether it did."""
    _instead.append(told)


def announce_purchase(*, purchase_id: int) -> None:
    """To the buyer one, with the contract as a document; to each vendor theirs."""
    if any(told(purchase_id) for told in _instead):
        return
    purchase = Purchase.objects.get(pk=purchase_id)
    orders = list(purchase.orders.for_page().order_by("position"))
    with translation.override(purchase.language):
        context = {"purchase": purchase, "orders": orders, "total": Money(purchase.total_cents)}
        send(
            key=f"purchase:{purchase.number}",
            to=purchase.email,
            subject=_("Your purchase %(number)s: thank you") % {"number": purchase.number},
            template="purchase",
            context=context,
            attachments=[(f"contrat-{purchase.number}.html", contract(purchase, orders), "text/html")],
        )
    for order in orders:
        with translation.override("fr"):
            send(
                key=f"order:{order.number}",
                to=order.vendor.email,
                subject=_("A new order: %(number)s") % {"number": order.number},
                template="order",
                context={"order": order, "total": Money(order.total_cents), "declaring": DECLARING},
            )


def announce_parcel(*, parcel_id: int) -> None:
    """To the buyer: a parcel left."""
    parcel = Parcel.objects.select_related("order__purchase", "order__vendor").get(pk=parcel_id)
    purchase = parcel.order.purchase
    # What needs no address is handed over: nothing left by post.
    if purchase is None or parcel.order.shipping_address_id is None:
        return
    with translation.override(purchase.language):
        send(
            key=f"parcel:{parcel.pk}",
            to=purchase.email,
            subject=_("%(boutique)s has sent your parcel") % {"boutique": parcel.order.vendor.name},
            template="parcel",
            context={"parcel": parcel, "order": parcel.order, "purchase": purchase, "lines": parcel.lines.select_related("line")},
        )


def announce_cancellation(*, order_id: int) -> None:
    """To the buyer and the vendor: the order is over, and what is refunded."""
    order = Order.objects.for_page().get(pk=order_id)
    purchase = order.purchase
    context = {"order": order, "purchase": purchase, "refund": Money(order.refunded_cents)}
    for role, address, language in (("buyer", purchase.email, purchase.language), ("vendor", order.vendor.email, "fr")):
        with translation.override(language):
            send(
                key=f"{order.status}:{order.number}:{role}",
                to=address,
                subject=_("Order %(number)s: %(state)s") % {"number": order.number, "state": order.get_status_label()},
                template="refund",
                context=context,
            )


def announce_partial_refund(*, order_id: int) -> None:
    """To the buyer: a part of the money goes back, or some pieces are taken out; once for each amount and number reached."""
    order = Order.objects.for_page().get(pk=order_id)
    purchase = order.purchase
    removals = list(Removal.objects.filter(line__order=order).select_related("line"))
    with translation.override(purchase.language):
        send(
            key=f"partial:{order.pk}:{order.refunded_cents}:{len(removals)}",
            to=purchase.email,
            subject=_("Order %(number)s: a refund") % {"number": order.number},
            template="partial_refund",
            context={"order": order, "purchase": purchase, "refund": Money(order.refunded_cents), "removals": removals},
        )


def announce_withdrawal(*, withdrawal_id: int) -> None:
    """The acknowledgement to the buyer, with content, day and hour (LAW R2), and the news to the vendor."""
    withdrawal = Withdrawal.objects.get(pk=withdrawal_id)
    order = Order.objects.for_page().get(pk=withdrawal.order_id)
    purchase = order.purchase
    context = {
        "withdrawal": withdrawal, "order": order, "purchase": purchase, "rows": list(withdrawal.lines.select_related("line")),
        "refund_by": withdrawal.declared_at + timedelta(days=REFUND_DAYS),
    }
    for role, address, language in (("buyer", purchase.email, purchase.language), ("vendor", order.vendor.email, "fr")):
        with translation.override(language):
            to_buyer = role == "buyer"
            subject = _("Withdrawal from order %(number)s: acknowledgement") if to_buyer else _("Withdrawal from order %(number)s")
            send(
                key=f"withdrawal:{withdrawal.pk}:{role}", to=address, subject=subject % {"number": order.number},
                template="withdrawal", context={**context, "to_buyer": to_buyer, "workshop_url": reverse("workshop:order", args=[order.number])},
            )


def resend_waiting() -> int:
    """Mails that a server refused or that a killed process never sent: made again from the rows; returns how many keys waited."""
    for pk in _never_announced():
        announce_purchase(purchase_id=pk)
    waiting = list(MailSent.objects.filter(sent_at__isnull=True).exclude(error="").values_list("key", flat=True)[:100])
    for key in waiting:
        kind, _colon, name = key.partition(":")
        if kind in _others:
            _others[kind](name)
        elif kind == "purchase":
            announce_purchase(purchase_id=Purchase.objects.only("pk").get(number=name).pk)
        elif kind == "order":
            order = Order.objects.select_related("purchase").get(number=name)
            announce_purchase(purchase_id=int(order.purchase_id or 0))
        elif kind == "withdrawal":
            announce_withdrawal(withdrawal_id=int(name.partition(":")[0]))
        elif kind == "partial":
            announce_partial_refund(order_id=int(name.partition(":")[0]))
        elif kind == "parcel":
            announce_parcel(parcel_id=int(name))
        else:
            announce_cancellation(order_id=Order.objects.only("pk").get(number=name.rpartition(":")[0]).pk)
    return len(waiting)


def _never_announced() -> list[int]:
    """Purchases of the last two days without a mail: the process died between the commit and the mail."""
    told = MailSent.objects.filter(key=Concat(Value("purchase:"), OuterRef("number")))
    recent = Purchase.objects.filter(placed_at__gte=clock.now() - timedelta(days=2), placed_at__lte=clock.now() - timedelta(minutes=1))
    return list(recent.filter(~Exists(told)).values_list("pk", flat=True)[:100])


def contract(purchase: Purchase, orders: list[Any]) -> str:
    """The contract on a durable medium (LAW P11): self-contained, prints well."""
    context = {"purchase": purchase, "orders": orders, "total": Money(purchase.total_cents)}
    return _inlined(render_to_string("mails/contract.html", {**context, "base_url": settings.BASE_URL}))


def send(
    *, key: str, to: str, subject: str, template: str, context: dict[str, Any], attachments: list[Any] | None = None
) -> None:
    """One mail under one key. A server that refuses leaves the key unwritten, and the mail is tried again."""
    sent, made = MailSent.objects.get_or_create(key=key, defaults={"to": to})
    if not made and sent.sent_at is not None:
        return
    subject = one_line(subject)
    full = {**context, "base_url": settings.BASE_URL, "subject": subject}
    mail = EmailMultiAlternatives(subject, render_to_string(f"mails/{template}.txt", full), to=[to])
    mail.attach_alternative(_inlined(render_to_string(f"mails/{template}.html", full)), "text/html")
    for attachment in attachments or []:
        mail.attach(*attachment)
    try:
        mail.send()
    except OSError as trouble:
        log.warning("mail %s not sent yet: %s", key, trouble)
        MailSent.objects.filter(pk=sent.pk).update(error=str(trouble)[:500])
        return
    sent.mark_sent()


def _inlined(html: str) -> str:
    path = finders.find("css/mail.css")
    with open(path, encoding="utf-8") as sheet:
        return str(css_inline.CSSInliner(extra_css=sheet.read(), keep_style_tags=True).inline(html))


def send_address(*, purchase: Purchase) -> None:
    """The purchase's address again, to the address that it was made with."""
    with translation.override(purchase.language):
        subject = _("The address of your purchase %(number)s") % {"number": purchase.number}
        context = {"purchase": purchase, "base_url": settings.BASE_URL, "subject": subject}
        mail = EmailMultiAlternatives(subject, render_to_string("mails/address.txt", context), to=[purchase.email])
        mail.attach_alternative(_inlined(render_to_string("mails/address.html", context)), "text/html")
        mail.send()
