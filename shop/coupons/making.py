"""A boutique makes a code, or stops it. What it says is written once and never changed: another code says something else."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.money import Money
from lapinblanc.soldes import may_say_soldes, says_soldes

from shop.catalogue.models import Product
from shop.coupons.exceptions import RefusedTerms
from shop.coupons.models import Coupon, CouponPerson
from shop.coupons.periods import refreeze_concerned
from shop.coupons.terms import AMOUNT, PERCENT
from shop.coupons.words import normal
from shop.vendors.models import Vendor

WRITTEN = re.compile(r"[A-Z0-9][A-Z0-9-]{2,23}")
MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What a boutique asks for. `listings` None: everything; `people` empty: for everybody."""

    code: str
    kind: str
    percent: int = 0
    amount: Money = Money(0)
    minimum: Money = Money(0)
    listings: Sequence[int] | None = None
    people: Sequence[str] = ()
    is_personal: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    most_uses: int | None = None
    most_per_person: int | None = None


def make_coupon(*, vendor: Vendor, asked: Asked, by: Any) -> Coupon:
    """Write the code down, in force at its hour. Raises RefusedTerms with a sentence by field. Foreign listings are left out."""
    now = clock.now()
    starts = max(asked.starts_at or now, now)
    problems = _problems(asked, starts)
    people = _addresses(asked.people, problems) if asked.is_personal else []
    listings = _own(vendor, asked.listings)
    if listings is not None and not listings:
        problems["listings"] = _("Choose at least one creation of yours.")
    if problems:
        raise RefusedTerms(problems)
    try:
        with transaction.atomic():
            coupon = Coupon.objects.create(
                vendor=vendor, code=normal(asked.code), kind=asked.kind, percent=asked.percent if asked.kind == PERCENT else 0,
                amount_cents=asked.amount.cents if asked.kind == AMOUNT else 0, minimum_cents=asked.minimum.cents, listings=listings,
                is_personal=asked.is_personal, starts_at=starts, ends_at=asked.ends_at, most_uses=asked.most_uses,
                most_per_person=asked.most_per_person, created_by=by, created_at=now,
            )
            CouponPerson.objects.bulk_create(CouponPerson(coupon=coupon, email=email) for email in people)
            refreeze_concerned(coupon)
    except IntegrityError as taken:
        raise RefusedTerms({"code": _("You have had this code already: choose another word, so that each code says one thing.")}) from taken
    return coupon


@transaction.atomic
def stop_coupon(*, coupon: Coupon) -> None:
    """From now on nobody uses it; whoever is paying with it keeps what they saw. Stopping twice is stopping once."""
    now = clock.now()
    if Coupon.objects.filter(pk=coupon.pk, stopped_at=None).update(stopped_at=now):
        coupon.refresh_from_db()
        refreeze_concerned(coupon)


def _problems(asked: Asked, starts: datetime) -> dict[str, str]:
    found = {}
    if not WRITTEN.fullmatch(normal(asked.code)):
        found["code"] = _("Three to twenty-four letters and digits, such as MERCI10.")
    elif says_soldes(re.sub(r"[\d-]+", " ", normal(asked.code))) and not _in_a_period(starts, asked.ends_at):
        found["code"] = _("The law keeps the word « soldes » for the legal periods. Write « MERCI » or « HIVER », for instance.")
    if asked.kind == PERCENT and not 1 <= asked.percent <= 99:
        found["percent"] = _("A whole number from 1 to 99.")
    if asked.kind == AMOUNT and asked.amount.cents < 1:
        found["amount"] = _("Write an amount in euros, such as 24.50.")
    if asked.ends_at is not None and asked.ends_at <= starts:
        found["ends_at"] = _("The end comes after the start.")
    for name, number in (("most_uses", asked.most_uses), ("most_per_person", asked.most_per_person)):
        if number is not None and not 1 <= number <= 30_000:
            found[name] = _("A whole number from 1 to 30,000, or nothing.")
    return found


def _in_a_period(starts: datetime, ends: datetime | None) -> bool:
    return ends is not None and may_say_soldes(starts_at=starts, ends_at=ends)


def _addresses(typed: Iterable[str], problems: dict[str, str]) -> list[str]:
    found = list(dict.fromkeys(address.strip().lower() for address in typed if address.strip()))
    wrong = [address for address in found if not _is_address(address)]
    if wrong:
        problems["people"] = _("These are no e-mail addresses: %(wrong)s") % {"wrong": ", ".join(wrong[:5])}
    elif not found:
        problems["people"] = _("Write the e-mail addresses for which this code is kept, one a line.")
    elif len(found) > MOST_PEOPLE:
        problems["people"] = _("At most %(count)d addresses for one code.") % {"count": MOST_PEOPLE}
    return found


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _own(vendor: Vendor, listings: Sequence[int] | None) -> list[int] | None:
    if listings is None:
        return None
    return sorted(Product.objects.listings().filter(vendor=vendor, pk__in=list(listings)).values_list("pk", flat=True))
