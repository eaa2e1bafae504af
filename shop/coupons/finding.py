"""Which code a buyer means, and why it cannot be used now: sentences that say what to do."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.hours import in_paris_words

from shop.coupons.models import Coupon, Redemption, RedemptionState
from shop.coupons.terms import Terms
from shop.coupons.words import normal


@dataclass(frozen=True, slots=True)
class Found:
    """A code that was given: its terms, or why it cannot be used."""

    code: str
    terms: Terms | None
    problem: str = ""


def codes_given(codes: Mapping[int, str]) -> dict[int, Found]:
    """By boutique what its code says now; one query, none without codes. Whose it is is asked when paying."""
    wanted = {vendor_id: normal(code) for vendor_id, code in codes.items()}
    if not wanted:
        return {}
    asked = Q(pk__in=())
    for vendor_id, code in wanted.items():
        asked |= Q(vendor_id=vendor_id, code=code)
    known = {coupon.vendor_id: coupon for coupon in Coupon.objects.filter(asked)}
    return {vendor_id: _found(code, known.get(vendor_id)) for vendor_id, code in wanted.items()}


def why_refused(*, vendor_id: int, code: str, user: Any) -> str:
    """Why a code that is being given is not taken; for somebody signed in, also whose it is. Empty when it is taken."""
    coupon = Coupon.objects.filter(vendor_id=vendor_id, code=normal(code)).first()
    problem = why_not_now(coupon)
    if not problem and coupon is not None and user.is_authenticated:
        problem = why_not_for(coupon, email=user.email, account=user)
    return problem


def why_not_now(coupon: Coupon | None) -> str:
    """Why nobody can use it at this moment; empty when it can be used."""
    if coupon is None:
        return _("This boutique has no such code: check how it is written, or ask the boutique.")
    if coupon.starts_at > clock.now():
        return _("This code can be used from %(moment)s on.") % {"moment": in_paris_words(coupon.starts_at)}
    if not coupon.is_live:
        return _("This code can no longer be used. Order without it, or ask the boutique for another.")
    if coupon.is_used_up:
        return _("This code has been used as often as it could be. Order without it.")
    return ""


def why_not_for(coupon: Coupon, *, email: str, account: Any) -> str:
    """Why this person cannot use it: kept for others, or used as often as each may."""
    if coupon.is_personal and not coupon.people.filter(email__iexact=email.strip()).exists():
        return _("This code is kept for other persons: write the e-mail address to which the boutique sent it.")
    if coupon.most_per_person is not None and len(places_taken(coupon, email=email, account=account)) >= coupon.most_per_person:
        return _("You have used this code as often as each person may. Order without it.")
    return ""


def places_taken(coupon: Coupon, *, email: str, account: Any) -> set[int]:
    """The numbers of this person's uses that count, whether known by address or by account."""
    mine = Q(person=person_of(email))
    if account is not None:
        mine |= Q(account=account)
    rows = Redemption.objects.filter(mine, coupon=coupon).exclude(state=RedemptionState.RELEASED)
    return set(rows.values_list("place", flat=True))


def person_of(email: str) -> str:
    """A keyed digest: uses are counted by it, nobody reads an address in it."""
    return hmac.new(settings.SECRET_KEY.encode(), f"coupons:{email.strip().lower()}".encode(), hashlib.sha256).hexdigest()


def _found(code: str, coupon: Coupon | None) -> Found:
    problem = why_not_now(coupon)
    return Found(code, None if problem or coupon is None else coupon.terms, problem)
