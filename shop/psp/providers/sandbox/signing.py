"""Signatures of events: `t=<unix seconds>,v1=<hmac-sha256 of "t.body">`, in the manner of the large providers."""

import hashlib
import hmac
import time

from django.conf import settings
from lapinblanc.numbers import whole

from shop.psp.provider import BadSignature

TOLERANCE_SECONDS = 300


def sign(body: bytes, *, at: int | None = None) -> str:
    moment = int(time.time()) if at is None else at
    return f"t={moment},v1={_mac(body, moment)}"


def check(body: bytes, signature: str) -> None:
    """Raises BadSignature when it is missing, wrong, or older than five minutes."""
    parts = dict(part.partition("=")[::2] for part in signature.split(","))
    moment, given = whole(parts.get("t", "")), parts.get("v1", "")
    if moment is None or not hmac.compare_digest(_mac(body, moment).encode(), given.encode()):
        raise BadSignature("wrong signature")
    if abs(time.time() - moment) > TOLERANCE_SECONDS:
        raise BadSignature("signed too long ago")


def _mac(body: bytes, moment: int) -> str:
    return hmac.new(settings.PAYMENT_WEBHOOK_SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
