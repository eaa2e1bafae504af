"""Fork of Oscar's order app: Purchase, Order per vendor with states, parcels; guarded OrderCreator."""

from oscar.apps.order import apps


class OrderConfig(apps.OrderConfig):
    name = "shop.order"

    def get_urls(self) -> list:
        # The public pages of this room are routed by lapinblanc.urls, never by Oscar.
        return []

    def ready(self) -> None:
        super().ready()
        from lapinblanc.privacy.registry import register

        from shop.order.personal import TRACES, Purchases

        register(Purchases())
        register(TRACES)
