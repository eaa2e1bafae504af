"""Fork of Oscar's checkout app: sessions, reservations, idempotent placement, the sweep."""

from datetime import timedelta
from typing import Any

from oscar.apps.checkout import apps


class CheckoutConfig(apps.CheckoutConfig):
    name = "shop.checkout"

    def get_urls(self) -> list:
        # The public pages of this room are routed by lapinblanc.urls, never by Oscar.
        return []

    def ready(self) -> None:
        super().ready()
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register
        from lapinblanc.privacy import registry

        from shop.checkout.personal import BASKETS, Checkouts
        from shop.checkout.placement import settle
        from shop.checkout.tasks import end_of_archive, sweep
        from shop.psp.webhooks import on_payment_news

        def look(payment: Any) -> object:
            return settle(payment=payment)

        on_payment_news(look)
        register(sweep, every=timedelta(seconds=20))
        register(end_of_archive, every=timedelta(days=1))
        registry.register(Checkouts())
        registry.register(BASKETS)
