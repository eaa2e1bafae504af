"""Fork of Oscar's checkout app: checkout sessions, splitting by vendor, idempotent placement."""

from oscar.apps.checkout import apps


class CheckoutConfig(apps.CheckoutConfig):
    name = "shop.checkout"

    def get_urls(self) -> list:
        # The public pages of this room are routed by lapinblanc.urls, never by Oscar.
        return []
