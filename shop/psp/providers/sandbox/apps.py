from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SandboxConfig(AppConfig):
    name = "shop.psp.providers.sandbox"
    label = "psp_sandbox"
    verbose_name = _("Payment sandbox")

    def ready(self) -> None:
        # Tasks import models, which are not loaded when this module is.
        from lapinblanc.jobs.periodic import register

        from shop.psp.providers.sandbox.tasks import deliver

        register(deliver, every=timedelta(seconds=3))
