from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.search.sources import register

        from editorial import comparing, receivers
        from editorial.cards import is_open_page
        from editorial.mentions import seen_in
        from editorial.search import Pages
        from shop.api import register_open_pages, register_seen_in

        register(Pages())
        register_open_pages(is_open_page)
        register_seen_in(seen_in)
        receivers.connect()
        comparing.listen()
