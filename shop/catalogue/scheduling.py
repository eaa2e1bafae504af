"""Drafts that go live at a moment: published when nothing is missing then; else their vendor is told what is, once."""

import logging

from django.utils import translation
from lapinblanc import clock
from lapinblanc.mailing import compose

from shop.catalogue import editing
from shop.catalogue.models import ListingState, Product

log = logging.getLogger(__name__)


def publish_due() -> int:
    """Every minute; a listing that cannot be published loses its moment, so that it is told once. Returns how many went live."""
    live = 0
    for product in Product.objects.listings().filter(publish_at__lte=clock.now()).select_related("vendor").order_by("publish_at")[:200]:
        if not Product.objects.filter(pk=product.pk, publish_at=product.publish_at).update(publish_at=None):
            continue
        if product.state != ListingState.DRAFT:
            continue
        try:
            editing.move_listing(product=product, state=ListingState.PUBLISHED)
            live += 1
        except editing.NotReady as reasons:
            _tell(product, reasons.missing)
    return live


def _tell(product: Product, missing: list[str]) -> None:
    vendor = product.vendor
    if vendor is None:
        return
    with translation.override("fr"):
        mail = compose(template="not_published", to=vendor.email, context={"product": product, "missing": missing})
    try:
        mail.send()
    except OSError as trouble:
        log.warning("mail about listing %s not sent: %s", product.pk, trouble)
