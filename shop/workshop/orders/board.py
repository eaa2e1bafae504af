"""The orders board: to make, to ship, late, on the way, done; what there is to make across orders; several moved at once.

Counts come from one question. What is done to several goes through the verbs of one: an order that is further already is
passed over and said, so that a second click does nothing twice.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from lapinblanc import clock
from lapinblanc.numbers import whole

from shop.order import states
from shop.order.models import Order, OrderState
from shop.vendors.access import vendor_required
from shop.vendors.frame import page
from shop.vendors.models import Vendor
from shop.workshop.orders.papers import labels, slips

PAGE, MOST_AT_ONCE, LOOKED_AT = 30, 100, 200
OPEN = (OrderState.PLACED, OrderState.MAKING)


def _tabs() -> dict[str, tuple[Any, Q]]:
    return {
        "a-preparer": (gettext_lazy("To make"), Q(status=OrderState.PLACED)),
        "a-expedier": (gettext_lazy("To ship"), Q(status=OrderState.MAKING)),
        "en-retard": (gettext_lazy("Late"), Q(status__in=OPEN, dispatch_due__lt=clock.today())),
        "expediees": (gettext_lazy("On the way"), Q(status=OrderState.SHIPPED)),
        "livrees": (gettext_lazy("Done"), Q(status=OrderState.DELIVERED)),
        "annulees": (gettext_lazy("Cancelled and returned"), Q(status__in=(OrderState.CANCELLED, OrderState.RETURNED))),
    }


@dataclass(frozen=True, slots=True)
class ToMake:
    """So many of one piece across orders, and what each asks for."""

    count: int
    title: str
    asks: tuple[str, ...]


@vendor_required("orders")
def board(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    tabs = _tabs()
    tab = request.GET.get("onglet", "a-preparer")
    tab = tab if tab in tabs else "a-preparer"
    text = request.GET.get("q", "").replace("\0", "").strip()[:80]
    mine = Order.objects.of_vendor(vendor)
    counts = mine.aggregate(**{key.replace("-", "_"): Count("pk", filter=found) for key, (_label, found) in tabs.items()})
    rows = _searched(mine, text) if text else mine.filter(tabs[tab][1])
    open_tab = tab in ("a-preparer", "a-expedier", "en-retard") and not text
    rows = rows.order_by("dispatch_due", "id") if open_tab else rows.order_by("-state_changed_at", "-id")
    start = min(whole(request.GET.get("apres", "")) or 0, 100_000)
    found = list(rows.for_page()[start : start + PAGE + 1])
    context = {
        "tabs": [(key, label, counts[key.replace("-", "_")]) for key, (label, _found) in tabs.items()],
        "tab": "" if text else tab,
        "q": text,
        "orders": found[:PAGE],
        "to_make": to_make(rows) if open_tab else [],
        "open_tab": open_tab,
        "older_url": f"?onglet={tab}&q={text}&apres={start + PAGE}" if len(found) > PAGE else "",
        "newest_url": f"?onglet={tab}&q={text}" if start else "",
        "today": clock.today(),
    }
    return page(request, vendor, "orders", context)


def _searched(rows: Any, text: str) -> Any:
    """By number, by the name or town it goes to, by the title of a line."""
    address = Q(shipping_address__last_name__icontains=text) | Q(shipping_address__first_name__icontains=text) | Q(shipping_address__line4__icontains=text)
    lines = Q(pk__in=rows.filter(lines__title__icontains=text).values("pk"))
    return rows.filter(Q(number__icontains=text) | address | lines)


def to_make(rows: Any) -> list[ToMake]:
    """What the first two hundred orders of a tab ask for, the most first; two queries."""
    pieces: Counter[str] = Counter()
    asks: dict[str, list[str]] = {}
    for order in rows.prefetch_related("lines")[:LOOKED_AT]:
        for line in (line for line in order.lines.all() if line.due_quantity):
            title = f"{line.title}, {line.variant}" if line.variant else line.title
            pieces[title] += line.due_quantity
            said = " · ".join(str(value) for value in line.personalisation.values())
            if said:
                asks.setdefault(title, []).append(said if line.due_quantity == 1 else f"{line.due_quantity} × {said}")
    return [ToMake(count, title, tuple(asks.get(title, ()))) for title, count in pieces.most_common()]


@require_POST
@vendor_required("orders")
def several(request: HttpRequest, vendor: Vendor) -> HttpResponse:
    """What was ticked: begun, sent, or printed. Numbers of other boutiques' orders are nobody's here."""
    numbers = request.POST.getlist("chosen")[: MOST_AT_ONCE + 1]
    orders = list(Order.objects.of_vendor(vendor).filter(number__in=numbers).for_page().order_by("dispatch_due", "id"))
    verb = request.POST.get("verb", "")
    back = f"{reverse('workshop:orders')}?onglet={request.POST.get('onglet', '')[:20]}"
    if not orders or len(numbers) > MOST_AT_ONCE:
        messages.error(request, _("Tick the orders first: a hundred at most.") if not orders else _("A hundred orders at most at once."))
    elif verb in ("slips", "labels"):
        return _papers(vendor, orders, verb, request.POST.get("sheet", ""))
    elif verb == "make":
        _told(request, sum(_begun(order) for order in orders), len(orders), ngettext("%(n)d order begun.", "%(n)d orders begun.", len(orders)))
    elif verb == "ship":
        _told(request, sum(_sent(order, request) for order in orders), len(orders), ngettext("%(n)d parcel on its way; the buyers have been told.", "%(n)d parcels on their way; the buyers have been told.", len(orders)))
    return redirect(back)


def _papers(vendor: Vendor, orders: list[Any], verb: str, sheet: str) -> HttpResponse:
    content = slips(vendor, orders) if verb == "slips" else labels(vendor, orders, sheet=sheet)
    name = "bons" if verb == "slips" else "adresses"
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _begun(order: Order) -> bool:
    try:
        states.start_making(order=order)
    except states.ImpossibleMove:
        return False
    return True


def _sent(order: Order, request: HttpRequest) -> bool:
    """All that is left of it leaves, but what the buyer withdrew from, with the number typed beside it."""
    carrier = request.POST.get(f"carrier-{order.number}", "").replace("\0", "").strip()[:60] or "Colissimo"
    tracking = request.POST.get(f"tracking-{order.number}", "").replace("\0", "").strip()[:60]
    try:
        states.ship(order=order, carrier=carrier, tracking=tracking, quantities=states.meant_to_leave(order))
    except (states.ImpossibleMove, states.NothingToShip):
        return False
    return True


def _told(request: HttpRequest, done: int, asked: int, sentence: str) -> None:
    if done:
        messages.success(request, sentence % {"n": done})
    if done < asked:
        messages.info(request, ngettext("%(n)d was further already: nothing was changed.", "%(n)d were further already: nothing was changed.", asked - done) % {"n": asked - done})
