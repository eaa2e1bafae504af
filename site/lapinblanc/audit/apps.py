from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "lapinblanc.audit"
    label = "audit"
    verbose_name = _("Journal of rights and money")

    def ready(self) -> None:
        from lapinblanc.audit import receivers
        from lapinblanc.audit.tasks import drop_old_addresses
        from lapinblanc.jobs.periodic import register

        receivers.connect()
        register(drop_old_addresses, every=timedelta(days=1))
