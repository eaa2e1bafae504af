from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportingConfig(AppConfig):
    name = "shop.importing"
    label = "importing"
    verbose_name = _("Import")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs import periodic
        from lapinblanc.privacy import registry

        from shop.importing import tasks
        from shop.importing.personal import IMPORTS

        periodic.register(tasks.look_after, every=timedelta(minutes=5))
        registry.register(IMPORTS)
