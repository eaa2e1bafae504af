"""What a decision of moderation does to a listing: publish what waited, send it back, hide it, show it again.

Called by that room alone, which writes the decision and tells its reasons first; a vendor's own moves are in `editing`.
"""

from django.db import transaction
from lapinblanc import clock

from shop.catalogue.editing import NotReady, missing
from shop.catalogue.freezing import freeze_listings, freeze_vendor
from shop.catalogue.models import ListingState, Product

SHOWN = frozenset({ListingState.PUBLISHED, ListingState.PAUSED})


@transaction.atomic
def let_through(*, product_id: int) -> bool:
    """Publish a listing that waits, or that was sent back in error. False when it is neither. Raises NotReady."""
    product = _locked(product_id)
    if product.state not in (ListingState.IN_REVIEW, ListingState.DRAFT):
        return False
    gaps = missing(product)
    if gaps:
        raise NotReady(gaps)
    product.published_at = product.published_at or clock.now()
    _set(product, ListingState.PUBLISHED)
    return True


@transaction.atomic
def send_back(*, product_id: int) -> bool:
    """A listing that waits becomes a draft again, for its vendor to mend."""
    product = _locked(product_id)
    if product.state != ListingState.IN_REVIEW:
        return False
    _set(product, ListingState.DRAFT)
    return True


@transaction.atomic
def hide(*, product_id: int) -> str:
    """Off every page and out of the search; returns the state it had, empty when there was nothing to hide."""
    product = _locked(product_id)
    if product.state not in {*SHOWN, ListingState.IN_REVIEW}:
        return ""
    before = str(product.state)
    _set(product, ListingState.HIDDEN)
    return before


@transaction.atomic
def show_again(*, product_id: int, state: str) -> bool:
    """Back to the state that it had before it was hidden."""
    product = _locked(product_id)
    if product.state != ListingState.HIDDEN:
        return False
    was_public = state in SHOWN and product.published_at is not None
    _set(product, state if was_public else ListingState.DRAFT)
    return True


def _locked(product_id: int) -> Product:
    return Product.objects.select_for_update(of=["self"]).get(pk=product_id)


def _set(product: Product, state: str) -> None:
    product.state = state
    product.save(update_fields=["state", "published_at", "date_updated"])
    freeze_listings([product.pk])
    if product.vendor is not None:
        freeze_vendor(product.vendor)
