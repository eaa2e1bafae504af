from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopConfig(AppConfig):
    name = "shop.workshop"
    label = "workshop"
    verbose_name = _("Workshop")

    def ready(self) -> None:
        from datetime import timedelta

        from lapinblanc.jobs import periodic
        from lapinblanc.privacy.registry import register

        from shop.workshop.editor import parts
        from shop.workshop.editor.legal import LegalPart
        from shop.workshop.editor.main_form import ListingForm
        from shop.workshop.editor.personalisation import PersonalisationPart
        from shop.workshop.editor.variants import VariantPart
        from shop.workshop.personal import Boutiques
        from shop.workshop.tasks import publish_scheduled, tidy_versions

        register(Boutiques())
        parts.register(10, ListingForm)
        parts.register(20, VariantPart)
        parts.register(40, LegalPart)
        parts.register(30, PersonalisationPart)
        periodic.register(publish_scheduled, every=timedelta(minutes=1))
        periodic.register(tidy_versions, every=timedelta(hours=24))
