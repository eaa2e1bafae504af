"""The basket of a request: Oscar's middleware without its offers, and with lines that keep what they say on merge."""

from typing import Any

from django.db import transaction
from oscar.apps.basket.middleware import BasketMiddleware as OscarBasketMiddleware

from shop.baskets.contents import page_of, remember_page, with_attributes


class BasketMiddleware(OscarBasketMiddleware):  # type: ignore[misc]
    def apply_offers_to_basket(self, request: Any, basket: Any) -> None:
        """No offers: our quote is the one computation of prices (see `quote.py`)."""

    def merge_baskets(self, master: Any, slave: Any) -> None:
        """Into the basket of who signs in; of a line that is in both, the page named last (as a guest) counts."""
        said = ((line.line_reference, page_of(line)) for line in slave.lines.prefetch_related(with_attributes()))
        pages = {reference: page for reference, page in said if page is not None}
        with transaction.atomic():
            super().merge_baskets(master, slave)
            for line in master.lines.filter(line_reference__in=list(pages)):
                remember_page(line=line, page=pages[line.line_reference])
