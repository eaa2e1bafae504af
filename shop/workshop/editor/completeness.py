"""A live listing stays complete: a write that would take away what publication asks for is rolled back, with sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from shop.catalogue.editing import NotReady, missing
from shop.catalogue.models import ListingState, Product


@contextmanager
def still_complete(product: Any) -> Iterator[None]:
    """Raises NotReady for what is newly missing; a listing published under older rules may still be changed."""
    live = product.state == ListingState.PUBLISHED
    with transaction.atomic():
        before = set(missing(product)) if live else set()
        yield
        if live:
            gaps = [sentence for sentence in missing(Product.objects.select_related("vendor").get(pk=product.pk)) if sentence not in before]
            if gaps:
                raise NotReady(gaps)
