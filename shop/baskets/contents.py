"""Putting listings into a basket and changing it. Lines with different personalisations never merge.

A basket promises nothing about stock: what is set aside while paying is `shop.checkout.reservations`.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from oscar.core.loading import get_model

from shop.baskets.exceptions import NotEnoughLeft, NotOnSale
from shop.baskets.personalisation import check_personalisation
from shop.partner.strategy import Strategy

MOST_OF_ONE_LINE = 99
PERSONALISATION, PAGE = "personalisation", "lu"


def add_listing(
    *, basket: Any, product: Any, quantity: int, personalisation: Mapping[str, str], read_in: int | None = None
) -> Any:
    """Put `quantity` pieces of a listing (or of one variant) into the basket; returns its line.

    `read_in` is the page where the buyer met it: no part of the line's identity, the last page named counts.
    Raises NotOnSale, NotEnoughLeft or PersonalisationMissing; then the basket is unchanged.
    """
    values = check_personalisation(product=product, values=personalisation)
    bought = Strategy().fetch_for_product(product)
    if not bought.price.exists or not bought.availability.is_available_to_buy:
        raise NotOnSale(_("This creation cannot be ordered today. Please choose another."))
    if basket.pk is None:
        basket.save()
    reference = line_reference(product_id=product.pk, values=values)
    with transaction.atomic():
        # One writer per basket: two clicks at once make one line of two.
        get_model("basket", "Basket").objects.select_for_update().get(pk=basket.pk)
        held = sum(basket.lines.filter(stockrecord=bought.stockrecord).values_list("quantity", flat=True))
        _refuse_beyond_stock(bought.availability, held + quantity)
        line, created = basket.lines.get_or_create(
            line_reference=reference,
            defaults={
                "product": product,
                "stockrecord": bought.stockrecord,
                "quantity": quantity,
                "price_currency": bought.price.currency,
                "price_excl_tax": bought.price.excl_tax,
                "price_incl_tax": bought.price.incl_tax,
            },
        )
        if created and values:
            line.attributes.create(option=_option(PERSONALISATION), value=json.dumps(values, ensure_ascii=False))
        if not created:
            line.quantity = F("quantity") + quantity
            line.save(update_fields=["quantity", "date_updated"])
        if read_in is not None:
            remember_page(line=line, page=read_in)
    forget_cached_lines(basket)
    return line


def remember_page(*, line: Any, page: int) -> None:
    """The page where this line's creation was met; takes the place of the one before."""
    line.attributes.update_or_create(option=_option(PAGE), defaults={"value": page})


def set_quantity(*, basket: Any, line_id: int, quantity: int) -> None:
    """Change a line of this basket; zero takes it out. Raises NotEnoughLeft. A foreign line is left alone."""
    line = basket.lines.select_related("product", "stockrecord").filter(pk=line_id).first()
    if line is None:
        return
    if quantity <= 0:
        line.delete()
    else:
        bought = Strategy().fetch_for_product(line.product)
        others = basket.lines.filter(stockrecord=line.stockrecord_id).exclude(pk=line.pk)
        _refuse_beyond_stock(bought.availability, sum(others.values_list("quantity", flat=True)) + quantity)
        line.quantity = quantity
        line.save(update_fields=["quantity", "date_updated"])
    forget_cached_lines(basket)


def line_reference(*, product_id: int, values: Mapping[str, str]) -> str:
    """Names a line by what is bought and its personalisation; a strong hash, so that two texts never share a line."""
    if not values:
        return str(product_id)
    digest = hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return f"{product_id}_{digest[:40]}"


def personalisation_of(line: Any) -> dict[str, str]:
    """What the buyer told the maker on this basket line; empty when nothing."""
    value = _said(line, PERSONALISATION)
    return {} if value is None else dict(json.loads(value) if isinstance(value, str) else value)


def page_of(line: Any) -> int | None:
    """The page where this basket line's creation was met; None when none is known."""
    value = _said(line, PAGE)
    return value if isinstance(value, int) else None


def with_attributes() -> Prefetch[Any]:
    """For `prefetch_related`: what lines say, options included, in one query."""
    return Prefetch("attributes", queryset=get_model("basket", "LineAttribute").objects.select_related("option"))


def _said(line: Any, code: str) -> Any:
    """What a line keeps under an option; read from the lines' prefetched attributes."""
    return next((attribute.value for attribute in line.attributes.all() if attribute.option.code == code), None)


def _option(code: str) -> Any:
    return get_model("catalogue", "Option").objects.get(code=code)


def forget_cached_lines(basket: Any) -> None:
    basket._lines = None  # Oscar caches the lines on the instance


def _refuse_beyond_stock(availability: Any, quantity: int) -> None:
    if quantity > MOST_OF_ONE_LINE:
        raise NotEnoughLeft(_("A basket takes at most 99 pieces of one creation. For more, write to the boutique."))
    left = getattr(availability, "num_available", None)
    if left is not None and quantity > left:
        raise NotEnoughLeft(
            ngettext(
                "Only %(left)d piece is left: please lower the quantity.",
                "Only %(left)d pieces are left: please lower the quantity.",
                left,
            )
            % {"left": left}
        )
