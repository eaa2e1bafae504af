"""Codes and sales of boutiques: what they take off, how often, and what the history of prices knows of them."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouponsConfig(AppConfig):
    name = "shop.coupons"
    label = "coupons"
    verbose_name = _("Coupons")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register as every
        from lapinblanc.privacy import registry

        from shop.coupons.periods import codes_for_everybody
        from shop.coupons.personal import Codes
        from shop.coupons.tasks import switch_sales
        from shop.prices import codes

        codes.register(codes_for_everybody)
        every(switch_sales, every=timedelta(seconds=30))
        registry.register(Codes())
