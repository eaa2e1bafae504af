"""An owner closes her boutique herself: what is under way is finished first, then it leaves the public site at once.

Nothing is erased: contracts, books and the archive stay open to her in the workshop. Only an operator opens it again.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from lapinblanc.audit.journal import because

from shop.catalogue.freezing import freeze_listings, freeze_vendor
from shop.catalogue.models import Product
from shop.checkout.models import CheckoutSession, SessionState
from shop.funding.models import Project, ProjectState
from shop.order.models import Order, OrderState
from shop.vendors.models import Vendor, VendorState

UNDER_WAY = (OrderState.PLACED, OrderState.MAKING, OrderState.SHIPPED)


class CannotClose(Exception):
    """Something is to be finished first; `sentences` say what."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def obstacles(vendor: Vendor) -> list[str]:
    """What must be finished first, as sentences; empty when the boutique can be closed."""
    orders = Order.objects.of_vendor(vendor).in_state(*UNDER_WAY).count()
    paying = CheckoutSession.objects.filter(state=SessionState.OPEN, snapshot__parcels__contains=[{"seller": {"vendor_id": vendor.pk}}]).exists()
    projects = Project.objects.filter(vendor=vendor, state=ProjectState.OPEN).count()
    found = []
    if vendor.state == VendorState.SUSPENDED:
        found.append(_("Your boutique is suspended: its closing is settled with an operator."))
    if orders:
        found.append(ngettext("%(n)d order is not finished: send it and wait for its arrival, or cancel it.", "%(n)d orders are not finished: send them and wait for their arrival, or cancel them.", orders) % {"n": orders})
    if paying:
        found.append(_("Somebody is paying at this moment: try again in half an hour."))
    if projects:
        found.append(_("A funding is open: wait for its end, or stop it with an operator."))
    return found


@transaction.atomic
def close_boutique(*, vendor: Vendor, by: Any, reason: str) -> None:
    """Twice is once. Raises CannotClose."""
    locked = Vendor.objects.select_for_update().get(pk=vendor.pk)
    if locked.state == VendorState.CLOSED:
        return
    sentences = obstacles(locked)
    if sentences:
        raise CannotClose(sentences)
    locked.state = VendorState.CLOSED
    with because(reason, by=by):
        locked.save(update_fields=["state"])
    freeze_vendor(locked)
    freeze_listings(Product.objects.by(locked).values_list("pk", flat=True))
