"""Notices of anybody about anything that is shown (DSA 16): a case, and a receipt at once. No account is needed.

Ten an hour from one place: of the place we keep a keyed digest with a number, until the next day.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from lapinblanc import clock

from shop.moderation import statements
from shop.moderation.cases import DANGEROUS_DAYS, open_case
from shop.moderation.models import Case, Notice, NoticeCount, NoticeReason, Origin
from shop.moderation.targets import Target
from shop.order.models import MailSent

MOST_AN_HOUR = 10
RISK: dict[str, int] = {NoticeReason.CHILD: 100, NoticeReason.DANGEROUS: 95, NoticeReason.FORBIDDEN: 80, NoticeReason.INSULT: 75, NoticeReason.PRIVACY: 75}
OTHER_RISK = 60
DAYS: dict[str, int] = {NoticeReason.CHILD: 1, NoticeReason.DANGEROUS: DANGEROUS_DAYS}


class TooMany(Exception):
    """More notices from one place than a person sends in an hour."""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    reason: str
    text: str
    name: str
    email: str
    address: str
    language: str


def receive(*, target: Target, facts: NoticeFacts, key: UUID, by: Any, place: str) -> Notice:
    """Write the notice and open its case; its author gets a receipt. The same key is the same notice. Raises TooMany."""
    known = Notice.objects.filter(key=key).first()
    if known is not None:
        return known
    _count(place)
    with transaction.atomic():
        case = open_case(
            target=target, origin=Origin.NOTICE, risk=RISK.get(facts.reason, OTHER_RISK), days=DAYS.get(facts.reason),
            reasons=[{"code": f"notice-{facts.reason}", "points": RISK.get(facts.reason, OTHER_RISK), "words": ""}],
        )
        notice, made = Notice.objects.get_or_create(key=key, defaults=_row(case, facts, by))
        if made:
            transaction.on_commit(partial(_receipt, notice.pk))
    return notice


def _row(case: Case, facts: NoticeFacts, by: Any) -> dict[str, Any]:
    reporter = by if getattr(by, "is_authenticated", False) else None
    return {
        "case": case, "reporter": reporter, "name": facts.name[:120], "email": facts.email, "reason": facts.reason, "address": facts.address[:500],
        "text": facts.text[:3000], "good_faith": True, "language": facts.language, "sent_at": clock.now(),
    }


def _receipt(pk: int) -> None:
    statements.send_receipt(Notice.objects.select_related("case").get(pk=pk))


def receipts_due() -> int:
    """The job: receipts that a killed process never sent."""
    recent = Notice.objects.filter(sent_at__gte=clock.now() - timedelta(days=2)).exclude(email="").select_related("case")
    missing = [notice for notice in recent if not MailSent.objects.filter(key=f"noticereceipt:{notice.pk}").exists()]
    for notice in missing:
        statements.send_receipt(notice)
    return len(missing)


def _count(place: str) -> None:
    """One more from this place within this hour, counted in one statement."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    digest = hmac.new(settings.SECRET_KEY.encode(), f"notice|{hour.date()}|{place}".encode(), hashlib.sha256).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO moderation_noticecount (digest, hour, count) VALUES (%s, %s, 1)"
            " ON CONFLICT (digest, hour) DO UPDATE SET count = least(moderation_noticecount.count + 1, 30000) RETURNING count",
            [digest, hour],
        )
        if cursor.fetchone()[0] > MOST_AN_HOUR:
            raise TooMany


def forget_places() -> int:
    return int(NoticeCount.objects.filter(hour__lt=clock.now() - timedelta(hours=24)).delete()[0])
