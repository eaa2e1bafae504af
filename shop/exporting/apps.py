from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportingConfig(AppConfig):
    name = "shop.exporting"
    label = "exporting"
    verbose_name = _("Export")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs import periodic
        from lapinblanc.privacy import registry

        from shop.exporting import chapters, tasks
        from shop.exporting.content import IN_ORDER
        from shop.exporting.personal import ARCHIVES

        periodic.register(tasks.tidy, every=timedelta(minutes=5))
        registry.register(ARCHIVES)
        for chapter in IN_ORDER:
            chapters.register(chapter)
