"""Changes of many creations at once."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulkConfig(AppConfig):
    name = "shop.bulk"
    label = "bulk"
    verbose_name = _("Changes of many creations")

    def ready(self) -> None:
        # Models are not loaded when this module is imported.
        from lapinblanc.jobs.periodic import register
        from lapinblanc.privacy.registry import exempt

        from shop.bulk.tasks import go_on

        register(go_on, every=timedelta(minutes=1))
        exempt("Names who asked by the number of the account, which an erasure leaves without a name.", "bulk.Change")
