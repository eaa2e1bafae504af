"""« À améliorer »: what this boutique can do today, with the place to do it. Each rule looks at facts and names them.

Nothing is promised: a rule says what is missing or slow, not what it would bring.
"""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lapinblanc import clock

from shop.catalogue.models import Product
from shop.order.models import Order, Parcel
from shop.shipping.models import ShippingOption
from shop.statistics.figures import ListingFigures
from shop.vendors.models import Vendor

FEW_PICTURES, MANY_VISITS, NAMED = 3, 30, 4


@dataclass(frozen=True, slots=True)
class Advice:
    """`urls`: (label, address) of the places where it is done; at most four, `more` says how many others there are."""

    sentence: str
    urls: tuple[tuple[str, str], ...]
    more: int = 0


def advice_for(vendor: Vendor, figures: list[ListingFigures]) -> list[Advice]:
    """The most useful first. Five queries, whatever the number of creations."""
    rows = list(
        Product.objects.on_sale().by(vendor)
        .annotate(picture_count=Count("images", distinct=True), without_alt=Count("images", filter=Q(images__alt=""), distinct=True))
        .only("pk", "title", "materials", "care", "making", "length_mm", "width_mm", "height_mm", "diameter_mm", "lead_days", "made_to_order", "sellable", "slug")
        .order_by("-pk")
    )
    by_pk = {row.pk: row for row in rows}
    read = [by_pk[figure.id] for figure in figures if figure.id in by_pk and figure.visits >= MANY_VISITS and not figure.pieces]
    sold_out = [by_pk[figure.id] for figure in figures if figure.id in by_pk and not by_pk[figure.id].sellable and figure.visits]
    rules = (
        (_("%(n)s creations that buyers still open are sold out: make them again, or open them to order."), _("A creation that buyers still open is sold out: make it again, or open it to order."), sold_out),
        (_("%(n)s creations have fewer than three pictures. Show the piece in a hand, from behind, in use."), _("A creation has fewer than three pictures. Show the piece in a hand, from behind, in use."), [row for row in rows if row.picture_count < FEW_PICTURES]),
        (_("%(n)s creations do not say their materials: buyers filter by them."), _("A creation does not say its materials: buyers filter by them."), [row for row in rows if not row.materials]),
        (_("%(n)s creations give no size. It is the first question that buyers ask."), _("A creation gives no size. It is the first question that buyers ask."), [row for row in rows if not any((row.length_mm, row.width_mm, row.height_mm, row.diameter_mm))]),
        (_("%(n)s creations are read often and not bought: look at their price, first picture and shipping as a buyer would."), _("A creation is read often and not bought: look at its price, first picture and shipping as a buyer would."), read),
        (_("%(n)s creations have pictures without words for those who do not see them."), _("A creation has pictures without words for those who do not see them."), [row for row in rows if row.without_alt]),
        (_("%(n)s creations do not tell how they are made. It is why people come here."), _("A creation does not tell how it is made. It is why people come here."), [row for row in rows if not row.making]),
    )
    found = [_about(many, one, concerned) for many, one, concerned in rules if concerned]
    return [*_shipping(vendor), *found]


def _about(many: str, one: str, rows: list[Any]) -> Advice:
    sentence = one if len(rows) == 1 else many % {"n": len(rows)}
    urls = tuple((row.title, reverse("workshop:listing", args=[row.pk])) for row in rows[:NAMED])
    return Advice(sentence, urls, max(0, len(rows) - NAMED))


def _shipping(vendor: Vendor) -> list[Advice]:
    found = []
    options = ShippingOption.objects.filter(vendor=vendor, is_active=True).aggregate(n=Count("pk"), cheapest=Min("base_cents"), free=Count("pk", filter=Q(free_from_cents__isnull=False)))
    place = ((_("Shipping"), reverse("workshop:shipping")),)
    if options["n"] == 1:
        found.append(Advice(_("There is one way to send alone: a pick-up point beside it costs less and is often preferred."), place))
    if options["n"] and not options["free"]:
        found.append(Advice(_("No amount makes shipping free: buyers add a second piece to reach one."), place))
    late = _days_late(vendor)
    if late is not None and late > 0:
        sentence = ngettext(
            "Half of your parcels of the last ninety days left %(n)d day or more after the day that buyers were told. Lengthen the time shown, or close some days.",
            "Half of your parcels of the last ninety days left %(n)d days or more after the day that buyers were told. Lengthen the time shown, or close some days.",
            late,
        )
        found.insert(0, Advice(sentence % {"n": late}, ((_("Orders"), reverse("workshop:orders")),)))
    return found


def _days_late(vendor: Vendor) -> int | None:
    """The median of days between the day promised and the first parcel, of at least three orders; None with fewer."""
    since = clock.now() - timedelta(days=90)
    first = Parcel.objects.filter(order__vendor=vendor, shipped_at__gte=since).order_by().values("order").annotate(left=Min("shipped_at"))
    left = {row["order"]: row["left"] for row in first}
    due = dict(Order.objects.filter(pk__in=left, dispatch_due__isnull=False).values_list("pk", "dispatch_due"))
    days = [(left[pk].astimezone(clock.PARIS).date() - day).days for pk, day in due.items()]
    return int(median(days)) if len(days) >= 3 else None
