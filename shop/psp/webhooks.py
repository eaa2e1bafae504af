"""Events from a provider: verified, written once, and acted on by asking the provider for the truth.

The order and the number of copies don't matter: an event only says where to look.
"""

import logging
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from lapinblanc import clock

from shop.psp.accounts import refresh_account
from shop.psp.models import Payment, ProviderAccount, ProviderEvent
from shop.psp.provider import BadSignature, ProviderError, provider

log = logging.getLogger(__name__)
MOST_BYTES = 64 * 1024
_listeners: list[Callable[[Payment], object]] = []


def on_payment_news(listener: Callable[[Payment], object]) -> None:
    """Register who looks at a payment after an event about it: the checkout, at start-up."""
    if listener not in _listeners:
        _listeners.append(listener)


@csrf_exempt
@require_POST
def events(request: HttpRequest, name: str) -> HttpResponse:
    """400 for what is not a signed event; 200 for news and for copies; 503 asks the provider to send again."""
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return HttpResponse(status=400)
    try:
        told = provider(name).parse_event(body=request.body, signature=request.headers.get("Payment-Signature", ""))
    except (BadSignature, ValueError, KeyError, TypeError, ModuleNotFoundError) as refused:
        log.warning("event refused: %s", refused)
        return HttpResponse(status=400)
    event, made = ProviderEvent.objects.get_or_create(
        provider=name,
        event_id=told.id,
        defaults={
            "kind": told.kind,
            "payment_reference": told.payment_reference,
            "account_reference": told.account_reference,
            "payload": dict(told.payload),
            "occurred_at": told.occurred_at,
        },
    )
    if not made and event.processed_at is not None:
        return HttpResponse(status=200)
    return HttpResponse(status=200 if process(event) else 503)


def process(event: ProviderEvent) -> bool:
    """Look at the payment or the account that an event is about; safe to run again. False when the provider could not be asked."""
    payment = Payment.objects.filter(provider=event.provider, reference=event.payment_reference).first()
    account = ProviderAccount.objects.filter(provider=event.provider, reference=event.account_reference).first()
    try:
        if account is not None:
            refresh_account(account)
        if payment is not None:
            for listener in _listeners:
                listener(payment)
    except ProviderError as trouble:
        ProviderEvent.objects.filter(pk=event.pk).update(error=str(trouble))
        return False
    with transaction.atomic():
        ProviderEvent.objects.filter(pk=event.pk).update(processed_at=clock.now(), error="")
    return True
