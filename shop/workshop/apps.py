from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopConfig(AppConfig):
    name = "shop.workshop"
    label = "workshop"
    verbose_name = _("Workshop")

    def ready(self) -> None:
        from lapinblanc.privacy.registry import register

        from shop.workshop.personal import Boutiques

        register(Boutiques())
