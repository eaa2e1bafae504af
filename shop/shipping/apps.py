"""Fork of Oscar's shipping app: shipping options per vendor and their rates."""

from oscar.apps.shipping import apps


class ShippingConfig(apps.ShippingConfig):
    name = "shop.shipping"

    def get_urls(self) -> list:
        # The public pages of this room are routed by lapinblanc.urls, never by Oscar.
        return []
