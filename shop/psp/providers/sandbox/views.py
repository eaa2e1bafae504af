"""The hosted page where a buyer pays, and the bank's 3-D Secure page. No number of a card is ever stored."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from lapinblanc.money import Money

from shop.psp.providers.sandbox import bank
from shop.psp.providers.sandbox.cards import CARDS, DECLINES, PROMISES_FROM, card_of
from shop.psp.providers.sandbox.models import SandboxPayment


@never_cache
def pay(request: HttpRequest, reference: str) -> HttpResponse:
    payment = _payment(reference)
    error = ""
    if request.method == "POST" and payment.state == "created":
        card = card_of(request.POST.get("number", ""))
        if card is None:
            error = str(DECLINES["unknown_card"])
        else:
            payment = bank.pay(reference=reference, card=card)
            if payment.pending_card:
                return redirect("psp_sandbox:challenge", reference)
            error = str(DECLINES.get(payment.last_error, ""))
    if payment.state != "created":
        return redirect(payment.return_url)
    context = {
        "payment": payment,
        "amount": Money(payment.amount_cents),
        "promise": payment.capture == "manual",
        "back_url": payment.return_url if payment.transfer_group.startswith("pledge:") else "",
        "cards": CARDS if payment.capture == "manual" else CARDS[:PROMISES_FROM],
        "error": error or str(DECLINES.get(payment.last_error, "")),
        "typed": request.POST.get("number", ""),
    }
    return render(request, "psp/pay.html", context, status=402 if error else 200)


@never_cache
def challenge(request: HttpRequest, reference: str) -> HttpResponse:
    payment = _payment(reference)
    card = card_of(payment.pending_card)
    if card is None or payment.state != "created":
        return redirect("psp_sandbox:pay", reference)
    if request.method == "POST":
        payment = bank.answer_challenge(reference=reference, card=card, passed=request.POST.get("answer") == "yes")
        return redirect("psp_sandbox:pay", reference)
    return render(request, "psp/challenge.html", {"payment": payment, "amount": Money(payment.amount_cents)})


def _payment(reference: str) -> SandboxPayment:
    payment = SandboxPayment.objects.filter(reference=reference).first()
    if payment is None:
        raise Http404
    return payment
