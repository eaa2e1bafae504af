"""Operators' decisions on boutiques: open, suspend, close; each with a reason, told by mail, never silent."""

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from lapinblanc.audit.journal import because
from lapinblanc.mailing import one_line

from shop.catalogue.freezing import freeze_listings, freeze_vendor
from shop.catalogue.models import Product
from shop.opening.readiness import missing
from shop.vendors.models import Vendor, VendorState

MOVES: dict[str, frozenset[str]] = {
    # Back in preparation: something is missing, and its owner is told what.
    VendorState.APPLIED: frozenset({VendorState.APPROVED, VendorState.PREPARING, VendorState.CLOSED}),
    VendorState.APPROVED: frozenset({VendorState.SUSPENDED, VendorState.CLOSED}),
    VendorState.SUSPENDED: frozenset({VendorState.APPROVED, VendorState.CLOSED}),
    VendorState.CLOSED: frozenset(),
}


class ImpossibleDecision(Exception):
    """No reason, or a state that cannot follow."""


class NotReady(ImpossibleDecision):
    """What is missing before this boutique may be approved, as sentences."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.missing = sentences


def decide(*, vendor: Vendor, state: str, reason: str) -> None:
    """Move a boutique; its cards follow; its owner reads the reason. Raises ImpossibleDecision, NotReady."""
    with transaction.atomic():
        locked = Vendor.objects.select_for_update().get(pk=vendor.pk)
        if state not in MOVES[locked.state] or (state != VendorState.APPROVED and not reason):
            raise ImpossibleDecision
        lacking = missing(locked) if state == VendorState.APPROVED and locked.state == VendorState.APPLIED else []
        if lacking:
            raise NotReady(lacking)
        locked.state = state
        with because(reason, by=None):
            locked.save(update_fields=["state"])
        freeze_vendor(locked)
        freeze_listings(Product.objects.by(locked).values_list("pk", flat=True))
        transaction.on_commit(lambda: _tell(locked, reason))


def _tell(vendor: Vendor, reason: str) -> None:
    with translation.override("fr"):
        subject = _("Your boutique %(name)s: %(state)s") % {"name": vendor.name, "state": vendor.get_state_display()}
        text = render_to_string("mails/decision.txt", {"vendor": vendor, "reason": reason})
        EmailMultiAlternatives(one_line(subject), text, to=[vendor.email]).send()
