"""A captured pledge in the books: with a counterpart it becomes a Purchase with its Order, as any sale; without, a gift.

An order's money becomes available to the boutique at delivery; a gift's at once, since nothing is owed for it.
"""

from lapinblanc.money import Money

from shop.commissions.amounts import Commission, commission_on
from shop.commissions.models import CommissionRate
from shop.funding import mails
from shop.funding.models import Pledge
from shop.ledger import journal
from shop.order.creation import create_purchase


def book(pledge: Pledge) -> None:
    """Write what a captured pledge means. Call inside its transaction; the journal's keys make twice once."""
    assert pledge.payment is not None  # noqa: S101  a captured pledge has one, by a constraint
    if pledge.tier_id is not None:
        create_purchase(
            checkout_key=pledge.key,
            buyer=pledge.backer,
            email=pledge.email,
            language=pledge.language,
            payment=pledge.payment,
            snapshot=pledge.snapshot,
            evidence=pledge.evidence,
        )
        return
    about = journal.About(vendor_id=pledge.project.vendor_id, order_number=pledge.number, purchase_number="")
    journal.record_contribution(about=about, total=Money(pledge.amount_cents), commission=commission_on_gift(pledge))
    mails.after_commit(mails.announce_charge, pledge)


def commission_on_gift(pledge: Pledge) -> Commission:
    """The commission in force when the gift was charged."""
    rate = CommissionRate.objects.at(pledge.captured_at) if pledge.captured_at else CommissionRate.objects.current()
    return commission_on(goods=Money(pledge.amount_cents), rate=rate.rate, vat_rate=rate.vat_rate)
