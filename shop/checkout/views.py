"""One page from basket to payment, the way back from the provider, and giving up without losing anything."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from lapinblanc.money import Money
from lapinblanc.numbers import whole

from shop.baskets.choices import read_choices, read_codes, remember_choices, remember_code
from shop.baskets.pricing import quote_basket
from shop.checkout import exceptions as problems
from shop.checkout.forms import CheckoutForm
from shop.checkout.models import CheckoutSession, SessionState
from shop.checkout.placement import settle
from shop.checkout.sessions import CheckoutRequest, abandon, open_payment, start_checkout
from shop.coupons.exceptions import CodeRefused
from shop.order.models import Purchase
from shop.psp.provider import ProviderError
from shop.vendors.places import towns_of


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The checkout. POST `action=update` prices again, anything else orders."""
    if request.method == "POST":
        remember_choices(request)
    quote = _priced(request)
    if quote.is_empty or quote.problems:
        return redirect("basket:detail")
    if request.method != "POST":
        return _show(request, CheckoutForm(initial=_known(request, quote), quote=quote), quote)
    if request.POST.get("action") == "update":
        return _show_priced_anew(request, quote)
    form = CheckoutForm(request.POST, quote=quote)
    if not form.is_valid():
        return _show(request, form, quote, status=422)
    return _order(request, form, quote)


def _priced(request: HttpRequest) -> Any:
    return quote_basket(request.basket, choices=read_choices(request), codes=read_codes(request))


def _show_priced_anew(request: HttpRequest, quote: Any, *, status: int = 200) -> HttpResponse:
    """What was typed, beside the total of now."""
    form = CheckoutForm(initial={**request.POST.dict(), "shown_total": quote.total.cents}, quote=quote)
    return _show(request, form, quote, status=status)


def _order(request: HttpRequest, form: CheckoutForm, quote: Any) -> HttpResponse:
    asked = CheckoutRequest(
        key=form.key_value,
        email=form.cleaned_data["email"],
        address=form.address(),
        shown_total=Money(form.cleaned_data["shown_total"]),
        choices=read_choices(request),
        codes=read_codes(request),
        notes=_notes(request),
        relays=form.relays(),
        language=get_language() or "fr",
    )
    try:
        return redirect(start_checkout(basket=request.basket, buyer=request.user, asked=asked))
    except problems.AlreadyPaying as other:
        return _resume(request, other.session)
    except problems.SoldOut as gone:
        text = _("Just sold to somebody else: %(titles)s. Nothing was charged.") % {"titles": ", ".join(gone.titles)}
        messages.error(request, text)
        return render(request, "basket/detail.html", {"quote": _priced(request)}, status=409)
    except CodeRefused as refusal:
        remember_code(request, vendor_id=refusal.vendor_id, code="")
        messages.error(request, refusal.message)
        messages.warning(request, _("The code was taken out: please check the new total before you order."))
        return _show_priced_anew(request, _priced(request), status=409)
    except (problems.QuoteChanged, problems.BasketHasProblems, problems.EmptyBasket):
        messages.warning(request, _("Your basket has changed: please check the new total before you order."))
        return redirect("checkout:page")
    except ProviderError:
        messages.error(request, _("The payment service does not answer. Nothing was charged; please try again in a minute."))
        return _show(request, form, quote, status=503)


def _resume(request: HttpRequest, session: CheckoutSession) -> HttpResponse:
    """The same basket is being paid in another tab, or was just bought: lead there."""
    return redirect("checkout:return", session.key)


@never_cache
def come_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the provider sends the buyer: look at the truth, then thank, wait or offer to try again."""
    session = CheckoutSession.objects.select_related("payment").filter(key=key).first()
    if session is None:
        raise Http404
    purchase = Purchase.objects.filter(checkout_key=key).first()
    if purchase is None and session.payment is not None:
        try:
            purchase = settle(payment=session.payment)
        except ProviderError:
            return render(request, "checkout/waiting.html", {"session": session})
    if purchase is not None:
        for order in purchase.orders.exclude(coupon_code=""):
            remember_code(request, vendor_id=int(order.vendor_id or 0), code="")
        return redirect(purchase)
    session.refresh_from_db()
    return _not_bought(request, session)


def _not_bought(request: HttpRequest, session: CheckoutSession) -> HttpResponse:
    payment = session.payment
    if payment is not None and payment.state == "processing":
        return render(request, "checkout/waiting.html", {"session": session})
    if session.state == SessionState.OPEN:
        try:
            return render(request, "checkout/retry.html", {"session": session, "pay_url": open_payment(session)})
        except ProviderError:
            return render(request, "checkout/waiting.html", {"session": session})
    return render(request, "checkout/ended.html", {"session": session})


@require_POST
def give_up(request: HttpRequest, key: UUID) -> HttpResponse:
    """Back to the basket: the stock is given back, the basket stays as it was."""
    session = CheckoutSession.objects.select_related("payment").filter(key=key, state=SessionState.OPEN).first()
    try:
        if session is not None and not abandon(session=session, state=SessionState.CANCELLED):
            return redirect("checkout:return", key)
    except ProviderError:
        messages.error(request, _("The payment service does not answer. Please try again in a minute."))
    return redirect("basket:detail")


@require_GET
def towns(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"towns": towns_of(request.GET.get("code", ""))})


def _known(request: HttpRequest, quote: Any) -> dict[str, Any]:
    user = request.user
    known = {"key": uuid4(), "shown_total": quote.total.cents}
    if user.is_authenticated:
        last = Purchase.objects.filter(buyer=user).order_by("-pk").first()
        order = last.orders.select_related("shipping_address").first() if last else None
        known |= {"email": user.email, "name": user.get_full_name()}
        if order is not None and order.shipping_address is not None:
            address = order.shipping_address
            known |= {"street": address.line1, "postcode": address.postcode, "town": address.line4}
            known["name"] = known["name"] or f"{address.first_name} {address.last_name}"
    return known


def _notes(request: HttpRequest) -> dict[int, str]:
    return {
        vendor: value[:500]
        for name, value in request.POST.items()
        if name.startswith("note-") and (vendor := whole(name[5:])) is not None
    }


def _show(request: HttpRequest, form: CheckoutForm, quote: Any, *, status: int = 200) -> HttpResponse:
    code = str(form["postcode"].value() or "")
    context = {"form": form, "quote": quote, "towns": towns_of(code), "notes": _notes(request)}
    return render(request, "checkout/page.html", context, status=status)
