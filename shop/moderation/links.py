"""Signed addresses: what is sent by mail opens a notice or a decision without an account, and nothing else."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from shop.moderation.models import Decision, Notice

_NOTICE, _DECISION = "moderation.notice", "moderation.decision"


def notice_url(notice: Notice) -> str:
    return _whole("moderation:followed", signing.Signer(salt=_NOTICE).sign(str(notice.pk)))


def decision_url(decision: Decision) -> str:
    return _whole("moderation:told", signing.Signer(salt=_DECISION).sign(str(decision.pk)))


def notice_number(token: str) -> int | None:
    return _number(token, _NOTICE)


def decision_number(token: str) -> int | None:
    return _number(token, _DECISION)


def _whole(name: str, token: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[token])}"


def _number(token: str, salt: str) -> int | None:
    try:
        return int(signing.Signer(salt=salt).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
