"""The basket of a request: Oscar's middleware without its offers, and with lines that keep their personalisation on merge."""

from typing import Any

from oscar.apps.basket.middleware import BasketMiddleware as OscarBasketMiddleware


class BasketMiddleware(OscarBasketMiddleware):  # type: ignore[misc]
    def apply_offers_to_basket(self, request: Any, basket: Any) -> None:
        """No offers: our quote is the one computation of prices (see `quote.py`)."""
