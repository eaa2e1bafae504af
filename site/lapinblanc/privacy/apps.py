from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "lapinblanc.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        from lapinblanc.jobs.periodic import register
        from lapinblanc.privacy import receivers, registry
        from lapinblanc.privacy.tasks import tidy

        receivers.connect()
        register(tidy, every=timedelta(hours=1))
        registry.exempt("Proofs that the law was kept: numbers alone; the copies themselves go with the account.", "privacy.Export", "privacy.Erasure")
