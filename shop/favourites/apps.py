from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FavouritesConfig(AppConfig):
    name = "shop.favourites"
    label = "favourites"
    verbose_name = _("Favourites")

    def ready(self) -> None:
        from lapinblanc.privacy.registry import register

        from shop.favourites.personal import KEPT

        register(KEPT)
