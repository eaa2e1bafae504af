"""A boutique's own sales: lower prices for a time, agreed before they start by the same verb as a campaign's.

What was agreed is never moved nor raised: a sale is given up before it starts, or cut short.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from lapinblanc import clock
from lapinblanc.money import Money
from lapinblanc.soldes import may_say_soldes, says_soldes

from shop.catalogue.joining import call_off, join, refreeze_joined
from shop.coupons.exceptions import RefusedTerms
from shop.coupons.models import Sale
from shop.prices.invitations import Invitation
from shop.vendors.models import Vendor

LONGEST = timedelta(days=62)


def as_invitation(*, key: str, title: str, starts_at: datetime, ends_at: datetime) -> Invitation:
    """What the verbs of agreed prices ask for; also for a sale that is only looked at."""
    return Invitation(key=key, title=title, words="", starts_at=starts_at, ends_at=ends_at)


def problems_of_sale(*, vendor: Vendor, title: str, starts_at: datetime, ends_at: datetime) -> dict[str, str]:
    """A sentence by field about what cannot be."""
    found = {}
    if vendor.is_private:
        found["title"] = _("As a private seller you announce no sale: the law of reductions is for professionals.")
    elif not title.strip():
        found["title"] = _("Give the sale a name, for you: buyers see the prices alone.")
    elif says_soldes(title) and not may_say_soldes(starts_at=starts_at, ends_at=ends_at):
        found["title"] = _("The law keeps the word « soldes » for the legal periods, and this sale is not inside one. Write « lower prices », for instance.")
    if starts_at <= clock.now():
        found["starts_at"] = _("The start lies in the past: leave it empty to start at once.")
    if ends_at <= starts_at:
        found["ends_at"] = _("The end comes after the start.")
    elif ends_at - starts_at > LONGEST:
        found["ends_at"] = _("Two months at most: a price that stays low is the price. Change it in the creation itself.")
    return found


@transaction.atomic
def make_sale(*, vendor: Vendor, title: str, starts_at: datetime, ends_at: datetime, prices: Mapping[int, Money], by: Any) -> Sale:
    """Agree to these prices by stock record. Raises RefusedTerms, RefusedPrices or TooLate; then nothing was written."""
    problems = problems_of_sale(vendor=vendor, title=title, starts_at=starts_at, ends_at=ends_at)
    if not prices:
        problems["prices"] = _("Choose at least one creation.")
    if problems:
        raise RefusedTerms(problems)
    sale = Sale.objects.create(vendor=vendor, title=title.strip()[:80], starts_at=starts_at, ends_at=ends_at, created_by=by, created_at=clock.now())
    join(vendor=vendor, invitation=as_invitation(key=sale.key, title=sale.title, starts_at=starts_at, ends_at=ends_at), prices=prices, by=by)
    return sale


@transaction.atomic
def stop_sale(*, sale: Sale) -> bool:
    """Given up before it starts, or over from now on; prices return by the clock. False when it is over already."""
    now = clock.now()
    if not Sale.objects.filter(pk=sale.pk, stopped_at=None, ends_at__gt=now).update(stopped_at=now):
        return False
    call_off(sale.key)
    sale.refresh_from_db()
    return True


def switch_due() -> int:
    """Cards of sales that started or ended since the job last looked; a killed job looks again. Returns how many sales."""
    now, done = clock.now(), 0
    started, ended = Q(start_seen_at=None, starts_at__lte=now), Q(end_seen_at=None, ends_at__lte=now)
    for sale in Sale.objects.filter(started | ended).order_by("pk")[:100]:
        refreeze_joined(sale.key)
        Sale.objects.filter(pk=sale.pk).update(
            start_seen_at=sale.start_seen_at or now, end_seen_at=now if sale.ends_at <= now else sale.end_seen_at
        )
        done += 1
    return done
