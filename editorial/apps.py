from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.search.sources import register

        from editorial.search import Pages

        register(Pages())
