from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "editorial.reports"
    label = "editorial_reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register

        from editorial.reports.exports import make_plain
        from editorial.reports.tasks import forget_old_addresses

        make_plain()
        register(forget_old_addresses, every=timedelta(days=1))
