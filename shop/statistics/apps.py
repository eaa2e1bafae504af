"""Figures of boutiques, counted without anybody being followed."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "shop.statistics"
    label = "statistics"
    verbose_name = _("Statistics")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register

        from shop.catalogue.watching import watch
        from shop.statistics.counting import seen
        from shop.statistics.tasks import forget_old

        watch(seen)
        register(forget_old, every=timedelta(hours=24))
